/** The refusal of what does not fit: one fault a conflict, with screens, date, interval, overflow and the count that would fit. */
import type { BookingProblem } from '../../domain/plan/booking-findings.ts';
import type { Fault } from '../../protocol/errors.ts';
import { Failure } from '../failure.ts';

/** Most faults a refusal names. */
const MOST_FAULTS = 50;

/** Most screens a fault names. */
const MOST_SCREENS = 5;

/** The refusal; `message` says what to give to do it all the same. */
export function misfit(message: string, problems: readonly BookingProblem[]): Failure {
  const faults: Fault[] = problems.flatMap(({ screens, dates, conflicts }) =>
    conflicts.map((c) => ({
      place: `screens ${screenList(screens)}, ${dates[0]}${dates.length > 1 ? ` and ${dates.length - 1} more days` : ''}`,
      value: c.commitments.join(', '),
      allowed: `at most ${c.fits} plays of ${c.commitments[0]} a day fit (${c.kind}, ${c.overflowMs} ms too much from ${iso(c.startMs)} to ${iso(c.endMs)})`,
    })),
  );
  return new Failure('does-not-fit', message, faults.slice(0, MOST_FAULTS));
}

const screenList = (screens: readonly string[]): string => {
  const more = screens.length - MOST_SCREENS;
  return `${screens.slice(0, MOST_SCREENS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const iso = (ms: number): string => new Date(ms).toISOString();
