/** A player's end of the log: receipts are verified and kept, and a log that contradicts itself is believed no more. */
import { afterEach, describe, expect, test } from 'vitest';
import { parseCheckpoint } from '../../domain/tlog/checkpoint.ts';
import { PLAYER_EVENTS } from '../../protocol/player-link.ts';
import { numberedPlay } from './support/journal-check.ts';
import type { ManualTime } from './support/manual-time.ts';
import type { MemoryFiles } from './support/memory-files.ts';
import { openTown, type ProofRig, proofPlayer, socketTo, type Town } from './support/proof-log-rig.ts';

const HOUR_MS = 3_600_000;
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const player = (files?: MemoryFiles, time?: ManualTime): ProofRig => proofPlayer((end) => ends.push(end), files, time);

describe('receipts', () => {
  test('[LG1] [I9] [I15] of all that was stored come within the hour, are verified and kept; segments name the log from then on', async () => {
    const there = await openTown();
    const rig = player();
    await rig.store(there, 150);
    await there.service.turn();
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    await expect.poll(() => rig.logged().length).toBe(150);
    const size = parseCheckpoint(there.service.current()?.checkpoint() ?? '')?.size;
    expect(rig.log.beacon()?.size).toBe(size);
    await rig.store(there, 3);
    await there.service.turn();
    const headers = (await there.ledger.log.entries(0, 1000)).length;
    expect(headers).toBe(153);
    await rig.time.advanceAsync(HOUR_MS);
    await expect.poll(() => rig.logged().length).toBe(153);
    const [last] = [...rig.journal.shelf.newestFirst()];
    expect(JSON.parse(last?.header ?? '{}').beacon).toMatchObject({ size: 150 });
  });

  test('[LG1] nothing is logged before the log is signed, nor where it is not there', async () => {
    const there = await openTown();
    const rig = player();
    await rig.store(there, 3);
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    expect(rig.logged()).toEqual([]);
    rig.log.setSocket(
      socketTo(
        () => there,
        () => ({ kind: 'none', reason: 'restored' }),
      ),
    );
    await rig.time.advanceAsync(60_000);
    expect(rig.logged()).toEqual([]);
    expect(rig.incidents.list()).toEqual([]);
  });

  test('[LG1] [I15] of what an outage left behind too, which goes into the pack of an earlier epoch', async () => {
    const there = await openTown();
    const rig = player();
    const [kept, waiting] = [2, 3];
    await rig.store(there, kept);
    for (let k = 0; k < waiting; k += 1) {
      rig.journal.append(numberedPlay(100 + k));
      rig.journal.seal();
    }
    rig.journal.startEpoch(0);
    const live = rig.journal.position();
    rig.journal.append(numberedPlay(200));
    rig.journal.seal();
    const isLive = ({ epoch }: { epoch: number }): boolean => epoch === live.epoch;
    await rig.send(there, isLive);
    await there.service.turn();
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    await expect.poll(() => rig.logged().length).toBe(kept + 1);
    // A second round finds nothing missing in the earlier epoch's pack.
    await rig.time.advanceAsync(HOUR_MS);
    for (let k = 0; k < waiting; k += 1) await rig.send(there, () => true);
    await there.service.turn();
    await rig.time.advanceAsync(HOUR_MS);
    await expect.poll(() => rig.logged().length).toBe(kept + 1 + waiting);
  });

  test('[LG6] what is not signed yet is not taken for lost, and is asked for again soon', async () => {
    const there = await openTown();
    const rig = player();
    await rig.store(there, 3);
    await there.service.turn();
    await rig.store(there, 2);
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    await expect.poll(() => rig.logged().length).toBe(3);
    await there.service.turn();
    await rig.time.advanceAsync(300_000);
    await expect.poll(() => rig.logged().length).toBe(5);
    expect(rig.lacking()).toBe(0);
  });

  test('[LG6] what the log lacks twice is said to be lost, and keeps no other receipt back', async () => {
    const there = await openTown();
    const rig = player();
    await rig.store(await openTown(), 3);
    await rig.store(there, 0);
    const { readPack } = rig.segments;
    rig.segments.readPack = (pack) => readPack(pack).slice(0, 1);
    await rig.bringAll(there);
    rig.segments.readPack = readPack;
    await there.service.turn();
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    await expect.poll(() => rig.logged()).toEqual([0]);
    expect(rig.lacking()).toBe(0);
    await rig.time.advanceAsync(300_000);
    await expect.poll(() => rig.lacking()).toBe(1);
  });

  test('[LG6] what a server keeps apart, having lost it and taken another under its number, is asked for no more', async () => {
    for (const state of ['forked', 'quarantined'] as const) {
      const there = await openTown();
      const rig = player();
      await rig.store(await openTown(), 2);
      const [pack] = rig.segments.packs();
      for (const { segment, value } of pack ? rig.segments.readPack(pack) : []) {
        const ref = { epoch: pack?.epoch ?? 0, segment };
        rig.segments.writeSealed(ref, value);
        rig.segments.move({ ...ref, state: 'sealed' }, state);
      }
      await there.service.turn();
      const asked: string[] = [];
      rig.log.setSocket(
        socketTo(
          () => there,
          (event, answer) => {
            asked.push(event);
            return answer;
          },
        ),
      );
      await rig.time.advanceAsync(4_000_000);
      await expect.poll(() => asked).toEqual(['log', 'log']);
      expect(rig.lacking()).toBe(0);
    }
  });

  test('[LG1] [I15] what was stored has its receipt also where a file that the disk has changed lies beside its pack, refused', async () => {
    const there = await openTown();
    const rig = player();
    await rig.store(there, 2);
    const [pack] = rig.segments.packs();
    const [packed] = pack ? rig.segments.readPack(pack) : [];
    if (!pack || !packed) throw new Error('nothing packed');
    const ref = { epoch: pack.epoch, segment: packed.segment };
    rig.segments.writeSealed(ref, { ...packed.value, body: packed.value.body.replace('item-0', 'item-8') });
    rig.segments.move({ ...ref, state: 'sealed' }, 'quarantined');
    await there.service.turn();
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    await expect.poll(() => rig.logged()).toEqual([0, 1]);
  });

  test('[LG2] a receipt of another segment, place or proof is not kept', async () => {
    const there = await openTown();
    const rig = player();
    await rig.store(there, 4);
    await there.service.turn();
    type Receipt = { hash: string; index: number; proof: string[] };
    const changes: ((receipts: Receipt[]) => Receipt[])[] = [
      (all) => all.map((one) => ({ ...one, index: (one.index + 1) % 4 })),
      (all) => all.map((one, k) => ({ ...one, proof: all[(k + 1) % all.length]?.proof ?? [] })),
      (all) => all.map((one) => ({ ...one, hash: '0'.repeat(64) })),
      (all) => all.map((one) => ({ ...one, proof: one.proof.slice(1) })),
    ];
    for (const change of changes) {
      rig.log.setSocket(
        socketTo(
          () => there,
          (event, answer) => {
            const given = answer as { receipts: Receipt[] };
            return event === PLAYER_EVENTS.receipts ? { ...given, receipts: change(given.receipts) } : answer;
          },
        ),
      );
      await rig.time.advanceAsync(60_000);
      expect(rig.logged()).toEqual([]);
    }
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    expect(rig.logged()).toHaveLength(4);
  });
});

describe('a log that contradicts what was verified', () => {
  async function witnessed(): Promise<{ there: Town; rig: ProofRig }> {
    const there = await openTown();
    const rig = player();
    await rig.store(there, 5);
    await there.service.turn();
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    expect(rig.log.beacon()?.size).toBe(5);
    return { there, rig };
  }
  const kinds = (rig: ProofRig): string[] => rig.incidents.list().map(({ kind }) => kind);
  const evidence = (rig: ProofRig): string[] => rig.names().filter((name) => name.includes('evidence'));

  test('[LG3] [I8] a fork by the same key is evidence, which is kept, told, and believed by nobody here', async () => {
    const { there, rig } = await witnessed();
    const before = there.service.current()?.checkpoint();
    await rig.store(there, 2);
    await there.service.turn();
    rig.log.setSocket(
      socketTo(
        () => there,
        (event, answer) =>
          event === PLAYER_EVENTS.log ? { ...(answer as object), consistency: ['A'.repeat(43).concat('=')] } : answer,
      ),
    );
    await rig.time.advanceAsync(60_000);
    expect(kinds(rig)).toEqual(['log-forked']);
    expect(evidence(rig)).toHaveLength(1);
    expect(rig.log.beacon()?.size).toBe(5);
    expect(rig.logged()).toHaveLength(5);
    const kept = JSON.parse(Buffer.from(rig.files.content.get(evidence(rig)[0] ?? '') ?? []).toString());
    expect(kept.keptCheckpoint).toBe(before);
    expect(kept.shown.checkpoint).toBe(there.service.current()?.checkpoint());
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    expect(kinds(rig)).toEqual([]);
    expect(rig.log.beacon()?.size).toBe(7);
  });

  test('[LG3] a log that is shorter, or is another one, is not believed, also after a restart', async () => {
    const { there, rig } = await witnessed();
    const other = await openTown();
    rig.log.setSocket(socketTo(() => other));
    await rig.time.advanceAsync(60_000);
    expect(kinds(rig)).toEqual(['log-forked']);
    const again = player(rig.files, rig.time);
    expect(again.log.beacon()?.size).toBe(5);
    again.log.setSocket(socketTo(() => other));
    await rig.time.advanceAsync(60_000);
    expect(again.incidents.list().map(({ kind }) => kind)).toEqual(['log-forked']);
    again.log.setSocket(
      socketTo(
        () => there,
        (event, answer) => (event === PLAYER_EVENTS.log ? { ...(answer as object), consistency: null } : answer),
      ),
    );
    await rig.time.advanceAsync(60_000);
    expect(again.log.beacon()?.size).toBe(5);
    again.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    expect(again.incidents.list()).toEqual([]);
  });

  test('[LG3] the checkpoint of yesterday is a log that was set back', async () => {
    const { there, rig } = await witnessed();
    const yesterday = there.service.current()?.checkpoint();
    await rig.store(there, 2);
    await there.service.turn();
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    expect(rig.log.beacon()?.size).toBe(7);
    rig.log.setSocket(
      socketTo(
        () => there,
        (event, answer) =>
          event === PLAYER_EVENTS.log ? { ...(answer as object), checkpoint: yesterday, consistency: [] } : answer,
      ),
    );
    await rig.time.advanceAsync(60_000);
    expect(rig.incidents.list()).toEqual([
      { kind: 'log-forked', detail: 'the log has 5 entries, and 7 were verified before' },
    ]);
    expect(rig.log.beacon()?.size).toBe(7);
  });

  test('[LG4] a player that was released puts away what it knows, and believes the next log', async () => {
    const { rig } = await witnessed();
    const other = await openTown();
    rig.log.leave();
    expect(rig.log.beacon()).toBeNull();
    await rig.store(other, 1).catch(() => undefined);
    await other.service.turn();
    rig.log.setSocket(socketTo(() => other));
    await rig.time.advanceAsync(60_000);
    expect(rig.incidents.list()).toEqual([]);
    expect(rig.log.beacon()).not.toBeNull();
    expect(rig.names().some((name) => name.startsWith('/data/log/key-until-'))).toBe(true);
  });
});
