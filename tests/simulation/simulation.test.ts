/** A thousand device-days of faults: every play is explained, every invariant holds, and a seed gives the same again. */
import { describe, expect, test } from 'vitest';
import { CRASH_POINTS } from './crash-point.ts';
import type { Rule } from './findings.ts';
import { addSums, emptySums, explained } from './ledger-sums.ts';
import { exitCodeOf, runSimulation } from './run-simulation.ts';
import { SERVER_POINTS } from './simulated-log.ts';
import { tableOf } from './table.ts';

/** Together 1,000 device-days. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const SCREENS = 5;
const DAYS = 20;
/** A machine that is busy with other work takes its time. */
const UNHURRIED_MS = 600_000;

/** What holds over all of it, by rule, and what there was to look at. I13 is of exports, which are not made here. */
const INVARIANTS: readonly (readonly [string, Rule, string])[] = [
  [
    '[I1] what was acknowledged is in the ledger, whoever ended wherever, and comes again after an old copy',
    'I1',
    'segments',
  ],
  ['[I2] every record is counted once, and stands in the log once', 'I2', 'log entries'],
  ['[I3] what is recorded was truly shown to its end, and nothing forged is stored', 'I3', 'forgeries'],
  ['[I4] an end loses the play under way at most, and what a disk did not take is declared', 'I4', 'starts'],
  ['[I5] records and segments are numbered without a gap', 'I5', 'record lines'],
  ['[I6] no number is used again with other content', 'I6', 'segments'],
  ['[I7] every stored segment verifies', 'I7', 'segments'],
  ['[I8] all checkpoints that were ever signed are of one log that only grew', 'I8', 'checkpoints'],
  ['[I9] every receipt holds against its checkpoint and against the last one', 'I9', 'receipts'],
  ['[I10] the counters equal a recount, and what was shown', 'I10', 'segments'],
  ['[I11] nothing leaves a device before it is in the log', 'I11', 'packs'],
  ['[I12] a bad segment holds up no good one', 'I12', 'forgeries'],
  ['[I14] steps of the clock change no order and let no plays overlap', 'I14', 'record lines'],
  ['[I15] two hours after the faults have stopped everything is in the log', 'I15', 'receipts'],
];

describe('1,000 device-days with many faults', () => {
  const all = emptySums();

  test.each(SEEDS)(
    'seed %i: no play lost, doubled or unexplained, no verdict wrong, the proof holds',
    async (seed) => {
      const outcome = await runSimulation({ screens: SCREENS, days: DAYS, seed, faults: 'rough' });
      expect(outcome.findings).toEqual([]);
      expect(exitCodeOf(outcome)).toBe(0);
      addSums(all, outcome.sums);
    },
    UNHURRIED_MS,
  );

  test.each(INVARIANTS)('%s', (_title, rule, looked) => {
    expect(all.screenDays).toBe(SEEDS.length * SCREENS * DAYS);
    expect(all.broken[rule]).toBeUndefined();
    expect(all.checked[looked]).toBeGreaterThan(0);
  });

  test('every kind of fault has come up, and every kind of verdict', () => {
    const { segments, faults, crashes, unrecorded, uningested, uncounted, promises } = all;
    const met = (counts: Readonly<Record<string, number>>, names: readonly string[]): string[] =>
      names.filter((name) => (counts[name] ?? 0) > 0);
    const ways = ['lost', 'unanswered', 'doubled', 'late', 'damaged', 'forged', 'lied', 'rewind', 'fork', 'error'];
    expect(met(segments, ways)).toEqual(ways);
    expect(Object.keys(unrecorded).sort()).toEqual([
      'over, the agent ended in recording it',
      'the disk did not take the record, as is declared',
      'under way when the agent ended',
    ]);
    expect(Object.keys(uningested)).toContain('in quarantine');
    expect(Object.keys(uningested)).toContain('on a device that is offline');
    expect(Object.keys(uncounted).sort()).toEqual(['cut', 'failed']);
    const troubles = [
      'plays counted on another day than the true one',
      'emergency messages',
      'writes that the disk failed',
      'old copies of the ledger put back',
      'logs that are not signed any more',
      'devices copied',
    ];
    expect(met(faults, troubles)).toEqual(troubles);
    expect(faults['agent or power ended']).toBeGreaterThan(100);
    expect([promises.kept, promises.keptByMakeGood, promises.unknown].every((count) => count > 0)).toBe(true);
    expect(Object.keys(promises.short)).toEqual(expect.arrayContaining(['player-down']));
    const points = [
      ...CRASH_POINTS.map(({ op, how }) => `${op} ${how}`),
      ...SERVER_POINTS.map((point) => `server ${point}`),
    ];
    expect(met(crashes, points)).toEqual(points);
  });
});

test(
  '[J4][I5][I12] disks that damage sealed segments day by day leave no gap, and put no good segment into quarantine',
  async () => {
    const rates = { rot: 6, outages: 6, stops: 8 };
    const { findings, sums } = await runSimulation({ screens: 10, days: 8, seed: 5, faults: 'rough', rates });
    expect(findings).toEqual([]);
    expect(Object.keys(sums.uningested)).toContain("unreadable on the device's disk");
  },
  UNHURRIED_MS,
);

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
