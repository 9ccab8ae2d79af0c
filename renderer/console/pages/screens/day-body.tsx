/** The body of a screen's day: timeline, promises, plays. */
import { useMemo, useState } from 'react';
import { totalMs } from '../../../../domain/time/interval.ts';
import type { ScreenDay } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { useIsNarrow } from '../../widgets/narrow.ts';
import { useNowMs } from '../../widgets/now.ts';
import { DayPlays } from './day-plays.tsx';
import { DayPromises } from './day-promises.tsx';
import { dayTexts } from './day-texts.ts';
import { explainDay } from './explain-day.ts';
import { promiseHues } from './promise-hues.ts';
import { Timeline } from './timeline.tsx';
import { useReasonText } from './use-reason-text.ts';

/** `screen` by its name in the language spoken; `fetchedAtMs`: when the answer came, by this browser's clock; the present is the server's clock gone on since. */
export function DayBody({
  screen,
  day,
  isExternal,
  fetchedAtMs,
}: {
  screen: { id: string; name: string };
  day: ScreenDay;
  isExternal: boolean;
  fetchedAtMs: number;
}) {
  const t = useTexts(dayTexts);
  const narrow = useIsNarrow();
  const reasonText = useReasonText(day);
  const [picked, setPicked] = useState<string | null>(null);
  const nowMs = day.nowMs + Math.max(0, useNowMs(5000) - fetchedAtMs);
  const hues = useMemo(() => promiseHues(day.commitments), [day.commitments]);
  const explained = useMemo(() => explainDay(day), [day]);
  const openHours = Math.round((totalMs(day.open) / 3_600_000) * 10) / 10;
  return (
    <div className="x-day-view">
      <div className="x-stack x-day-main">
        {!(isExternal && day.plays.length === 0) && (
          <section className="x-panel x-panel-pad">
            <div className="x-day-head">
              <div>
                <h2>{t('timeline')}</h2>
                <p className="x-faint">{t(narrow ? 'timelineNoteHalf' : 'timelineNote')}</p>
                {!day.playsKept && <p className="x-soft">{t('playsGone')}</p>}
                {day.enrolledAtMs !== null && <p className="x-soft">{reasonText('not-enrolled')}</p>}
              </div>
              <span className="x-day-sums x-soft x-num">
                <span>{t('hours', { n: openHours })}</span>
                <span>{t('plannedSum', { n: day.plan.length })}</span>
                <span>{t('playedSum', { n: day.plays.length })}</span>
              </span>
              <Legend />
            </div>
            {day.open.length === 0 ? (
              <EmptyState title={t('closedDay')} note={t('closedDayNote')} />
            ) : (
              <Timeline day={day} explained={explained} hues={hues} picked={picked} nowMs={nowMs} />
            )}
          </section>
        )}
        <DayPlays screen={screen} day={day} explained={explained} hues={hues} />
      </div>
      <DayPromises day={day} explained={explained} hues={hues} picked={picked} onPick={setPicked} />
    </div>
  );
}

function Legend() {
  const t = useTexts(dayTexts);
  return (
    <span className="x-day-legend x-soft">
      <span>
        <svg className="x-tl-key" width="12" height="14" aria-hidden="true">
          <path d="M0 0h3v14h-3zM5 0h3v14h-3z" />
        </svg>
        {t('reason.scheduled')}
      </span>
      <span>
        <svg className="x-tl-key" width="12" height="14" aria-hidden="true">
          <path d="M0 0h3v5.5h-3zM0 8.5h3v5.5h-3zM5 0h3v5.5h-3zM5 8.5h3v5.5h-3z" />
        </svg>
        {t('reason.make-good')}
      </span>
      <span>
        <svg className="x-tl-key" width="12" height="14" aria-hidden="true">
          <path d="M0 4.2h3v5.6h-3zM5 4.2h3v5.6h-3z" opacity="0.5" />
        </svg>
        {t('reason.bonus')}
      </span>
      <span>
        <svg width="18" height="10" aria-hidden="true">
          <path className="x-tl-filler" d="M0 3h5v4h-5zM6.5 3h5v4h-5zM13 3h5v4h-5z" />
        </svg>
        {t('legendFiller')}
      </span>
      <span>
        <svg width="10" height="12" aria-hidden="true">
          <rect className="x-tl-lost" x="2" y="1" width="6" height="10" />
        </svg>
        {t('legendLost')}
      </span>
    </span>
  );
}
