/** One date of a booking check: its load, its conflicts and what would fit. */
import { describe, expect, test } from 'vitest';
import { checkDay, checkFittingDay } from '../../../domain/plan/check-day.ts';
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { addDays } from '../../../domain/time/zone-time.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

const film = (seconds: number): { item: string; durationMs: number; weight: number }[] => [
  { item: 'film', durationMs: seconds * 1000, weight: 1 },
];

const dates = (from: string, days: number): string[] => Array.from({ length: days }, (_, k) => addDays(from, k));
const failing = (program: Program, from: string, days: number): string[] =>
  dates(from, days).filter((date) => checkDay(program, date).conflicts.length > 0);

describe('one date of a booking check', () => {
  test('[P24] a date on which too much is promised fails, and says what fits', () => {
    const program = programOf([
      commitmentOf('week', { minPlays: 10 }),
      commitmentOf('sunday', {
        minPlays: 40,
        items: film(60),
        weekdays: ['sun'],
        dayParts: [{ from: '08:00', to: '08:30' }],
      }),
    ]);
    expect(failing(program, '2026-07-01', 31)).toEqual(['2026-07-05', '2026-07-12', '2026-07-19', '2026-07-26']);
    const { conflicts, given } = checkDay(program, '2026-07-05');
    expect(conflicts).toMatchObject([{ kind: 'overbooked', fits: 30 }]);
    expect([...given]).toEqual([
      ['week', 10],
      ['sunday', 30],
    ]);
  });

  test('[P24] the short day of the change to summer time is found', () => {
    const program = programOf(
      [commitmentOf('a', { minPlays: 3 * 60, items: film(60), dayParts: [{ from: '01:00', to: '04:00' }] })],
      { timeZone: 'Europe/Berlin', from: '00:00', to: '24:00' },
    );
    expect(failing(program, '2026-03-20', 17)).toEqual(['2026-03-29']);
  });

  test('[P25] the load is the share of open time that promised plays take', () => {
    const program = programOf([
      commitmentOf('a', { minPlays: 51, items: film(600) }),
      commitmentOf('b', { minPlays: 17, items: film(600), weekdays: ['mon'] }),
    ]);
    expect(checkDay(program, '2026-07-06').load).toBeCloseTo(2 / 3, 6);
    expect(checkDay(program, '2026-07-07').load).toBeCloseTo(1 / 2, 6);
    expect(failing(program, '2026-07-01', 14)).toEqual([]);
  });

  test('[P24] plays promised on closed days are a conflict', () => {
    const program = programOf([commitmentOf('a', { minPlays: 1 })], {
      openingHours: [{ days: ['mon'], from: '08:00', to: '20:00' }],
    });
    expect(failing(program, '2026-07-06', 7)).toHaveLength(6);
    expect(checkDay(program, '2026-07-07').load).toBe(0);
  });
});

describe('more than counts', () => {
  const DATE = '2026-07-01';
  const MINUTE_MS = 60_000;
  const withForm = (over: Partial<ProgramCommitment>): Program =>
    programOf([commitmentOf('a', { minPlays: 3, items: film(60) }), commitmentOf('b', { items: film(60), ...over })], {
      from: '08:00',
      to: '09:00',
    });

  test.each<[string, Partial<ProgramCommitment>]>([
    ['exact times', { minPlays: 1, exactTimes: ['08:30'] }],
    ['a longest gap', { maxGapMs: 10 * MINUTE_MS }],
    ['a share of plays', { minShare: 0.1 }],
    ['a share of airtime', { minAirtimeShare: 0.1 }],
    ['a separation tag', { separation: 'bank' }],
  ])('[K1] a day with %s is told of only by its plan', (_, over) => {
    expect(checkFittingDay(withForm(over), DATE)).toBeNull();
  });

  test('[K1] of a day of counts that is known to fit the load is known as well', () => {
    const counted = withForm({ minPlays: 6, maxPlaysPerHour: 30, minGapMs: MINUTE_MS });
    expect(checkFittingDay(counted, DATE)).toEqual({ conflicts: [], load: 9 / 60, given: new Map() });
    expect(checkDay(counted, DATE)).toMatchObject({ conflicts: [], load: 9 / 60 });
  });

  test('[P7] [P8] [P29] [P30] every form that does not fit is found', () => {
    const kinds = (over: Partial<ProgramCommitment>): string[] =>
      checkDay(withForm(over), DATE).conflicts.map(({ kind }) => kind);
    expect(kinds({ minPlays: 1, exactTimes: ['10:00'] })).toEqual(['exact-time']);
    expect(kinds({ maxGapMs: 30_000 })).toEqual(['max-gap']);
    expect(kinds({ minShare: 0.99 })).toEqual(['min-share']);
    expect(kinds({ minAirtimeShare: 0.99 })).toEqual(['min-airtime']);
    expect(kinds({ minShare: 0.1 })).toEqual([]);
    expect(kinds({ minPlays: 1, exactTimes: ['08:30'] })).toEqual([]);
  });

  test('[P25] what shares need counts as booked, at most what is promised as given', () => {
    const { load, given } = checkDay(withForm({ minShare: 0.5 }), DATE);
    expect(load).toBeGreaterThan(0.5);
    expect(load).toBeLessThan(1);
    expect([...given]).toEqual([
      ['a', 3],
      ['b', 0],
    ]);
  });
});
