/** Limits of a promise in a day's plan: most plays an hour, gaps, shares, and which promise gives way where not all fits. */
import { describe, expect, test } from 'vitest';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';
import { at, checkedPlan, film, HOUR_MS, MINUTE_MS, startsOf } from './support/checked-plan.ts';

describe('limits', () => {
  test('[P5] no rolling hour holds more starts than allowed', () => {
    const made = checkedPlan(programOf([commitmentOf('a', { minPlays: 50, maxPlaysPerHour: 3 })]));
    const starts = startsOf(made, 'a');
    expect(starts).toHaveLength(51);
    starts.slice(3).forEach((start, k) => {
      expect(start - (starts[k] ?? 0)).toBeGreaterThanOrEqual(HOUR_MS);
    });
  });

  test('[P5] limits that contradict the minimum are named with the count that fits', () => {
    const made = checkedPlan(programOf([commitmentOf('a', { minPlays: 60, maxPlaysPerHour: 1 })]));
    expect(made.conflicts).toMatchObject([{ kind: 'limits', commitments: ['a'], fits: 17 }]);
    expect(made.commitments[0]).toMatchObject({ planned: 17, shortBy: 43 });
  });

  test('[P6] starts keep their least distance', () => {
    const made = checkedPlan(programOf([commitmentOf('a', { minPlays: 30, minGapMs: 33 * MINUTE_MS })]));
    const starts = startsOf(made, 'a');
    expect(Math.min(...starts.slice(1).map((start, k) => start - (starts[k] ?? 0)))).toBeGreaterThanOrEqual(
      33 * MINUTE_MS,
    );
    expect(made.feasible).toBe(true);
  });

  test('[P7] a largest gap is kept all through the windows, with or without a minimum', () => {
    const made = checkedPlan(
      programOf([
        commitmentOf('a', { maxGapMs: 20 * MINUTE_MS }),
        commitmentOf('b', { minPlays: 200, items: film(120) }),
      ]),
    );
    expect(made.feasible).toBe(true);
    expect(made.commitments[0]?.maxGapMs).toBeLessThanOrEqual(20 * MINUTE_MS);
    expect(at('23:00') - (startsOf(made, 'a').at(-1) ?? 0)).toBeLessThanOrEqual(20 * MINUTE_MS);
  });

  test('[P7] a largest gap that cannot be held is a conflict, and the minimums are still planned', () => {
    const made = checkedPlan(
      programOf([
        commitmentOf('a', { minPlays: 10, maxGapMs: 2 * MINUTE_MS, items: film(150) }),
        commitmentOf('b', { minPlays: 5 }),
      ]),
    );
    expect(made.conflicts).toMatchObject([{ kind: 'max-gap', commitments: ['a', 'b'] }]);
    expect(made.commitments.map((account) => account.shortBy)).toEqual([0, 0]);
  });

  test.each([0.03, 1 / 3, 0.5, 0.8])('[P8] a share of %d of all plays of the day is reached', (minShare) => {
    const made = checkedPlan(
      programOf([commitmentOf('a', { minShare }), commitmentOf('b', { minPlays: 60, items: film(90) })]),
    );
    expect(made.feasible).toBe(true);
    expect(startsOf(made, 'a').length / made.slots.length).toBeGreaterThanOrEqual(minShare);
    // Neither is the share bought by far too many plays.
    expect(startsOf(made, 'a').length / made.slots.length).toBeLessThan(minShare * 1.1 + 0.02);
  });

  test('[P8] a share that the day parts do not hold is a conflict', () => {
    const made = checkedPlan(
      programOf([commitmentOf('a', { minShare: 0.5, dayParts: [{ from: '08:00', to: '09:00' }] })]),
    );
    expect(made.conflicts).toMatchObject([{ kind: 'min-share', commitments: ['a'] }]);
  });

  test('[P9] where not all fits, the lower priority gives way and the conflict says to whom', () => {
    const made = checkedPlan(
      programOf(
        [
          commitmentOf('low', { minPlays: 40, items: film(60) }),
          commitmentOf('high', { minPlays: 40, items: film(60), priority: 1 }),
        ],
        {
          from: '08:00',
          to: '09:00',
        },
      ),
    );
    expect(made.commitments.map((account) => account.shortBy)).toEqual([20, 0]);
    expect(made.conflicts).toEqual([
      {
        kind: 'overbooked',
        commitments: ['low', 'high'],
        startMs: at('08:00'),
        endMs: at('09:00'),
        overflowMs: 20 * MINUTE_MS,
        fits: 20,
      },
    ]);
  });

  test('[P9] the span that overflows is named, not the whole day', () => {
    const evening = [{ from: '19:00', to: '20:00' }];
    const made = checkedPlan(
      programOf([
        commitmentOf('a', { minPlays: 50, items: film(60), dayParts: evening }),
        commitmentOf('b', { minPlays: 20, items: film(60), dayParts: evening }),
        commitmentOf('c', { minPlays: 20, items: film(60) }),
      ]),
    );
    expect(made.conflicts).toMatchObject([
      { commitments: ['b', 'a'], startMs: at('19:00'), endMs: at('20:00'), overflowMs: 10 * MINUTE_MS, fits: 10 },
    ]);
  });

  test('[P9] an item longer than its day part is named as that', () => {
    const made = checkedPlan(
      programOf([commitmentOf('a', { minPlays: 1, items: film(601), dayParts: [{ from: '08:00', to: '08:10' }] })]),
    );
    expect(made.conflicts).toMatchObject([{ kind: 'item-too-long', fits: 0 }]);
  });
});
