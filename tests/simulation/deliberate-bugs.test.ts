import { expect, test } from 'vitest';
import type { Ledger, ScreenDayCounters } from '../../server/stores/ledger-store.ts';
import { exitCodeOf, type Outcome, runSimulation } from './run-simulation.ts';
import type { ScreenRun } from './simulate-screen.ts';
import { tableOf } from './table.ts';

/** A run over a product with a bug; it has to end with exit code 1. */
async function runWith(seams: ScreenRun['seams']): Promise<Outcome> {
  const outcome = await runSimulation({ screens: 3, days: 6, seed: 6, faults: 'rough', seams });
  expect(exitCodeOf(outcome)).toBe(1);
  expect(tableOf('', outcome)).toContain('WRONG:');
  return outcome;
}

const withSegments = (ledger: Ledger, change: Partial<Ledger['segments']>): Ledger => ({
  ...ledger,
  segments: { ...ledger.segments, ...change },
});

test('the product as it is passes where the broken ones fail', async () => {
  expect((await runSimulation({ screens: 3, days: 6, seed: 6, faults: 'rough' })).findings).toEqual([]);
});

test('[I2] an ingest that counts what is sent again is found out', async () => {
  const ledger = (real: Ledger): Ledger => {
    const extra = new Map<string, number>();
    return withSegments(real, {
      async ingest(batch) {
        const outcomes = await real.segments.ingest(batch);
        for (const [k, outcome] of outcomes.entries()) {
          const again = outcome.kind === 'stored' && outcome.again ? (batch[k]?.deltas ?? []) : [];
          for (const { date, commitment, plays } of again) {
            extra.set(`${date} ${commitment}`, (extra.get(`${date} ${commitment}`) ?? 0) + plays);
          }
        }
        return outcomes;
      },
      counters: async (query) => (await real.segments.counters(query)).map((day) => withExtra(day, extra)),
    });
  };
  const { findings } = await runWith({ ledger });
  expect(findings.join('\n')).toMatch(/I2: counted \{"plays":\d+.* truly shown and stored/);
  expect(findings.join('\n')).toMatch(/unexplained: -?\d+ plays ingested and not counted/);
});

const withExtra = (day: ScreenDayCounters, extra: ReadonlyMap<string, number>): ScreenDayCounters => ({
  ...day,
  plays: Object.fromEntries(
    Object.entries(day.plays).map(([id, plays]) => [id, plays + (extra.get(`${day.date} ${id}`) ?? 0)]),
  ),
});

test('[I1] a store that acknowledges what it does not keep is found out', async () => {
  let calls = 0;
  const ledger = (real: Ledger): Ledger =>
    withSegments(real, {
      async ingest(batch) {
        calls += 1;
        // One lost segment would be asked for again when the next one comes; here nothing is kept any more.
        return calls > 60 ? batch.map(() => ({ kind: 'stored', again: false })) : real.segments.ingest(batch);
      },
    });
  const { findings } = await runWith({ ledger });
  expect(findings.join('\n')).toMatch(/I1: (record|segment) \S+ was acknowledged and is not in the ledger/);
});

test('[I1] a journal that drops a record is found out', async () => {
  let appends = 0;
  const { findings } = await runWith({
    disk: (real) => ({
      ...real,
      files: {
        ...real.files,
        appendOpen(ref, text) {
          appends += 1;
          if (appends % 500 !== 499) real.files.appendOpen(ref, text);
        },
      },
    }),
  });
  expect(findings.join('\n')).toMatch(/I5: record \S+ follows record \d+/);
});

test('[I6] a journal that seals something else than it recorded is found out', async () => {
  let seals = 0;
  const { findings } = await runWith({
    disk: (real) => ({
      ...real,
      files: {
        ...real.files,
        writeSealed(ref, segment) {
          seals += 1;
          const body = segment.body.slice(segment.body.indexOf('\n') + 1);
          real.files.writeSealed(ref, seals % 20 === 19 && body !== '' ? { ...segment, body } : segment);
        },
      },
    }),
  });
  expect(findings.join('\n')).toMatch(/I7: \d+ segments quarantined, \d+ were damaged on the way/);
});

test('[V6] a verdict that says kept is found out', async () => {
  const { findings } = await runWith({
    verdicts: (rows) => rows.map((row) => (row.verdict === 'unknown' ? { ...row, verdict: 'met', reasons: [] } : row)),
  });
  expect(findings.join('\n')).toMatch(/verdict: \S+ on \S+ is met, right is unknown/);
});

test('[V1] a verdict that calls a kept promise short is found out', async () => {
  const { findings } = await runWith({
    verdicts: (rows) => rows.map((row) => ({ ...row, verdict: 'short', reasons: ['player-down'] })),
  });
  expect(findings.join('\n')).toMatch(/verdict: \S+ on \S+ is short, right is met/);
});
