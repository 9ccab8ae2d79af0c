/** The invariants of the proof hold over 100,000 device-days of faults. */
import { expect, test } from 'vitest';
import { runSimulation } from '../simulation/run-simulation.ts';
import { tableOf } from '../simulation/table.ts';

const DAYS = 20;
const SCREENS = Math.ceil(Number(process.env.XUNBO_TEST_SIMULATED ?? 100_000) / DAYS);
/** XUNBO_TEST_SEED repeats a run; else every run is another. */
const SEED = Number(process.env.XUNBO_TEST_SEED ?? Date.now() % 2 ** 31);

test('[I1] [I2] [I3] [I4] [I5] [I6] [I7] [I8] [I9] [I10] [I11] [I12] [I14] [I15] the proof holds over 100,000 device-days of faults', async () => {
  console.info(`simulation: XUNBO_TEST_SEED=${SEED}, ${SCREENS} screens of ${DAYS} days`);
  const outcome = await runSimulation({ screens: SCREENS, days: DAYS, seed: SEED, faults: 'rough' }, 2);
  console.info(tableOf(`seed ${SEED}`, outcome));
  expect(outcome.findings).toEqual([]);
  expect(outcome.sums.screenDays).toBe(SCREENS * DAYS);
});
