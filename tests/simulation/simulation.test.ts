import { describe, expect, test } from 'vitest';
import { addSums, emptySums, explained } from './ledger-sums.ts';
import { exitCodeOf, runSimulation } from './run-simulation.ts';
import { tableOf } from './table.ts';

/** Together 1,000 device-days. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const SCREENS = 5;
const DAYS = 20;
/** A machine that is busy with other work takes its time. */
const UNHURRIED_MS = 600_000;

describe('1,000 device-days with many faults', () => {
  const all = emptySums();

  test.each(SEEDS)(
    '[I1][I2][I3][I4][I5][I6][I7][I10][I12][I14] seed %i: no play lost, doubled or unexplained, no verdict wrong',
    async (seed) => {
      const outcome = await runSimulation({ screens: SCREENS, days: DAYS, seed, faults: 'rough' });
      expect(outcome.findings).toEqual([]);
      expect(exitCodeOf(outcome)).toBe(0);
      addSums(all, outcome.sums);
    },
    UNHURRIED_MS,
  );

  test('every kind of fault has come up, and every kind of verdict', () => {
    expect(all.screenDays).toBe(SEEDS.length * SCREENS * DAYS);
    const { segments, faults, unrecorded, uningested, uncounted, promises } = all;
    for (const name of ['lost', 'unanswered', 'doubled', 'late', 'damaged', 'again', 'quarantined', 'error']) {
      expect([name, segments[name]]).not.toEqual([name, 0]);
    }
    expect(Object.keys(unrecorded).sort()).toEqual([
      'over, the agent ended in recording it',
      'under way when the agent ended',
    ]);
    expect(Object.keys(uningested)).toContain('in quarantine');
    expect(Object.keys(uningested)).toContain('on a device that is offline');
    expect(Object.keys(uncounted).sort()).toEqual(['cut', 'failed']);
    expect(faults['agent or power ended']).toBeGreaterThan(100);
    expect(faults['plays counted on another day than the true one']).toBeGreaterThan(0);
    expect([promises.kept, promises.keptByMakeGood, promises.unknown].every((count) => count > 0)).toBe(true);
    expect(Object.keys(promises.short)).toEqual(expect.arrayContaining(['player-down', 'media-missing']));
  });
});

test('[P4] without faults nothing is missing, and everything is kept or was never possible', async () => {
  const { sums, findings } = await runSimulation({ screens: 8, days: 4, seed: 1, faults: 'calm' });
  const { plays, promises } = sums;
  expect(findings).toEqual([]);
  expect(plays.played).toBeGreaterThan(1000);
  expect([plays.recorded, plays.ingested, plays.counted]).toEqual([plays.played, plays.played, plays.played]);
  expect(promises.kept + promises.keptByMakeGood + explained(promises.short)).toBe(promises.made);
  expect(
    Object.keys(promises.short).filter((reason) => !['closed', 'booked-out', 'not-enrolled'].includes(reason)),
  ).toEqual([]);
});

test(
  '[P19] on any number of threads a run comes to the same',
  async () => {
    const run = { screens: 4, days: 2, seed: 3, faults: 'rough' } as const;
    const alone = await runSimulation(run);
    expect(alone.sums.screenDays).toBe(8);
    for (const threads of [2, 3]) expect(JSON.stringify(await runSimulation(run, threads))).toBe(JSON.stringify(alone));
  },
  UNHURRIED_MS,
);

test('[P19] the same seed gives the same table, another seed another', async () => {
  const table = async (seed: number): Promise<string> =>
    tableOf('', await runSimulation({ screens: 2, days: 5, seed, faults: 'rough' }));
  const first = await table(7);
  expect(await table(7)).toBe(first);
  expect(await table(8)).not.toBe(first);
});
