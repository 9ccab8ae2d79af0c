/** Signing in; on a server without an administrator it says how to make one. */
import { Button, Form, Input } from 'antd';
import { API } from '../../../../protocol/http/api.ts';
import { queryClient, queryKey } from '../../api/query-client.ts';
import { useApi, useApiMutation } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { signInTexts } from './texts.ts';

type Fields = { login: string; password: string };

/** Signing in. */
export default function SignInPage() {
  const t = useTexts(signInTexts);
  const info = useApi(API.info);
  if (info.data?.needsSetup) {
    return (
      <EntryFrame title={t('needsSetup')}>
        <p className="x-soft">{t('needsSetupNote')}</p>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={t('title')}>
      <SignInForm />
    </EntryFrame>
  );
}

function SignInForm() {
  const t = useTexts(signInTexts);
  const words = useTexts(commonTexts);
  const needed = [{ required: true, message: words('required') }];
  const signIn = useApiMutation(API.signIn, {
    onSuccess: (session) => queryClient.setQueryData(queryKey(API.session.path), session),
  });
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      onFinish={({ login, password }) => signIn.mutate({ body: { login: login.trim(), password } })}
    >
      <Form.Item name="login" label={t('login')} rules={needed}>
        <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus size="large" maxLength={32} />
      </Form.Item>
      <Form.Item name="password" label={t('password')} rules={needed}>
        <Input.Password autoComplete="current-password" size="large" maxLength={200} />
      </Form.Item>
      <div className="x-stack">
        <FailureNote failure={signIn.error} />
        <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending}>
          {t('signIn')}
        </Button>
      </div>
    </Form>
  );
}
