import { describe, expect, test } from 'vitest';
import { checkDay } from '../../../domain/plan/check-day.ts';
import type { Program } from '../../../domain/plan/program.ts';
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
