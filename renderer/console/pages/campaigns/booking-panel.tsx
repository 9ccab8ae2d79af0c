/** The booking check beside the form: fits or not, how full, on which screens and dates not, why, and what would fit. */
import { Spin } from 'antd';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { StatusShape, type Tone } from '../../widgets/status-dot.tsx';
import { type BookingState, bookingState, loadText } from './booking-summary.ts';
import { bookingTexts } from './booking-texts.ts';
import { CountsThatFit } from './counts-that-fit.tsx';
import { LoadBar } from './load-bar.tsx';
import { TroubleNote } from './trouble-note.tsx';
import type { BookingCheck } from './use-booking-check.ts';
import { useTroubles } from './use-troubles.ts';
import { WarningNote } from './warning-note.tsx';
import './booking-panel.css';

/** What the panel's head says. */
export type PanelState = BookingState | 'incomplete' | 'checking' | 'failed';

const TONES: Record<PanelState, Tone> = {
  fits: 'good',
  tight: 'warn',
  'does-not-fit': 'bad',
  'no-screens': 'blank',
  incomplete: 'blank',
  checking: 'blank',
  failed: 'blank',
};

const MOST_TROUBLES = 4;
const MOST_WARNINGS = 3;

/** The state of a check; `isComplete`: the form says enough to be checked. */
export function panelState({ booking, failure }: BookingCheck, isComplete: boolean): PanelState {
  if (!isComplete) return 'incomplete';
  if (failure) return 'failed';
  return booking ? bookingState(booking) : 'checking';
}

/** `missing`: what the form still lacks, each in a sentence. */
export function BookingPanel({
  check,
  isComplete,
  missing,
}: {
  check: BookingCheck;
  isComplete: boolean;
  missing: readonly string[];
}) {
  const t = useTexts(bookingTexts);
  const state = panelState(check, isComplete);
  const { booking } = check;
  const { troubles, counts } = useTroubles(state === 'does-not-fit' ? booking : null);
  const percent = booking ? loadText(booking.load) : '';
  return (
    <section className={`x-panel c-panel c-panel-${TONES[state]}`} aria-label={t('title')} aria-live="polite">
      <header>
        <span className="c-panel-title">{t('title')}</span>
        <Spin size="small" spinning={check.isChecking} />
      </header>
      <p className={`c-panel-state x-tone-${TONES[state]}`}>
        <StatusShape tone={TONES[state]} />
        {t(`state.${state}`)}
      </p>
      {state === 'incomplete' && missing.length > 0 && (
        <>
          <p className="x-soft">{t('incompleteText')}</p>
          <ul className="c-missing">
            {missing.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
      {state === 'failed' && <FailureNote failure={check.failure} />}
      {state === 'no-screens' && <p className="x-soft">{t('noScreensText')}</p>}
      {state === 'fits' && <p className="x-soft">{t('fitsText')}</p>}
      {state === 'tight' && <p>{t('tightText')}</p>}
      {state === 'does-not-fit' && <p>{t('doesNotFitText', { count: troubles.length })}</p>}
      {booking && (state === 'fits' || state === 'tight' || state === 'does-not-fit') && (
        <dl className="c-panel-figures x-num">
          <div>
            <dt>{t('load')}</dt>
            <dd>{percent}%</dd>
          </div>
          <LoadBar load={booking.load} />
          <div>
            <dt>{t('screens')}</dt>
            <dd>{booking.targetScreens}</dd>
          </div>
        </dl>
      )}
      <CountsThatFit counts={counts} />
      {troubles.slice(0, MOST_TROUBLES).map((trouble, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: troubles have no identity of their own
        <TroubleNote key={at} trouble={trouble} targetScreens={booking?.targetScreens ?? 0} />
      ))}
      {(booking?.warnings ?? []).slice(0, MOST_WARNINGS).map((warning, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: warnings have no identity of their own
        <WarningNote key={at} warning={warning} targetScreens={booking?.targetScreens ?? 0} />
      ))}
      {troubles.length > MOST_TROUBLES && (
        <p className="x-faint">{t('troublesMore', { count: troubles.length - MOST_TROUBLES })}</p>
      )}
    </section>
  );
}
