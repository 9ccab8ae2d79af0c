/** Shown for an address that leads nowhere. */
import { Button } from 'antd';
import { Link } from 'react-router';
import { useTexts } from '../i18n/i18n.ts';
import { EmptyState } from '../widgets/empty-state.tsx';
import { appTexts } from './texts.ts';

/** Shown for an address that leads nowhere. */
export function NotFound() {
  const t = useTexts(appTexts);
  return (
    <EmptyState title={t('notFound')} note={t('notFoundNote')}>
      <Link to="/">
        <Button>{t('toToday')}</Button>
      </Link>
    </EmptyState>
  );
}
