/** Products with a bug, one each: the simulation has to find it, and by the rule that it breaks. */
import { describe, expect, test } from 'vitest';
import type { Ledger, ScreenDayCounters } from '../../server/stores/ledger-store.ts';
import { StoreError } from '../../server/stores/store-error.ts';
import { shaOf } from '../helpers/chain-builder.ts';
import { type FaultRates, ROUGH } from './fault-rates.ts';
import type { Rule } from './findings.ts';
import { exitCodeOf, type Outcome, runSimulation } from './run-simulation.ts';
import type { SimulatedDisk } from './simulated-disk.ts';
import type { ScreenRun } from './simulated-world.ts';
import { tableOf } from './table.ts';

const RUN = { screens: 3, days: 6, seed: 6, faults: 'rough' } as const;

/** A run over a product with a bug; it has to end with exit code 1, and with something found by every one of `rules`. */
async function findsOut(
  rules: readonly Rule[],
  seams: ScreenRun['seams'],
  rates: Partial<FaultRates> = {},
): Promise<void> {
  const outcome: Outcome = await runSimulation({ ...RUN, rates, seams });
  expect(exitCodeOf(outcome)).toBe(1);
  expect(tableOf('', outcome)).toContain('WRONG:');
  expect(rules.filter((rule) => outcome.sums.broken[rule] === undefined)).toEqual([]);
}

const withSegments = (ledger: Ledger, change: Partial<Ledger['segments']>): Ledger => ({
  ...ledger,
  segments: { ...ledger.segments, ...change },
});

/** A disk that writes something else than it was told; null: nothing at all. */
const withWrites =
  (op: 'append' | 'replace', end: string, change: (text: string) => string | null) =>
  (real: SimulatedDisk): SimulatedDisk => {
    const write = (path: string, text: string): void => {
      const written = path.endsWith(end) ? change(text) : text;
      if (written !== null) real.files[op](path, written);
    };
    return { ...real, files: { ...real.files, [op]: write } };
  };

test('the product as it is passes where the broken ones fail', async () => {
  expect((await runSimulation(RUN)).findings).toEqual([]);
});

describe('a server that', () => {
  test('[I2] counts what is sent again is found out', async () => {
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
    await findsOut(['I2', 'unexplained'], { ledger });
  });

  test('[I1] acknowledges what it does not keep is found out', async () => {
    let calls = 0;
    const ledger = (real: Ledger): Ledger =>
      withSegments(real, {
        async ingest(batch) {
          calls += 1;
          // One lost segment would be asked for again when the next one comes; here nothing is kept any more.
          return calls > 60 ? batch.map(() => ({ kind: 'stored', again: false })) : real.segments.ingest(batch);
        },
      });
    await findsOut(['I1'], { ledger });
  });

  test('[I3] makes up plays is found out', async () => {
    let calls = 0;
    const ledger = (real: Ledger): Ledger =>
      withSegments(real, {
        async ingest(batch) {
          calls += 1;
          const made = batch.map((one) => ({
            ...{ ...one, epoch: one.epoch + 1e6, segment: 0, firstSeq: 0, prev: null, hash: shaOf(`made up ${calls}`) },
          }));
          if (calls === 20) await real.segments.ingest(made);
          return real.segments.ingest(batch);
        },
      });
    await findsOut(['I3'], { ledger });
  });

  test('[I10] forgets a counter is found out', async () => {
    const ledger = (real: Ledger): Ledger =>
      withSegments(real, { counters: async (query) => (await real.segments.counters(query)).slice(1) });
    await findsOut(['I10'], { ledger });
  });

  test('[I12] takes nothing more behind a bad one is found out', async () => {
    const ledger = (real: Ledger): Ledger => {
      let isSpoilt = false;
      return withSegments(real, {
        async quarantine(bad) {
          isSpoilt = true;
          await real.segments.quarantine(bad);
        },
        async ingest(batch) {
          if (isSpoilt) throw new StoreError('disk-failed', 'a bad one is there');
          return real.segments.ingest(batch);
        },
      });
    };
    await findsOut(['I12'], { ledger }, { network: { ...ROUGH.network, forged: 0.1 } });
  });

  test('[I8] goes on signing over an old copy of its ledger is found out', async () => {
    await findsOut(['I8'], { isConfirmed: () => false }, { oldLedger: 1 });
  });

  test('[I15] never signs its log is found out', async () => {
    await findsOut(['I15'], { log: (real) => ({ ...real, turn: async () => 'not today' }) });
  });

  test('[V6] says kept where it cannot know is found out', async () => {
    await findsOut(['verdict'], {
      verdicts: (rows) =>
        rows.map((row) => (row.verdict === 'unknown' ? { ...row, verdict: 'met', reasons: [] } : row)),
    });
  });

  test('[V1] calls a kept promise short is found out', async () => {
    await findsOut(['verdict'], {
      verdicts: (rows) => rows.map((row) => ({ ...row, verdict: 'short', reasons: ['player-down'] })),
    });
  });
});

describe('a player that', () => {
  /** True once in `n` calls. */
  const eachNth = (n: number): (() => boolean) => {
    let calls = 0;
    return () => {
      calls += 1;
      return calls % n === n - 1;
    };
  };

  test('[I5] drops a record is found out', async () => {
    const isDropped = eachNth(500);
    await findsOut(['I5'], { disk: withWrites('append', '.open', (text) => (isDropped() ? null : text)) });
  });

  test('[I6] [I7] seals something else than it recorded is found out', async () => {
    const isOther = eachNth(20);
    const without = (text: string): string => text.replace(/^\{"body":"[^\n]*?\\n/, '{"body":"');
    const disk = withWrites('replace', '.sealed', (text) => (isOther() ? without(text) : text));
    await findsOut(['I6', 'I7'], { disk });
  });

  test('[I4] does not tell of the play it lost is found out', async () => {
    const calm = (text: string): string =>
      text.includes('"kind":"boot"') ? text.replace('"reason":"recovered"', '"reason":"start"') : text;
    await findsOut(['I4'], { disk: withWrites('append', '.open', calm) }, { stops: 3 });
  });

  test('[I9] keeps receipts that do not hold is found out', async () => {
    const moved = (text: string): string => text.replace(/"index":(\d+)/g, (_, at) => `"index":${Number(at) + 1}`);
    await findsOut(['I9'], { disk: withWrites('append', '.receipts', moved) });
  });

  test('[I11] lets go of what is not in the log is found out', async () => {
    const prune: ScreenRun['seams']['prune'] = (files) => {
      for (const pack of files.packs()) files.removePack(pack);
      return 0;
    };
    await findsOut(['I11'], { prune });
  });

  test('[I14] takes the time of day for a monotonic clock is found out', async () => {
    const clock: ScreenRun['seams']['clock'] = (real) => {
      const startMs = real.nowMs();
      return { ...real, monoMs: () => Math.max(0, real.nowMs() - startMs), wallAt: (monoMs) => startMs + monoMs };
    };
    await findsOut(['I14'], { clock }, { clockSteps: 2 });
  });

  test('[TK1] shows a message and does not tell of it is found out', async () => {
    const silent = (text: string): string | null => (text.includes('"reason":"taken-over"') ? null : text);
    await findsOut(['takeover'], { disk: withWrites('append', '.open', silent) }, { disk: 0 });
  });
});

const withExtra = (day: ScreenDayCounters, extra: ReadonlyMap<string, number>): ScreenDayCounters => ({
  ...day,
  plays: Object.fromEntries(
    Object.entries(day.plays).map(([id, plays]) => [id, plays + (extra.get(`${day.date} ${id}`) ?? 0)]),
  ),
});
