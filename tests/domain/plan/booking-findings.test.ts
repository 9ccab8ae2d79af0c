/** Every cause that a booking check finds is told once, with all the screens and dates it holds for. */
import { describe, expect, test } from 'vitest';
import { gatherFindings } from '../../../domain/plan/booking-findings.ts';
import type { CalendarDay } from '../../../domain/plan/day-keys.ts';
import type { Conflict } from '../../../domain/plan/day-plan.ts';
import type { ScreenKind } from '../../../domain/plan/screen-kinds.ts';
import { fleetScreen } from '../../helpers/large-fleet.ts';

const sample = fleetScreen(0, 1);
const kind: ScreenKind = { key: 'k', date: '2026-07-01', sample, campaigns: [], screens: [sample] };
const day = (date: string): CalendarDay => ({ date, weekday: 'wed' });
const conflict = (over: Partial<Conflict> = {}): Conflict => ({
  kind: 'overbooked',
  commitments: ['a'],
  startMs: 0,
  endMs: 1,
  overflowMs: 5,
  fits: 2,
  ...over,
});
const [ONE, TWO] = [['s1', 's2'], ['s3']];

describe('warnings', () => {
  test('[K6] a date is warned of past the limit, with the largest load of its screens', () => {
    const gathered = gatherFindings();
    gathered.fits(ONE, '2026-07-01', 0.8, 0.8);
    expect(gathered.result()).toMatchObject({ load: 0.8, warnings: [] });
    gathered.fits(ONE, '2026-07-02', 0.95, 0.8);
    gathered.fits(ONE, '2026-07-03', 0.9, 0.8);
    expect(gathered.result()).toEqual({
      load: 0.95,
      problems: [],
      warnings: [{ screens: ONE, dates: ['2026-07-02', '2026-07-03'], load: 0.95 }],
      failing: [],
    });
  });

  test('[K6] screens that are as full on the same dates are warned of together, to the hundredth', () => {
    const gathered = gatherFindings();
    gathered.fits(ONE, '2026-07-02', 0.901, 0.8);
    gathered.fits(TWO, '2026-07-02', 0.904, 0.8);
    expect(gathered.result().warnings).toEqual([{ screens: ['s1', 's2', 's3'], dates: ['2026-07-02'], load: 0.901 }]);
    gathered.fits(TWO, '2026-07-03', 0.85, 0.8);
    expect(gathered.result().warnings.map(({ screens }) => screens)).toEqual([ONE, TWO]);
  });

  test('[K6] screens that are not as full are warned of apart', () => {
    const gathered = gatherFindings();
    gathered.fits(ONE, '2026-07-02', 0.9, 0.8);
    gathered.fits(TWO, '2026-07-02', 0.91, 0.8);
    expect(gathered.result().warnings).toHaveLength(2);
  });
});

describe('problems', () => {
  test('[K1] a cause is told once with all its screens and dates, as it was on the first', () => {
    const gathered = gatherFindings();
    gathered.fails(ONE, day('2026-07-01'), 1.2, [conflict({ startMs: 7 })], null);
    gathered.fails(ONE, day('2026-07-02'), 1.1, [conflict({ startMs: 8 })], null);
    gathered.fails(TWO, day('2026-07-01'), 1.1, [conflict({ startMs: 9 })], null);
    gathered.fails(TWO, day('2026-07-02'), 1.1, [conflict({ startMs: 9 })], null);
    expect(gathered.result()).toEqual({
      load: 1.2,
      problems: [
        { screens: ['s1', 's2', 's3'], dates: ['2026-07-01', '2026-07-02'], conflicts: [conflict({ startMs: 7 })] },
      ],
      warnings: [],
      failing: [],
    });
  });

  test.each<[string, Partial<Conflict>]>([
    ['kind', { kind: 'limits' }],
    ['commitments', { commitments: ['b'] }],
    ['overflow', { overflowMs: 6 }],
    ['count that fits', { fits: 3 }],
  ])('[K1] conflicts of another %s are another cause', (_, over) => {
    const gathered = gatherFindings();
    gathered.fails(ONE, day('2026-07-01'), 1, [conflict()], null);
    gathered.fails(ONE, day('2026-07-02'), 1, [conflict(over)], null);
    expect(gathered.result().problems.map(({ dates }) => dates)).toEqual([['2026-07-01'], ['2026-07-02']]);
  });

  test('[K1] screens with other dates are told apart', () => {
    const gathered = gatherFindings();
    gathered.fails(ONE, day('2026-07-01'), 1, [conflict()], null);
    gathered.fails(TWO, day('2026-07-02'), 1, [conflict()], null);
    expect(gathered.result().problems.map(({ screens }) => screens)).toEqual([ONE, TWO]);
  });

  test('[K3] a day whose conflicts are no worse counts for the load alone', () => {
    const gathered = gatherFindings();
    gathered.fails(ONE, day('2026-07-01'), 1.5, [], { key: 'p', kind });
    expect(gathered.result()).toEqual({ load: 1.5, problems: [], warnings: [], failing: [] });
  });

  test('[K4] of days that plan alike the first that fails stands for all', () => {
    const gathered = gatherFindings();
    gathered.fails(ONE, day('2026-07-01'), 1.5, [conflict()], { key: 'p', kind });
    gathered.fails(ONE, day('2026-07-02'), 1.4, [conflict()], { key: 'p', kind });
    gathered.fails(ONE, day('2026-07-03'), 1.3, [conflict()], { key: 'q', kind });
    gathered.fails(ONE, day('2026-07-04'), 1.3, [conflict()], null);
    expect(gathered.result().failing).toEqual([
      { kind, day: day('2026-07-01'), load: 1.5 },
      { kind, day: day('2026-07-03'), load: 1.3 },
    ]);
  });
});
