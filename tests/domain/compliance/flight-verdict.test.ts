/** A promise of consecutive days: which runs of days keep it, and by when it still can be kept. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type FlightDay,
  type FlightVerdict,
  judgeFlight,
  promisedDates,
} from '../../../domain/compliance/flight-verdict.ts';
import { WEEKDAYS, type Weekday } from '../../../domain/time/weekday.ts';
import { addDays, weekdayOf } from '../../../domain/time/zone-time.ts';

const FROM = '2026-07-01';
const LETTERS: Record<string, FlightDay> = { k: 'kept', s: 'short', u: 'unknown' };

/** A flight of `days` from 1 July; each letter is a day that is over: kept, short or unknown. */
function flight(past: string, days: number, need: number | null, extra = 0, weekdays: readonly Weekday[] = WEEKDAYS) {
  const to = addDays(FROM, days - 1);
  return judgeFlight({
    dates: promisedDates(FROM, addDays(to, extra), weekdays),
    to,
    minConsecutiveDays: need,
    dayOn: (date) => LETTERS[past[dayNumber(date)] ?? ''] ?? null,
  });
}
const dayNumber = (date: string): number => Math.round((Date.parse(date) - Date.parse(FROM)) / 86_400_000);

describe('flights', () => {
  test('[V12] a run of kept days as long as promised keeps the promise, whatever comes after', () => {
    expect(flight('kkkss', 10, 3).verdict).toEqual({ kind: 'kept', on: '2026-07-03' });
    expect(flight('kkksk', 10, 3)).toMatchObject({ kept: 4, short: 1, unknown: 0, longestRun: 3, run: 1 });
  });

  test('[V12] while it can be, the earliest date is told on which the run is complete', () => {
    expect(flight('', 30, 30).verdict).toEqual({ kind: 'reachable', on: '2026-07-30' });
    expect(flight('kks', 10, 4).verdict).toEqual({ kind: 'reachable', on: '2026-07-07' });
  });

  test('[V12] a missed day stays missed: past the end only an extension helps, and only within its rule', () => {
    expect(flight('kkkkks', 8, 6, 4).verdict).toEqual({ kind: 'extendable', on: '2026-07-12' });
    expect(flight('kkkkks', 8, 6, 3).verdict).toEqual({ kind: 'lost' });
  });

  test('[V12] an unknown day is never taken for kept, nor a promise given up for it', () => {
    expect(flight('kku', 5, 3).verdict).toEqual({ kind: 'unknown', missingLogs: 1 });
    expect(flight('kku', 6, 3).verdict).toEqual({ kind: 'reachable', on: '2026-07-06' });
    expect(flight('kkus', 5, 4).verdict).toEqual({ kind: 'lost' });
  });

  test('[V12] days of other weekdays neither break nor lengthen a run', () => {
    const workdays = WEEKDAYS.slice(0, 5);
    // 1 July 2026 is a Wednesday: days 3 and 4 are the weekend.
    expect(weekdayOf(FROM)).toBe('wed');
    expect(flight('kkkuukk', 10, 5, 0, workdays)).toMatchObject({
      verdict: { kind: 'kept', on: '2026-07-07' },
      longestRun: 5,
      unknown: 0,
    });
  });

  test('[V12] without a promise of days there is no verdict, only the days', () => {
    expect(flight('kks', 5, null)).toMatchObject({ verdict: null, kept: 2, longestRun: 2, run: 0 });
  });

  test('[V12] the verdict is what a recount of every possible rest says', () => {
    const given = fc.record({
      past: fc.string({ unit: fc.constantFrom('k', 's', 'u'), maxLength: 9 }),
      days: fc.integer({ min: 1, max: 8 }),
      extra: fc.integer({ min: 0, max: 3 }),
      need: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(given, ({ past, days, extra, need }) => {
        const known = past.slice(0, days + extra);
        expect(flight(known, days, need, extra).verdict).toEqual(recount(known, days, need, extra));
      }),
      { numRuns: 2000 },
    );
  });
});

/** The verdict by going through every run of `need` days one by one. */
function recount(past: string, days: number, need: number, extra: number): FlightVerdict {
  const firstRun = (allowed: string): number | null => {
    for (let end = need - 1; end < days + extra; end += 1) {
      const run = Array.from({ length: need }, (_, k) => past[end - k] ?? 'c');
      if (run.every((day) => allowed.includes(day))) return end;
    }
    return null;
  };
  const dateOf = (number: number): string => addDays(FROM, number);
  const [kept, surely, perhaps] = ['k', 'kc', 'kcu'].map(firstRun);
  if (kept != null) return { kind: 'kept', on: dateOf(kept) };
  if (surely != null && surely < days) return { kind: 'reachable', on: dateOf(surely) };
  if (perhaps == null) return { kind: 'lost' };
  const missingLogs = [...past.slice(0, days)].filter((day) => day === 'u').length;
  if (perhaps < days || surely == null) return { kind: 'unknown', missingLogs };
  return { kind: 'extendable', on: dateOf(surely) };
}
