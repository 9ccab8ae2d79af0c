/** Shown in place of a page that threw; the rest of the console goes on. */
import { Button } from 'antd';
import { useRouteError } from 'react-router';
import { useTexts } from '../i18n/i18n.ts';
import { EmptyState } from '../widgets/empty-state.tsx';
import { appTexts } from './texts.ts';

/** Shown in place of a page that threw. */
export function PageFailure() {
  const t = useTexts(appTexts);
  const thrown = useRouteError();
  console.error(thrown);
  return (
    <div className="x-full-page">
      <EmptyState title={t('pageFailed')} note={t('pageFailedNote')}>
        <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
      </EmptyState>
    </div>
  );
}
