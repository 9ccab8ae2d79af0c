/** The first start: the one-time link `/setup?token=…` creates the first administrator and signs in. */
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { API } from '../../../../protocol/http/api.ts';
import { queryClient, queryKey } from '../../api/query-client.ts';
import { useApi, useApiMutation } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { EntryFrame } from './entry-frame.tsx';
import { SetupForm } from './setup-form.tsx';
import { signInTexts } from './texts.ts';

/** The first start. */
export default function SetupPage() {
  const t = useTexts(signInTexts);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  // The token leaves the address bar with the page; it is kept here for the form.
  const [token] = useState(() => search.get('token') ?? '');
  const info = useApi(API.info);
  const setup = useApiMutation(API.setup, {
    onSuccess: (session) => {
      queryClient.setQueryData(queryKey(API.session.path), session);
      void queryClient.invalidateQueries({ queryKey: queryKey(API.info.path) });
      void navigate('/', { replace: true });
    },
  });

  if (info.data && !info.data.needsSetup && !setup.isSuccess) {
    return (
      <EntryFrame title={t('alreadySetUp')} note={t('alreadySetUpNote')}>
        <Link to="/">
          <Button type="primary">{t('toSignIn')}</Button>
        </Link>
      </EntryFrame>
    );
  }
  if (token === '') {
    return (
      <EntryFrame title={t('noToken')}>
        <p className="x-soft">{t('noTokenNote')}</p>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={t('setupTitle')} note={t('setupNote')}>
      <SetupForm
        busy={setup.isPending}
        failure={setup.error}
        onFinish={({ login, name, password }) => setup.mutate({ body: { token, login, name, password } })}
      />
    </EntryFrame>
  );
}
