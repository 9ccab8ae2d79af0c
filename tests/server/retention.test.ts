/** Bodies of old segments go once they are in the signed log; counts, ends of days and whatever needs more stay. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Program } from '../../domain/plan/program.ts';
import { dropOldBodies } from '../../server/retention/drop-bodies.ts';
import { DROPPED_BODY } from '../../server/stores/body-store.ts';
import type { Ledger, VerifiedSegment } from '../../server/stores/ledger-store.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import { recountScreenDays } from '../../server/stores/recount.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../server/stores/store-log.ts';
import { createProvenStarts } from '../../server/views/proven-starts.ts';
import { readPlays } from '../../server/views/read-plays.ts';
import { storedSegments } from '../contracts/with-ledger.ts';
import { CHAIN_PROGRAM, chainOf, chainStart, PLAY, putChainProgram, type Spec } from '../helpers/chain-builder.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { startTestController } from '../helpers/test-controller.ts';

const DAY_MS = 86_400_000;
const DATES = ['2026-07-01', '2026-07-02'];
const FILLER: Spec = { kind: 'play', commitment: null };
const END: Spec = { kind: 'end', plays: { c1: 2, c2: 1 } };
const DAY: readonly Spec[][] = [[PLAY, FILLER], [PLAY, { kind: 'play', commitment: 'c2', makeGood: true }], [END]];

/** A chain of days, each with the lists of records of its segments. */
const days = (lists: readonly (readonly Spec[])[], dates = DATES, name = 'a'): VerifiedSegment[] =>
  chainOf(
    chainStart(name),
    dates.flatMap((date) => lists.map((specs) => specs.map((spec) => ({ ...spec, date })))),
  );

/** The job as it would run so many days after the chains. */
async function run(
  ledger: Ledger,
  over: { afterDays?: number; signedSize?: number; program?: Program } = {},
): Promise<string> {
  const [last] = (await storedSegments(ledger)).toReversed();
  return await dropOldBodies({
    ledger,
    programOf: async () => over.program ?? CHAIN_PROGRAM,
    signedSize: () => over.signedSize ?? Number.MAX_SAFE_INTEGER,
    keepDays: 731,
    clock: { nowMs: () => (last?.receivedAtMs ?? 0) + (over.afterDays ?? 732) * DAY_MS },
  });
}

async function filled(chain: readonly VerifiedSegment[], ledger = createMemoryLedger()): Promise<Ledger> {
  await putChainProgram(ledger);
  await ledger.segments.ingest(chain);
  return ledger;
}

const wholeOf = async (ledger: Ledger): Promise<number[]> =>
  (await storedSegments(ledger)).flatMap(({ body }, k) => (body === DROPPED_BODY ? [] : [k]));

const counters = (ledger: Ledger) => ledger.segments.counters({ from: '2026-07-01', to: '2026-07-31', screen: null });

describe('bodies of old segments', () => {
  test('[RT1] go when they are old enough and in the log, once; ends of days and counters stay', async () => {
    const sqlite = await openSqliteLedger({ file: join(await tempFolder(), 'ledger.sqlite'), log: silentLog });
    for (const ledger of [createMemoryLedger(), sqlite]) {
      await filled(days(DAY), ledger);
      const before = await counters(ledger);
      expect(await run(ledger, { afterDays: 730 })).toBe('0 bodies of segments dropped, 0 kept whole');
      expect(await run(ledger)).toBe('4 bodies of segments dropped, 2 kept whole');
      expect(await wholeOf(ledger)).toEqual([2, 5]);
      expect(await counters(ledger)).toEqual(before);
      expect(await recountScreenDays(ledger)).toEqual([]);
      expect(await run(ledger)).toBe('0 bodies of segments dropped, 0 kept whole');
    }
    await sqlite.close();
  });

  test('[RT1] never go beyond the signed checkpoint, nor past the first that is too young', async () => {
    const chain = days(DAY);
    const [, second] = chain;
    if (!second) throw new RangeError('a second segment');
    // The program and one segment are signed.
    const unsigned = await filled(chain);
    await run(unsigned, { signedSize: 2 });
    expect(await wholeOf(unsigned)).toEqual([1, 2, 3, 4, 5]);
    expect(await run(unsigned, { signedSize: 0 })).toBe('0 bodies of segments dropped, 0 kept whole');
    await run(unsigned);
    expect(await wholeOf(unsigned)).toEqual([2, 5]);
    const late = await filled(chain.map((one) => (one === second ? { ...one, receivedAtMs: 4e12 } : one)));
    await run(late);
    expect(await wholeOf(late)).toEqual([1, 2, 3, 4, 5]);
    expect(await late.bodies.lookedUpTo()).toBe(2);
  });

  test.each<[string, Spec[][]]>([
    ['a day without an end', [[PLAY], [PLAY]]],
    ['a day whose end signs fewer plays than are counted', [[PLAY], [PLAY], [{ kind: 'end', plays: { c1: 1 } }]]],
    ['a day whose end signs more plays than are here', [[PLAY], [PLAY], [{ kind: 'end', plays: { c1: 3 } }]]],
    [
      'a segment with plays of two days of which one has no end',
      [[PLAY, { ...PLAY, date: '2026-07-09' }], DAY[2] ?? []],
    ],
  ])('[RT2] %s stays whole', async (_, lists) => {
    const chain = chainOf(chainStart(), lists);
    const ledger = await filled(chain);
    await run(ledger);
    expect(await wholeOf(ledger)).toEqual([...chain.keys()]);
  });

  test('[RT2] everything stays whole where more than counts is promised', async () => {
    const [promise, ...others] = CHAIN_PROGRAM.commitments;
    if (!promise) throw new Error('no promise');
    for (const form of [{ minShare: 0.3 }, { minAirtimeShare: 0.3 }, { maxGapMs: 3_600_000 }]) {
      const ledger = await filled(days(DAY));
      await run(ledger, { program: { ...CHAIN_PROGRAM, commitments: [...others, { ...promise, ...form }] } });
      expect(await wholeOf(ledger)).toHaveLength(6);
    }
  });

  test('[RT3] a count that the signed end of its day does not say is a difference, also without bodies', async () => {
    const ledger = await filled(days(DAY));
    await run(ledger);
    const tampered = (change: (plays: Record<string, number>) => unknown): Ledger => ({
      ...ledger,
      segments: {
        ...ledger.segments,
        async counters(query) {
          const rows = structuredClone(await ledger.segments.counters(query));
          if (rows[1]) change(rows[1].plays);
          return rows;
        },
      },
    });
    expect(await recountScreenDays(tampered(() => undefined))).toEqual([]);
    for (const change of [
      (plays: Record<string, number>) => Object.assign(plays, { c1: 3 }),
      (plays: Record<string, number>) => Object.assign(plays, { c1: 1 }),
      (plays: Record<string, number>) => Reflect.deleteProperty(plays, 'c2'),
      (plays: Record<string, number>) => Object.assign(plays, { c9: 1 }),
    ]) {
      expect(await recountScreenDays(tampered(change))).toMatchObject([{ date: '2026-07-02' }]);
    }
  });

  test('[RT3] a day far from any dropped body is recounted as ever', async () => {
    const ledger = await filled(days(DAY, ['2026-07-01']));
    const far = chainOf(chainStart('b', 0, Date.UTC(2026, 7, 1)), [
      [{ ...PLAY, date: '2026-08-01' }],
      [{ kind: 'end', date: '2026-08-01', plays: { c1: 1 } }],
    ]);
    await ledger.segments.ingest(far);
    await ledger.bodies.drop([(await storedSegments(ledger))[0]?.hash ?? ''], 2);
    expect(await recountScreenDays(ledger)).toEqual([]);
    const lost: Ledger = {
      ...ledger,
      segments: {
        ...ledger.segments,
        async *segments(query) {
          for await (const row of ledger.segments.segments(query)) if (row.hash !== far[0]?.hash) yield row;
        },
      },
    };
    expect(await recountScreenDays(lost)).toMatchObject([{ screen: 'screen-b', date: '2026-08-01' }]);
  });

  test('[RT4] whoever reads plays is told of those that are gone, and their starts are not taken for missing plays', async () => {
    const ledger = await filled(days(DAY));
    await run(ledger);
    const dropped: string[] = [];
    const source = {
      segments: ledger.segments,
      programOf: async () => CHAIN_PROGRAM,
      onDropped: ({ hash }: { hash: string }) => void dropped.push(hash),
    };
    expect(await Array.fromAsync(readPlays(source, { from: '2026-07-01', to: '2026-07-02', screen: null }))).toEqual(
      [],
    );
    expect(dropped).toHaveLength(4);
    const [day] = await counters(ledger);
    if (!day) throw new Error('no counters');
    const starts = await createProvenStarts(source)(day, ['c1', 'c3']);
    expect([...starts]).toEqual([['c3', []]]);
  });
});

test('[RT1] the job of the controller goes no further than its log is signed, and stops where that is not', async () => {
  const server = await startTestController();
  const { jobs, folder, transparency } = server.controller.services;
  await server.ledger.segments.ingest(days(DAY));
  server.clock.advance(800 * DAY_MS);
  expect((await jobs.run('proof-retention')).lastDetail).toBe('0 bodies of segments dropped, 0 kept whole');
  await jobs.run('log-signing');
  expect((await jobs.run('proof-retention')).lastDetail).toBe('4 bodies of segments dropped, 2 kept whole');
  await server.ledger.segments.ingest(days(DAY, ['2026-07-03'], 'b'));
  await jobs.run('log-signing');
  await writeFile(folder.logHead, 'nonsense\n');
  await server.ledger.log.append(['more']);
  await jobs.run('log-signing');
  expect(transparency.signedSize()).toBe(0);
  expect((await jobs.run('proof-retention')).lastDetail).toBe('0 bodies of segments dropped, 0 kept whole');
  await server.close();
});
