/** Ingest over both ledgers answers, counts and keeps as its model does, in random histories of commands. */
import { describe, expect, test } from 'vitest';
import { ANSWERS, embeddedStore, memoryStore, runHistories } from './run-histories.ts';

/** Seed of this run; `XUNBO_TEST_SEED` repeats one. */
const SEED = Number(process.env.XUNBO_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
const UNHURRIED_MS = 600_000;

describe.each([
  { name: 'memory ledger', open: memoryStore, runs: 150 },
  { name: 'embedded ledger', open: embeddedStore, runs: 25 },
])('ingest over the $name', ({ name, open, runs }) => {
  test(
    '[I2] [I12] [S10] [S11] [S12] [S16] [S17] [S19] [G2] [G5] answers, counts, keeps and logs as its model does',
    async () => {
      console.info(`ingest over the ${name}: seed ${SEED} (repeat with XUNBO_TEST_SEED=${SEED})`);
      expect(await runHistories(open, runs, SEED)).toEqual(ANSWERS);
    },
    UNHURRIED_MS,
  );
});
