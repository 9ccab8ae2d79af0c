/** One screen's day: planned and shown, its promises, its latest plays; live. */
import { LeftOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { isLocalDate } from '../../../../domain/time/zone-time.ts';
import { API } from '../../../../protocol/http/api.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { useApi } from '../../api/use-api.ts';
import { useMay } from '../../app/session.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { PageHeader } from '../../widgets/page-header.tsx';
import { DateStepper } from './date-stepper.tsx';
import { DayBody } from './day-body.tsx';
import { dayTexts } from './day-texts.ts';
import { PairingDialog } from './pairing-dialog.tsx';
import { PlayerDrawer } from './player-drawer.tsx';
import { playerTexts } from './player-texts.ts';
import { ScreenActions } from './screen-actions.tsx';
import { ScreenDrawer } from './screen-drawer.tsx';
import { ScreenFacts } from './screen-facts.tsx';
import { screenTexts } from './texts.ts';
import './screens.css';
import './day.css';

/** One screen's day; `?date=` names another than the day of service now. */
export default function ScreenDayPage() {
  const { id = '' } = useParams();
  const t = useTexts(dayTexts);
  const screens = useApi(API.screens);
  const screen = screens.data?.find((one) => one.id === id);
  if (screen) return <ScreenDay key={id} screen={screen} />;
  if (screens.isLoading) return <Skeleton active />;
  if (screens.error) return <FailureNote failure={screens.error} onRetry={() => void screens.refetch()} />;
  return (
    <EmptyState title={t('notFound')}>
      <Link to="/screens">
        <Button>{t('back')}</Button>
      </Link>
    </EmptyState>
  );
}

function ScreenDay({ screen }: { screen: ScreenView }) {
  const t = useTexts(dayTexts);
  const words = useTexts(screenTexts);
  const common = useTexts(commonTexts);
  const ofPlayer = useTexts(playerTexts);
  const nameOf = useNameOf();
  const navigate = useNavigate();
  const mayRun = useMay('operator');
  const [search, setSearch] = useSearchParams();
  const asked = search.get('date');
  const date = asked !== null && isLocalDate(asked) ? asked : undefined;
  const day = useApi(
    API.screenDay,
    { params: { id: screen.id }, query: date === undefined ? {} : { date } },
    { keepPrevious: true },
  );
  const [pairing, setPairing] = useState<ScreenView | null>(null);
  const [editing, setEditing] = useState<ScreenView | null>(null);
  const [isPlayerOpen, setPlayerOpen] = useState(false);
  const unpaired = screen.kind === 'player' && screen.device === null;

  return (
    <>
      <PageHeader
        back={
          <Link to="/screens" className="x-soft">
            <LeftOutlined /> {t('back')}
          </Link>
        }
        title={nameOf(screen)}
        note={<ScreenFacts screen={screen} />}
        actions={
          <>
            {day.data && (
              <DateStepper
                date={day.data.date}
                isToday={date === undefined}
                onChange={(next) => setSearch(next === null ? {} : { date: next }, { replace: true })}
              />
            )}
            {mayRun && unpaired && (
              <Button type="primary" onClick={() => setPairing(screen)}>
                {words('pair')}
              </Button>
            )}
            {screen.device !== null && <Button onClick={() => setPlayerOpen(true)}>{ofPlayer('player')}</Button>}
            {mayRun && !unpaired && (
              <Button className="x-wide-only" onClick={() => setEditing(screen)}>
                {common('edit')}
              </Button>
            )}
            {mayRun && (
              <ScreenActions
                screen={screen}
                onEdit={setEditing}
                onPair={setPairing}
                onGone={() => void navigate('/screens')}
                plain={false}
              />
            )}
          </>
        }
      />
      {day.data ? (
        <DayBody
          screen={{ id: screen.id, name: nameOf(screen) }}
          day={day.data}
          isExternal={screen.kind === 'external'}
          fetchedAtMs={day.dataUpdatedAt}
        />
      ) : day.error ? (
        <FailureNote failure={day.error} onRetry={() => void day.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
      <PlayerDrawer screen={screen} isOpen={isPlayerOpen} onClose={() => setPlayerOpen(false)} />
      <PairingDialog screen={pairing} onClose={() => setPairing(null)} />
      <ScreenDrawer editing={editing} onClose={() => setEditing(null)} />
    </>
  );
}
