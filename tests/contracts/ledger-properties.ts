/** Random histories of pushes against a ledger: what was acknowledged is there, counted once, and nothing bad blocks what is good. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IngestOutcome, Ledger, ScreenDayCounters, VerifiedSegment } from '../../server/stores/ledger-store.ts';
import { recountScreenDays } from '../../server/stores/recount.ts';
import {
  badOf,
  CHAIN_START_MS,
  chainOf,
  chainStart,
  nextSegment,
  PLAY,
  putChainProgram,
  type Spec,
} from '../helpers/chain-builder.ts';
import { storedSegments } from './with-ledger.ts';

/** A ledger that can be left as a crash leaves it and opened again; a ledger in memory comes back as it was. */
export type CrashingLedger = { ledger(): Ledger; crash(): Promise<void>; close(): Promise<void> };

type Step =
  | { kind: 'push'; chain: number; numbers: number[] }
  | { kind: 'together'; chain: number; numbers: number[] }
  | { kind: 'fork'; chain: number; number: number; size: number }
  | { kind: 'bad'; chain: number; number: number; damage: 'body' | 'header' }
  | { kind: 'crash' };

const CHAINS = 3;
const LENGTH = 7;

const LISTS: Spec[][] = [
  [PLAY, { kind: 'play', commitment: null }],
  [{ kind: 'play', commitment: 'c2', cut: true }, PLAY],
  [{ kind: 'play', commitment: 'c2', makeGood: true }],
  [{ kind: 'end', short: { c1: 'player-down' } }],
  [{ ...PLAY, date: '2026-07-02' }, PLAY],
  [PLAY, PLAY, PLAY],
  [{ kind: 'end', date: '2026-07-02' }, PLAY],
];

/** Two devices, one of them with two epochs. */
const TRUE_CHAINS = [
  chainOf(chainStart('a', 0), LISTS),
  chainOf(chainStart('a', 2, CHAIN_START_MS + 3_600_000), LISTS.toReversed()),
  chainOf(chainStart('b', 5), LISTS),
];

const chain = fc.nat(CHAINS - 1);
const number = fc.nat(LENGTH - 1);
const numbers = fc.array(number, { minLength: 1, maxLength: 5 });
// Mostly forward runs, so that histories get anywhere.
const run = fc
  .tuple(number, fc.integer({ min: 1, max: LENGTH }))
  .map(([from, size]) => Array.from({ length: size }, (_, i) => from + i).filter((n) => n < LENGTH));
const honest: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const), chain, numbers: fc.oneof(run, numbers) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('together' as const), chain, numbers: fc.oneof(run, numbers) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'crash' as const }) },
);
const bad: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('bad' as const),
  chain,
  number,
  damage: fc.constantFrom('body' as const, 'header' as const),
});
const fork: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('fork' as const),
  chain,
  number,
  size: fc.integer({ min: 1, max: 3 }),
});

/** What the pushing side was told, by hash of the segment. */
type Acknowledged = Map<string, VerifiedSegment>;

/** Seed of this run; `XUNBO_TEST_SEED` repeats one. */
const SEED = Number(process.env.XUNBO_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Makes the property tests of one adapter; `runs` random histories each. */
export function ledgerProperties(adapter: string, open: () => Promise<CrashingLedger>, runs: number): void {
  const check = (
    name: string,
    step: fc.Arbitrary<Step>,
    body: (at: CrashingLedger, steps: Step[]) => Promise<void>,
  ): void => {
    test(name, async () => {
      console.info(`${adapter}: seed ${SEED} (repeat with XUNBO_TEST_SEED=${SEED})`);
      const history = fc.array(step, { minLength: 1, maxLength: 25 });
      await fc.assert(
        fc.asyncProperty(history, async (steps) => {
          const at = await open();
          try {
            await putChainProgram(at.ledger());
            await body(at, steps);
          } finally {
            await at.close();
          }
        }),
        { seed: SEED, numRuns: runs },
      );
    });
  };

  describe(`${adapter}: random histories`, () => {
    check(
      '[I1] [I2] [I10] acknowledged is present, counted once, and the counters equal a recount',
      fc.oneof({ weight: 4, arbitrary: honest }, bad, fork),
      async (at, steps) => {
        const acknowledged: Acknowledged = new Map();
        for (const step of steps) await carryOut(at, step, acknowledged);
        await checkLedger(at.ledger(), acknowledged);
      },
    );

    check(
      '[I12] [I15] after bad segments a device that follows the answers gets every good one stored',
      fc.oneof({ weight: 2, arbitrary: honest }, { weight: 2, arbitrary: bad }),
      async (at, steps) => {
        const acknowledged: Acknowledged = new Map();
        for (const step of steps) await carryOut(at, step, acknowledged);
        for (const segments of TRUE_CHAINS) await pushAll(at.ledger(), segments, acknowledged);
        expect(acknowledged.size).toBe(CHAINS * LENGTH);
        await checkLedger(at.ledger(), acknowledged);
      },
    );
  });
}

async function carryOut(at: CrashingLedger, step: Step, acknowledged: Acknowledged): Promise<void> {
  if (step.kind === 'crash') return at.crash();
  const segments = TRUE_CHAINS[step.chain] ?? [];
  const { segments: ledger } = at.ledger();
  switch (step.kind) {
    case 'push': {
      const batch = step.numbers.flatMap((n) => segments[n] ?? []);
      note(batch, await ledger.ingest(batch), acknowledged);
      return;
    }
    case 'together': {
      const batch = step.numbers.flatMap((n) => segments[n] ?? []);
      const outcomes = await Promise.all(batch.map((segment) => ledger.ingest([segment])));
      note(batch, outcomes.flat(), acknowledged);
      return;
    }
    case 'fork': {
      const { screen, device, epoch, segment, firstSeq: seq, prev, firstAtMs: atMs } = segments[step.number] ?? raise();
      const specs: Spec[] = Array.from({ length: step.size }, () => ({ kind: 'play', commitment: 'c2' }));
      const other = nextSegment({ screen, device, epoch, segment, seq, prev, atMs }, specs).segment;
      note([other], await ledger.ingest([other]), acknowledged);
      return;
    }
    case 'bad':
      return ledger.quarantine(badOf(segments[step.number] ?? raise(), step.damage));
  }
}

function raise(): never {
  throw new RangeError('no such segment');
}

function note(batch: readonly VerifiedSegment[], outcomes: readonly IngestOutcome[], acknowledged: Acknowledged): void {
  expect(outcomes).toHaveLength(batch.length);
  for (const [index, outcome] of outcomes.entries()) {
    const segment = batch[index];
    if (segment && outcome.kind === 'stored') {
      expect(outcome.again, `again of ${segment.epoch}/${segment.segment}`).toBe(acknowledged.has(segment.hash));
      acknowledged.set(segment.hash, segment);
    }
  }
}

/** Sends a chain as a player does that was not told anything: from 0 on, back where it is told to go back. */
async function pushAll(
  ledger: Ledger,
  segments: readonly VerifiedSegment[],
  acknowledged: Acknowledged,
): Promise<void> {
  let at = 0;
  for (let sends = 0; at < segments.length; sends += 1) {
    expect(sends, 'sends until everything is stored').toBeLessThan(3 * segments.length);
    const segment = segments[at] ?? raise();
    const outcomes = await ledger.segments.ingest([segment]);
    note([segment], outcomes, acknowledged);
    const [outcome] = outcomes;
    at = outcome?.kind === 'rewind' ? outcome.segment : at + 1;
  }
}

/** Checks everything that must hold of a ledger at any moment. */
async function checkLedger(ledger: Ledger, acknowledged: Acknowledged): Promise<void> {
  const stored = await storedSegments(ledger);
  expect(stored.map((s) => s.hash).sort(), '[I1]').toEqual([...acknowledged.keys()].sort());
  const counted = new Set<string>();
  for (const { device, epoch, firstSeq, count } of stored) {
    for (let seq = firstSeq; seq < firstSeq + count; seq += 1) counted.add(`${device} ${epoch} ${seq}`);
  }
  expect(counted.size, '[I2] no seq in two segments').toBe(stored.reduce((sum, s) => sum + s.count, 0));
  const counters = await ledger.segments.counters({ from: '2026-01-01', to: '2026-12-31', screen: null });
  expect(playsOf(counters), '[I2] plays counted').toEqual(playsIn([...acknowledged.values()]));
  expect(await recountScreenDays(ledger), '[I10]').toEqual([]);
}

function playsOf(counters: readonly ScreenDayCounters[]): Record<string, number> {
  const plays = counters.flatMap(({ screen, date, plays: of }) =>
    Object.entries(of).map(([commitment, count]) => [`${screen} ${date} ${commitment}`, count] as const),
  );
  return Object.fromEntries(plays);
}

function playsIn(segments: readonly VerifiedSegment[]): Record<string, number> {
  const plays: Record<string, number> = {};
  for (const { screen, deltas } of segments) {
    for (const { date, commitment, plays: count } of deltas) {
      const key = `${screen} ${date} ${commitment}`;
      plays[key] = (plays[key] ?? 0) + count;
    }
  }
  return plays;
}
