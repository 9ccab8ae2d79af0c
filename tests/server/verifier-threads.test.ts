/** Segments verified in threads beside come out as this thread would have them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Segment } from '../../domain/proof/segment.ts';
import { type SegmentVerifier, verifyHere } from '../../server/ingest/segment-verifier.ts';
import { createVerifierThreads } from '../../server/ingest/verifier-threads.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import { createStoredPrograms } from '../../server/stores/stored-programs.ts';
import { CHAIN_PROGRAM, CHAIN_PROGRAM_HASH, putChainProgram } from '../helpers/chain-builder.ts';
import { bootRecord, playRecord } from '../helpers/plays.ts';
import { NOON_UTC_MS } from '../helpers/test-controller.ts';
import { emptyJournal, newDeviceKey, nextSegment } from '../helpers/test-device.ts';

const keys = [newDeviceKey(), newDeviceKey(), newDeviceKey()];
const senders = keys.map(({ id, publicKey }, k) => ({ device: id, screen: `screen-${k}`, publicKey }));
const ledger = createMemoryLedger();

let threads: SegmentVerifier;
beforeEach(async () => {
  await putChainProgram(ledger);
  threads = createVerifierThreads(ledger.documents, 2);
});
afterEach(() => threads.close());

/** Good and spoiled segments of three devices, with and without a program that is stored. */
function someSegments(): { segment: Segment; sender: (typeof senders)[number] }[] {
  const play = (atMs: number) =>
    playRecord(CHAIN_PROGRAM, {
      item: 'film-c1',
      commitment: 'c1',
      date: '2026-07-01',
      atMs: NOON_UTC_MS + atMs,
      monoMs: atMs,
      durationMs: 30_000,
    });
  return keys.flatMap((key, k) => {
    const journal = emptyJournal();
    const sender = senders[k] ?? { device: '', screen: '', publicKey: '' };
    return [CHAIN_PROGRAM_HASH, null, 'a'.repeat(64), CHAIN_PROGRAM_HASH].flatMap((program, n) => {
      const good = nextSegment(journal, key, sender.screen, program, [play(n * 100_000), play(n * 100_000 + 30_000)]);
      const spoiled = { ...good, body: good.body.replace('complete', 'cut') };
      return [good, spoiled, { ...good, header: 'x' }].map((segment) => ({ segment, sender }));
    });
  });
}

test('[G11] what threads say of a segment is what this thread says of it, in the order of each sender', async () => {
  const here = verifyHere(createStoredPrograms(ledger.documents));
  const all = someSegments();
  const order: string[] = [];
  const beside = await Promise.all(
    all.map(async ({ segment, sender }, k) => {
      const found = await threads.verify(segment, sender, 5);
      order.push(`${sender.screen} ${String(k).padStart(3, '0')}`);
      return found;
    }),
  );
  for (const [k, { segment, sender }] of all.entries()) {
    const expected = await here.verify(segment, sender, 5);
    const found = beside[k];
    if (found?.ok) {
      const { packed: _, ...segment } = found.value.segment;
      expect({ ok: true, value: { ...found.value, segment } }).toEqual(expected);
    } else expect(found).toEqual(expected);
  }
  expect(beside.filter((found) => found.ok)).toHaveLength(12);
  for (const { screen } of senders) {
    const own = order.filter((name) => name.startsWith(screen));
    expect(own).toEqual([...own].sort());
  }
});

test('[G11] a program that cannot be read fails the segment, which is to be sent again; one that is not there counts nothing', async () => {
  const [first] = someSegments();
  if (!first) throw new RangeError('a segment');
  let isFailing = true;
  const own = createVerifierThreads(
    {
      async get(hash) {
        if (isFailing) throw new Error('the disk failed');
        return ledger.documents.get(hash);
      },
    },
    1,
  );
  await expect(own.verify(first.segment, first.sender, 5)).rejects.toThrow('the disk failed');
  isFailing = false;
  expect(await own.verify(first.segment, first.sender, 5)).toMatchObject({
    ok: true,
    value: { segment: { deltas: [{ plays: 2 }] }, programMissing: null },
  });
  await own.close();
});

test('[G11] what waits when the threads are ended is rejected, and so is what comes later', async () => {
  const segment = nextSegment(emptyJournal(), newDeviceKey(), 'screen-0', null, [bootRecord(NOON_UTC_MS)]);
  const [sender] = senders;
  if (!sender) throw new RangeError('a sender');
  const waiting = threads.verify(segment, sender, 5);
  const rejected = expect(waiting).rejects.toThrow('has ended');
  await threads.close();
  await rejected;
  await expect(threads.verify(segment, sender, 5)).rejects.toThrow('is closed');
});
