/** What becomes of a pushed segment: stored durably before it is answered, told to whoever listens, or not stored and said so. */
import { describe, expect, test } from 'vitest';
import { createIngestService, type SenderSays } from '../../../server/ingest/ingest-service.ts';
import { silentLog } from '../../../server/log.ts';
import { createMemoryLedger } from '../../../server/stores/memory-ledger.ts';
import { CHAIN_PROGRAM, CHAIN_PROGRAM_HASH, putChainProgram } from '../../helpers/chain-builder.ts';
import { faultyLedger } from '../../helpers/faulty-stores.ts';
import { createManualClock } from '../../helpers/manual-clock.ts';
import { playRecord } from '../../helpers/plays.ts';
import { emptyJournal, type JournalState, newDeviceKey, nextSegment } from '../../helpers/test-device.ts';

const DATE = '2026-07-01';
const NOW_MS = 1_782_900_000_000;

/** A server's ingest, one device, what was told to a listener and what stands in the log. */
async function rig() {
  const faulty = faultyLedger(createMemoryLedger());
  const { ledger } = faulty;
  await putChainProgram(ledger);
  const logged: { level: 'warn' | 'error'; what: unknown; text: unknown }[] = [];
  const log = Object.assign(Object.create(silentLog), {
    warn: (what: unknown, text: unknown) => void logged.push({ level: 'warn', what, text }),
    error: (what: unknown, text: unknown) => void logged.push({ level: 'error', what, text }),
  });
  const ingest = createIngestService({ ledger, clock: createManualClock(NOW_MS), log });
  const told: string[] = [];
  ingest.onStored(({ hash }) => void told.push(hash));
  const key = newDeviceKey();
  const journal = emptyJournal();
  const seal = (count = 1, program: string | null = CHAIN_PROGRAM_HASH, from: JournalState = journal) =>
    nextSegment(
      from,
      key,
      'screen-a',
      program,
      Array.from({ length: count }, (_, k) => {
        const monoMs = (from.seq + k) * 30_000;
        const play = { item: 'film-c1', commitment: 'c1', date: DATE, durationMs: 30_000, monoMs };
        return playRecord(CHAIN_PROGRAM, { ...play, atMs: NOW_MS + monoMs });
      }),
    );
  return {
    ...faulty,
    ingest,
    journal,
    device: key.id,
    logged,
    told,
    seal,
    push: (segment: ReturnType<typeof seal>, said?: SenderSays) =>
      ingest.push(segment, { device: key.id, screen: 'screen-a', publicKey: key.publicKey }, said),
    counted: async () => (await ledger.segments.counters({ from: DATE, to: DATE, screen: null }))[0]?.plays.c1 ?? 0,
  };
}

describe('a good segment', () => {
  test('[G1] [G2] is answered with its place and hash, and listeners hear of it each time', async () => {
    const { push, seal, journal, told, counted, logged } = await rig();
    const segment = seal(2);
    const answer = { kind: 'stored', epoch: 0, segment: 0, hash: journal.prev };
    expect([await push(segment), await push(segment)]).toEqual([answer, answer]);
    expect([told, await counted(), logged]).toEqual([[journal.prev, journal.prev], 2, []]);
  });

  test('[G3] [S41] ahead of its place waits, unless nothing before it is left', async () => {
    const { push, seal, journal, told } = await rig();
    seal();
    const second = seal();
    expect(await push(second)).toEqual({ kind: 'rewind', epoch: 0, segment: 0 });
    expect(await push(second, { withoutProgram: true })).toEqual({ kind: 'rewind', epoch: 0, segment: 0 });
    expect(told).toEqual([]);
    expect(await push(second, { afterGap: true })).toEqual({
      kind: 'stored',
      epoch: 0,
      segment: 1,
      hash: journal.prev,
    });
  });

  test('[G10] whose program is not here waits for it, or is stored and counts nothing', async () => {
    const { push, seal, told, counted } = await rig();
    const hash = 'b'.repeat(64);
    const segment = seal(1, hash);
    for (const said of [undefined, {}, { afterGap: true as const }])
      expect(await push(segment, said)).toEqual({ kind: 'need-program', program: hash });
    expect(told).toEqual([]);
    expect(await push(segment, { withoutProgram: true })).toMatchObject({ kind: 'stored' });
    expect(await counted()).toBe(0);
  });

  test('[G10] whose program is here counts, whatever its device says', async () => {
    const { push, seal, counted, ingest } = await rig();
    expect(await push(seal(), { withoutProgram: true })).toMatchObject({ kind: 'stored' });
    expect(await counted()).toBe(1);
    expect(await ingest.programOf(CHAIN_PROGRAM_HASH)).toEqual(CHAIN_PROGRAM);
    expect(await ingest.programOf('b'.repeat(64))).toBeNull();
  });
});

describe('a segment that is not taken', () => {
  test('[G4] under a number that is stored is a fork, answered with what is stored and told in the log', async () => {
    const { push, seal, journal, device, told, logged } = await rig();
    const before = { ...journal };
    await push(seal());
    const stored = journal.prev;
    expect(await push(seal(2, CHAIN_PROGRAM_HASH, before))).toEqual({
      ...{ kind: 'fork', epoch: 0, segment: 0, hash: stored },
    });
    expect(told).toEqual([stored]);
    expect(logged).toEqual([
      { level: 'warn', what: { device, epoch: 0, segment: 0 }, text: expect.stringContaining('fork') },
    ]);
  });

  test('[G5] that does not hold is kept aside with its reason, under its place, and told in the log', async () => {
    const { push, seal, journal, device, told, logged, ledger } = await rig();
    expect(await push({ ...seal(), body: 'x\n' })).toEqual({
      ...{ kind: 'quarantined', hash: journal.prev, reason: 'root-wrong' },
    });
    expect(told).toEqual([]);
    expect(logged).toEqual([
      {
        level: 'warn',
        what: { device, segment: 0, reason: 'root-wrong' },
        text: expect.stringContaining('quarantined'),
      },
    ]);
    expect(await ledger.segments.position(device)).toEqual({ epoch: 0, nextSegment: 1 });
  });

  test('[G5] that does not follow the one before is kept aside as discontinuous', async () => {
    const { push, seal, journal, device, told, logged } = await rig();
    await push(seal());
    const stored = journal.prev;
    const apart = { ...journal, prev: 'f'.repeat(64) };
    expect(await push(seal(1, CHAIN_PROGRAM_HASH, apart))).toEqual({
      ...{ kind: 'quarantined', hash: apart.prev, reason: 'discontinuous' },
    });
    expect(told).toEqual([stored]);
    expect(logged).toEqual([
      { level: 'warn', what: { device, epoch: 0, segment: 1 }, text: expect.stringContaining('does not follow') },
    ]);
  });
});

test('[D2] [G2] a segment that could not be stored is told as the store says, logged, and stored once when it comes again', async () => {
  const { push, seal, failNext, device, told, logged, counted } = await rig();
  const segment = seal();
  failNext('not-applied', 'applied');
  for (const _ of ['not stored', 'stored, and the answer lost']) {
    expect(await push(segment)).toMatchObject({ kind: 'error', error: { code: 'disk-full', retryable: true } });
  }
  expect(told).toEqual([]);
  expect(logged).toEqual(
    Array.from({ length: 2 }, () => ({
      level: 'error',
      what: { err: expect.any(Error), device },
      text: expect.stringContaining('not stored'),
    })),
  );
  expect(await push(segment)).toMatchObject({ kind: 'stored' });
  expect([told.length, await counted()]).toEqual([1, 1]);
});

test('[G5] a bad segment that could not be kept aside is not acknowledged', async () => {
  const { push, seal, failNext } = await rig();
  failNext('not-applied');
  const bad = { ...seal(), body: 'x\n' };
  expect(await push(bad)).toMatchObject({ kind: 'error', error: { code: 'disk-full' } });
  expect(await push(bad)).toMatchObject({ kind: 'quarantined' });
});
