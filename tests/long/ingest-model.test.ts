/** Ingest held against a model of it over many random histories of commands, with both ledgers. */
import { describe, expect, test } from 'vitest';
import { ANSWERS, embeddedStore, memoryStore, runHistories } from '../server/ingest-model/run-histories.ts';

/** XUNBO_TEST_SEED repeats a run; else every run is another. */
const SEED = Number(process.env.XUNBO_TEST_SEED ?? Date.now() % 2 ** 31);
/** A history has 50 commands in the mean, 100 at most: together 100,000. XUNBO_TEST_HISTORIES sets another number. */
const RUNS = Number(process.env.XUNBO_TEST_HISTORIES ?? 2000);

describe.each([
  { name: 'memory ledger', open: memoryStore, runs: RUNS },
  { name: 'embedded ledger', open: embeddedStore, runs: Math.ceil(RUNS / 10) },
])('ingest over the $name', ({ name, open, runs }) => {
  test('[I2] [I12] [S16] [S17] [S19] over 100,000 commands it answers, counts, keeps and logs as its model does', async () => {
    console.info(`ingest over the ${name}: XUNBO_TEST_SEED=${SEED}, ${runs} histories`);
    expect(await runHistories(open, runs, SEED)).toEqual(ANSWERS);
  });
});
