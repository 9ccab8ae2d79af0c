/** How a campaign's promises of consecutive days stand: on how many screens they are kept, and which still can be by what day. */
import { API } from '../../../../protocol/http/api.ts';
import type { FlightView } from '../../../../protocol/http/views.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { usePromiseLabel } from '../../widgets/promise-label.ts';
import { FlightScreens } from './flight-screens.tsx';
import { FLIGHT_KINDS, FLIGHT_TONES, flightParts, hasBegun } from './flight-standing.ts';
import { flightTexts } from './flight-texts.ts';
import { useDayText } from './use-day-text.ts';
import './flight-panel.css';

/** Nothing where no flight that has begun promises consecutive days. */
export function FlightPanel({ campaign }: { campaign: string }) {
  const t = useTexts(flightTexts);
  const flights = useApi(API.flights, { query: { campaign } });
  const shown = (flights.data ?? []).filter(hasBegun);
  if (shown.length === 0) return null;
  return (
    <section className="x-panel c-runs" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      {shown.map((flight) => (
        <OneFlight key={flight.commitment} flight={flight} />
      ))}
    </section>
  );
}

function OneFlight({ flight }: { flight: FlightView }) {
  const t = useTexts(flightTexts);
  const day = useDayText();
  const promiseLabel = usePromiseLabel();
  const { counts, refused } = flight;
  const { from, to, extendedTo } = flight.flight;
  const span =
    extendedTo === null
      ? t('span', { from: day(from), to: day(to) })
      : `${t('span', { from: day(from), to: day(extendedTo) })} · ${t('extended', { from: day(to), to: day(extendedTo) })}`;
  return (
    <article className="c-run">
      <header>
        <strong>{promiseLabel(flight.commitment)}</strong>
        <span className="x-faint x-num">{span}</span>
      </header>
      <div className="c-run-bar" aria-hidden="true">
        {FLIGHT_KINDS.filter((kind) => counts[kind] > 0).map((kind) => (
          <span
            key={kind}
            className={`x-tone-${FLIGHT_TONES[kind]} c-run-${kind}`}
            style={{ flexGrow: counts[kind] }}
          />
        ))}
      </div>
      <FlightSentence flight={flight} />
      {refused && (
        <p className="x-tone-warn">
          {t('refused', { to: day(refused.to), dates: refused.dates.map(day).join(t('listComma')) })}
        </p>
      )}
      <FlightScreens flight={flight} />
    </article>
  );
}

function FlightSentence({ flight }: { flight: FlightView }) {
  const t = useTexts(flightTexts);
  const day = useDayText();
  const { scope, reachOn, longestRun, shortestRun, days, screens } = flight;
  const isJoint = scope === 'target';
  const standing = flightParts(flight).map(({ kind, n }) => (isJoint ? t(`whole.${kind}`) : t(`n.${kind}`, { n })));
  const isAllKept = !isJoint && screens > 0 && flight.counts.kept === screens;
  const facts = [
    ...(reachOn === null ? [] : [t('reach', { date: day(reachOn) })]),
    longestRun === shortestRun
      ? t('longest', { n: longestRun })
      : t('longestOf', { n: longestRun, least: shortestRun }),
    ...(days.short > 0 ? [t(isJoint ? 'missedWhole' : 'missedDays', { count: days.short })] : []),
    ...(days.unknown > 0 ? [t(isJoint ? 'unknownWhole' : 'unknownDays', { count: days.unknown })] : []),
  ];
  return (
    <div className="c-run-words x-num">
      <p>{isAllKept ? t('allKept', { count: screens }) : standing.join(t('comma'))}</p>
      <p className="x-soft">{facts.join(' · ')}</p>
    </div>
  );
}
