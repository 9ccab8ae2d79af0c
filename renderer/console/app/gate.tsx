/** Lets nobody past who is not signed in; behind it, the live link is open. */
import { Spin } from 'antd';
import { lazy, Suspense, useEffect } from 'react';
import { API } from '../../../protocol/http/api.ts';
import { isSignedOut } from '../api/api-failure.ts';
import { useApi } from '../api/use-api.ts';
import { openLiveLink } from '../live/live-link.ts';
import { FailureNote } from '../widgets/failure-note.tsx';
import { Layout } from './layout.tsx';
import { SessionContext } from './session.ts';

const SignInPage = lazy(() => import('../pages/sign-in/sign-in-page.tsx'));

/** The signed-in console, or the sign-in page. */
export function Gate() {
  const session = useApi(API.session, undefined, { staleMs: 5 * 60_000 });
  const user = session.data?.user;
  const signedIn = user !== undefined;
  useEffect(() => (signedIn ? openLiveLink() : undefined), [signedIn]);

  if (user) {
    return (
      <SessionContext value={user}>
        <Layout />
      </SessionContext>
    );
  }
  if (session.data === null || isSignedOut(session.error)) {
    return (
      <Suspense fallback={null}>
        <SignInPage />
      </Suspense>
    );
  }
  return (
    <div className="x-full-page">
      {session.error ? (
        <FailureNote failure={session.error} onRetry={() => void session.refetch()} />
      ) : (
        <Spin delay={300} />
      )}
    </div>
  );
}
