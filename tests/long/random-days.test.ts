/** The independent checker finds no fault in as many random days as are asked for, 100,000 unless said otherwise. */
import { expect, test } from 'vitest';
import { faultsOfDay } from '../helpers/checked-day.ts';
import { seedsOfRun } from '../helpers/run-seeds.ts';

const seeds = seedsOfRun('random days', Number(process.env.XUNBO_TEST_DAYS ?? 100_000));

test('[P1] [P2] [P3] [P5] [P6] [P18] the independent checker finds no fault in any of 100,000 random days', () => {
  const faulty = seeds.flatMap((seed) => {
    const faults = faultsOfDay(seed);
    return faults.length > 0 ? [{ seed, faults }] : [];
  });
  expect(faulty).toEqual([]);
});
