/** Where a promise of consecutive days stands: over the days of a flight, on one screen or on a target as a whole. */
import type { Weekday } from '../time/weekday.ts';
import { addDays, type LocalDate, weekdayOf } from '../time/zone-time.ts';

/** A day that is over: promised and kept, promised and not kept, or promised and not known. */
export type FlightDay = 'kept' | 'short' | 'unknown';

/**
 * A flight and what is known of its days. `dates` are its promised ones in order, on to the last that its rule of extension allows; `to` is its last
 * day as it stands, extension included. `dayOn` tells what became of a date; null: it is still to come. `minConsecutiveDays` null: none is promised.
 */
export type FlightRecord = {
  readonly dates: readonly LocalDate[];
  readonly to: LocalDate;
  readonly minConsecutiveDays: number | null;
  readonly dayOn: (date: LocalDate) => FlightDay | null;
};

/**
 * `kept` since that date; `reachable` on that date at the earliest; `extendable`: only on a date past the end of the flight, within what its rule of
 * extension allows; `lost`; `unknown`: it hangs on logs that are missing.
 */
export type FlightVerdict =
  | { readonly kind: 'kept' | 'reachable' | 'extendable'; readonly on: LocalDate }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unknown'; readonly missingLogs: number };

/** The verdict with the counts it rests on. `longestRun` and `run` (up to the last day judged) are of proven days in a row. */
export type FlightStanding = {
  readonly verdict: FlightVerdict | null;
  readonly kept: number;
  readonly short: number;
  readonly unknown: number;
  readonly longestRun: number;
  readonly run: number;
};

/**
 * Judges a flight. Days of other weekdays, on which nothing is promised, neither break a run nor lengthen it. An unknown day breaks a run: a promise is
 * only kept by days that are known to be; but it is lost for good only where it could not be kept even if all unknown days were.
 */
export function judgeFlight(flight: FlightRecord): FlightStanding {
  const known = flight.dates.filter((date) => date <= flight.to).flatMap((date) => flight.dayOn(date) ?? []);
  const count = (wanted: FlightDay): number => known.filter((day) => day === wanted).length;
  const unknown = count('unknown');
  return {
    verdict: flight.minConsecutiveDays === null ? null : verdictOf(flight, flight.minConsecutiveDays, unknown),
    kept: count('kept'),
    short: count('short'),
    unknown,
    longestRun: longestRun(known),
    run: known.length - 1 - known.findLastIndex((day) => day !== 'kept'),
  };
}

/** The dates of a flight from `from` to `to` on which a campaign of `weekdays` promises something, in order. */
export function promisedDates(from: LocalDate, to: LocalDate, weekdays: readonly Weekday[]): LocalDate[] {
  const dates: LocalDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) if (weekdays.includes(weekdayOf(date))) dates.push(date);
  return dates;
}

function verdictOf(flight: FlightRecord, days: number, missingLogs: number): FlightVerdict {
  const { to } = flight;
  const proven = reachedOn(flight, days, (day) => day === 'kept');
  if (proven !== null) return { kind: 'kept', on: proven };
  const surely = reachedOn(flight, days, (day) => day === 'kept' || day === null);
  if (surely !== null && surely <= to) return { kind: 'reachable', on: surely };
  const perhaps = reachedOn(flight, days, (day) => day !== 'short');
  if (perhaps === null) return { kind: 'lost' };
  if (perhaps <= to || surely === null) return { kind: 'unknown', missingLogs };
  return { kind: 'extendable', on: surely };
}

/** The first date on which the days that `isKept` takes for kept make a run of `days`; null where none does. */
function reachedOn(
  { dates, dayOn }: FlightRecord,
  days: number,
  isKept: (day: FlightDay | null) => boolean,
): LocalDate | null {
  let run = 0;
  for (const date of dates) {
    run = isKept(dayOn(date)) ? run + 1 : 0;
    if (run >= days) return date;
  }
  return null;
}

function longestRun(days: readonly FlightDay[]): number {
  let longest = 0;
  let run = 0;
  for (const day of days) {
    run = day === 'kept' ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
