/** Screens: every one with what it does at this moment. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useDeferredValue, useMemo, useState } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { useApi } from '../../api/use-api.ts';
import { useMay } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { PageHeader } from '../../widgets/page-header.tsx';
import { PairingDialog } from './pairing-dialog.tsx';
import { PlaysDownload } from './plays-download.tsx';
import { ScreenDrawer } from './screen-drawer.tsx';
import { ScreenFilters } from './screen-filters.tsx';
import { narrowScreens, type ScreenFilter } from './screen-state.ts';
import { ScreenTable } from './screen-table.tsx';
import { screenTexts } from './texts.ts';
import './screens.css';

const NOTHING: ScreenFilter = { state: null, unit: null, venue: null, search: '' };

/** From the first of this browser's month to its today. */
function thisMonth(): { from: string; to: string } {
  const today = dayjs();
  return { from: today.startOf('month').format('YYYY-MM-DD'), to: today.format('YYYY-MM-DD') };
}

/** Screens. */
export default function ScreensPage() {
  const t = useTexts(screenTexts);
  const mayRun = useMay('operator');
  const query = useApi(API.screens, undefined, { refetchIntervalMs: 60_000 });
  const units = useApi(API.units).data;
  const sites = useApi(API.sites).data;
  const [filter, setFilter] = useState(NOTHING);
  const [pairing, setPairing] = useState<ScreenView | null>(null);
  const [editing, setEditing] = useState<ScreenView | 'new' | null>(null);
  const wanted = useDeferredValue(filter);
  const screens = query.data;
  const shown = useMemo(() => {
    const words = new Map(sites?.map(({ id, name, nameEn }) => [id, [name, nameEn ?? '']]));
    return narrowScreens(screens ?? [], wanted, units ?? [], (id) => words.get(id) ?? []);
  }, [screens, wanted, units, sites]);

  const add = mayRun && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        note={
          screens && (
            <span className="x-num">
              {t('lead', { count: screens.length, online: screens.filter((s) => s.online).length })}
            </span>
          )
        }
        actions={
          screens &&
          screens.length > 0 && (
            <>
              <PlaysDownload screen={null} first={thisMonth()} />
              {add}
            </>
          )
        }
      />
      {query.error && !screens && <FailureNote failure={query.error} onRetry={() => void query.refetch()} />}
      {query.isLoading && <Skeleton active />}
      {screens?.length === 0 && (
        <div className="x-panel">
          <EmptyState title={t('empty')} note={t('emptyNote')}>
            {add}
          </EmptyState>
        </div>
      )}
      {screens && screens.length > 0 && (
        <div className="x-stack">
          <ScreenFilters filter={filter} onChange={setFilter} />
          <ScreenTable screens={shown} onEdit={setEditing} onPair={setPairing} />
        </div>
      )}
      <PairingDialog screen={pairing} onClose={() => setPairing(null)} />
      <ScreenDrawer
        editing={editing}
        onClose={() => setEditing(null)}
        onCreated={(screen) => screen.kind === 'player' && setPairing(screen)}
      />
    </>
  );
}
