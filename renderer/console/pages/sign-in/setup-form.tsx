/** The fields that make the first administrator, each rule shown before it is broken. */
import { Button, Form, Input } from 'antd';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { LOGIN_PATTERN, PASSWORD_MIN } from '../../widgets/person-rules.ts';
import { signInTexts } from './texts.ts';

/** What the form gives. */
export type SetupFields = { login: string; name: string; password: string; again: string };

/** The fields that make the first administrator. */
export function SetupForm({
  busy,
  failure,
  onFinish,
}: {
  busy: boolean;
  failure: unknown;
  onFinish: (fields: SetupFields) => void;
}) {
  const t = useTexts(signInTexts);
  const words = useTexts(commonTexts);
  return (
    <Form<SetupFields> layout="vertical" requiredMark={false} onFinish={onFinish}>
      <Form.Item
        name="name"
        label={t('name')}
        extra={t('nameHint')}
        rules={[{ required: true, message: words('required') }]}
      >
        <Input autoComplete="name" autoFocus maxLength={200} />
      </Form.Item>
      <Form.Item
        name="login"
        label={t('login')}
        extra={t('loginRule')}
        rules={[{ required: true, pattern: LOGIN_PATTERN, message: t('loginRule') }]}
      >
        <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={32} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('password')}
        extra={t('passwordRule')}
        rules={[{ required: true, min: PASSWORD_MIN, message: t('passwordRule') }]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('passwordAgain')}
        dependencies={['password']}
        rules={[
          { required: true, message: words('required') },
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              !value || getFieldValue('password') === value
                ? Promise.resolve()
                : Promise.reject(new Error(t('passwordsDiffer'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <div className="x-stack">
        <FailureNote failure={failure} />
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('createAdmin')}
        </Button>
      </div>
    </Form>
  );
}
