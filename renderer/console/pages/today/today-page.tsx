/** Today: every promise on every screen of the day of service now, worst first, live. */
import { Button, Skeleton } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { API } from '../../../../protocol/http/api.ts';
import type { Verdict } from '../../../../protocol/http/views.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { PageHeader } from '../../widgets/page-header.tsx';
import { unitAndBelow } from '../../widgets/unit-tree.ts';
import { useTimes } from '../../widgets/zone-time.ts';
import { OpenIncidents } from './open-incidents.tsx';
import { todayTexts } from './texts.ts';
import { type TodayChoice, TodayFilters } from './today-filters.tsx';
import { countVerdicts, isPart, narrowRows, openFirst, type TodayLine, todayLines, withVerdict } from './today-rows.ts';
import { TodaySummary } from './today-summary.tsx';
import { TodayTable } from './today-table.tsx';
import { VerdictChips } from './verdict-chips.tsx';
import './today.css';

const NOTHING: TodayChoice = { unit: null, campaign: null, search: '' };

/** Today. */
export default function TodayPage() {
  const t = useTexts(todayTexts);
  const time = useTimes();
  const [choice, setChoice] = useState(NOTHING);
  // Forecasts move with the clock even when nothing is reported.
  const today = useApi(API.today, undefined, { refetchIntervalMs: 60_000 });
  const targets = useApi(API.targetDays, { query: {} }, { refetchIntervalMs: 60_000 });
  const rows = useMemo(() => today.data && todayLines(today.data, targets.data ?? []), [today.data, targets.data]);
  return (
    <>
      <PageHeader
        title={t('title')}
        note={rows?.[0] && time(Date.parse(rows[0].date), 'day', 'UTC')}
        actions={rows && rows.length > 0 && <TodayFilters rows={rows} choice={choice} onChange={setChoice} />}
      />
      {rows ? (
        <TodayBody rows={rows} choice={choice} onClear={() => setChoice(NOTHING)} />
      ) : today.error ? (
        <FailureNote failure={today.error} onRetry={() => void today.refetch()} />
      ) : (
        <Skeleton active />
      )}
    </>
  );
}

function TodayBody({
  rows,
  choice,
  onClear,
}: {
  rows: readonly TodayLine[];
  choice: TodayChoice;
  onClear: () => void;
}) {
  const t = useTexts(todayTexts);
  const units = useApi(API.units).data;
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const search = useDeferredValue(choice.search);
  const { unit, campaign } = choice;
  const narrowed = useMemo(
    () => narrowRows(rows, { units: unit ? unitAndBelow(units ?? [], unit) : null, campaign, search }),
    [rows, units, unit, campaign, search],
  );
  const shown = useMemo(() => openFirst(withVerdict(narrowed, verdict)), [narrowed, verdict]);
  const counts = useMemo(() => countVerdicts(narrowed), [narrowed]);
  // A screen's part of a count for a whole target is listed, but it is not one more promise.
  const allCounts = useMemo(() => countVerdicts(rows.filter((row) => !isPart(row))), [rows]);

  if (rows.length === 0) {
    return (
      <div className="x-panel">
        <EmptyState title={t('empty')} note={t('emptyNote')}>
          <Link to="/campaigns">
            <Button>{t('toCampaigns')}</Button>
          </Link>
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="x-stack">
      <TodaySummary counts={allCounts} />
      <OpenIncidents />
      <div className="x-today-bar">
        <VerdictChips counts={counts} chosen={verdict} onChoose={setVerdict} />
        <span className="x-faint x-num">
          {t('shown', { shown: shown.length, all: rows.length })}
          {shown.length < rows.length && (
            <Button
              type="link"
              size="small"
              onClick={() => {
                setVerdict(null);
                onClear();
              }}
            >
              {t('clear')}
            </Button>
          )}
        </span>
      </div>
      <TodayTable rows={shown} />
    </div>
  );
}
