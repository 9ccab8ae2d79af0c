/** The independent checker finds no fault in 2,000 random days, planned or planned again in their middle. */
import { expect, test } from 'vitest';
import { faultsOfDay } from '../../helpers/checked-day.ts';
import { seedsOfRun } from '../../helpers/run-seeds.ts';

const seeds = seedsOfRun('random days', Number(process.env.XUNBO_TEST_DAYS ?? 2000));

test('[P1] [P2] [P3] [P5] [P6] [P18] the independent checker finds no fault in any of 2,000 random days', () => {
  for (const seed of seeds) expect(faultsOfDay(seed), `seed ${seed}`).toEqual([]);
});
