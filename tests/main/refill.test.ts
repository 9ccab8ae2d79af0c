/** What a player sends once more to a server that lost what it had stored. */
import { describe, expect, test } from 'vitest';
import { type ChainServer, createChainServer } from './support/chain-server.ts';
import { createManualTime } from './support/manual-time.ts';
import {
  copiedDevice,
  items,
  playsIn,
  positionOf,
  type Rig,
  rig,
  run,
  START_MS,
  threeEpochs,
  threeSegments,
} from './support/refill-rig.ts';

describe('a server that lost what it had stored', () => {
  test('[RF1] that has nothing is sent everything again, once, and what is played now does not wait for it', async () => {
    const { server, at } = await threeEpochs();
    const before = positionOf(at);
    server.lose(() => false);
    server.arrivals.length = 0;
    at.holder.welcomed(null);
    at.play(1);
    await run(at);
    expect(playsIn(server)).toEqual(items(0, 371));
    expect(at.journal.shelf.unsentCount()).toBe(0);
    expect(positionOf(at).epoch).toBe(before.epoch);
    // Each segment once, and for each epoch the one that was asked about, with a rewind.
    expect(server.arrivals.length).toBeLessThanOrEqual(373 + 4);
  });

  test('[RF1] that has an old backup is sent what it lacks, in every epoch, and no more', async () => {
    const { server, at } = await threeEpochs();
    const { epoch } = positionOf(at);
    const isOld = (of: number): boolean => of < epoch;
    server.lose(({ epoch: of, segment }) => (isOld(of) ? segment < 35 : segment < 10));
    server.arrivals.length = 0;
    at.holder.welcomed({ epoch, segment: 10 });
    await run(at);
    expect(playsIn(server)).toEqual(items(0, 370));
    expect(server.arrivals.length).toBeLessThanOrEqual(266 + 5 + 20 + 6);
  });

  test('[RF1] that has lost the newest epoch whole is sent that; being told so twice changes nothing', async () => {
    const { server, at } = await threeEpochs();
    const { epoch } = positionOf(at);
    const older = Math.max(...at.segments.packs().flatMap((pack) => (pack.epoch < epoch ? [pack.epoch] : [])));
    server.lose((segment) => segment.epoch < epoch);
    at.uploader.setSocket(null);
    at.holder.welcomed({ epoch: older, segment: 40 });
    expect(at.journal.shelf.unsentCount()).toBe(3);
    at.holder.refill();
    expect(at.journal.shelf.unsentCount()).toBe(3);
    at.uploader.setSocket(server.connect(0));
    await run(at);
    expect(playsIn(server)).toEqual(items(0, 370));
  });

  test('[RF1] [RF3] whose place is a segment that was damaged here is sent what lies behind it', async () => {
    const { server, at, epoch } = await threeSegments();
    at.uploader.setSocket(null);
    at.play(3);
    at.files.content.set(`/data/journal/${epoch}/00000003.sealed`, Buffer.from('no segment any more'));
    at.uploader.setSocket(server.connect(0));
    await run(at);
    const readable = [...items(0, 3), ...items(4, 6)];
    expect(playsIn(server)).toEqual(readable);
    server.lose(({ segment }) => segment < 3);
    at.holder.welcomed({ epoch, segment: 3 });
    await run(at);
    expect(playsIn(server)).toEqual(readable);
  });

  test('[RF1] [J6] whose place is that of a copy of this device is sent what it lacks of this one', async () => {
    const { server, at } = await threeEpochs();
    const { epoch } = positionOf(at);
    server.lose(({ segment }) => segment < 10);
    at.holder.welcomed({ epoch: epoch + 1000, segment: 3 });
    await run(at);
    expect(playsIn(server)).toEqual(items(0, 370));
    expect(positionOf(at).epoch).toBeGreaterThan(epoch + 1000);
  });

  test('[RF5] [S11] that took a copy of this device first keeps this one as forks: all that it lacks comes, back to the last it has', async () => {
    const { server, at, copy } = await copiedDevice();
    const { epoch } = positionOf(at);
    at.play(4);
    await run(at);
    copy.play(2);
    copy.uploader.setSocket(server.connect(0));
    await run(copy);
    expect(server.odd.map(({ kind }) => kind)).toEqual(['fork', 'fork']);
    // An old copy of the ledger is put back, and the copy of the device is the first to come.
    server.lose((segment) => segment.epoch === epoch && segment.segment < 1);
    copy.holder.refill();
    await run(copy);
    [server.arrivals.length, server.odd.length] = [0, 0];
    at.holder.welcomed({ epoch: epoch + 1000, segment: 3 });
    await run(at);
    // 5 and 6 do not follow the copy's 4, and are refused twice each; 4 and 3 are not asked for, and come all the same, once.
    expect(server.arrivals.map(({ segment }) => segment)).toEqual([6, 5, 5, 4, 3, 2, 6, 6]);
    const answers = ['rewind', 'quarantined', 'quarantined', 'fork', 'fork', 'quarantined', 'quarantined'];
    expect(server.odd.map(({ kind }) => kind)).toEqual(answers);
    expect(at.journal.shelf.unsentCount()).toBe(0);
    expect(playsIn(server)).toEqual([...items(0, 3), ...items(0, 2)]);
  });

  test('[RF5] [I1] so too where a stop came between the file of what it refused and the name that says so', async () => {
    const { time, server, at, epoch } = await threeSegments();
    const [pack] = at.segments.packs();
    const last = pack && at.segments.readPack(pack).at(-1);
    if (!last) throw new Error('nothing packed');
    at.segments.writeSealed({ epoch, segment: 2 }, last.value);
    const { shelf } = rig(server, { time, files: at.files }).journal;
    expect(shelf.nextUnsent()?.ref).toEqual({ epoch, segment: 2 });
    shelf.settle({ epoch, segment: 2 }, 'quarantined');
    expect(shelf.nextUnsent()?.ref).toEqual({ epoch, segment: 1 });
  });

  /** A copy of a device whose segment 3 the server keeps as a fork. */
  async function forkedCopy(): Promise<{ server: ChainServer; copy: Rig }> {
    const { server, at, copy } = await copiedDevice();
    at.play(1);
    await run(at);
    copy.play(1);
    copy.uploader.setSocket(server.connect(0));
    await run(copy);
    expect(server.odd).toMatchObject([{ kind: 'fork', segment: 3 }]);
    [server.arrivals.length, server.odd.length] = [0, 0];
    return { server, copy };
  }

  test('[RF1] [S11] that may have lost its forks is sent them once more', async () => {
    const { server, copy } = await forkedCopy();
    copy.holder.refill();
    copy.holder.refill();
    await run(copy);
    expect(server.arrivals.map(({ segment }) => segment)).toEqual([2, 3]);
    expect(server.odd).toMatchObject([{ kind: 'fork', segment: 3 }]);
    expect(copy.journal.shelf.unsentCount()).toBe(0);
  });

  test('[RF1] [I12] a fork on a disk that reports an error, having given it its new name or not, waits for no restart', async () => {
    for (const how of ['applied', 'not-applied'] as const) {
      const { server, copy } = await forkedCopy();
      copy.files.faultOf = ({ op }) => (op === 'rename' ? { how, as: 'EIO' } : null);
      copy.holder.refill();
      copy.files.faultOf = () => null;
      await run(copy);
      expect(server.arrivals.map(({ segment }) => segment)).toEqual(how === 'applied' ? [2, 3] : [2]);
      expect(copy.journal.shelf.unsentCount()).toBe(0);
      expect(copy.segments.list().map(({ state }) => state)).toEqual(['forked']);
    }
  });

  test('[RF1] [J9] is sent too what a full disk kept in files of their own when it was stored, and what lies before it', async () => {
    const time = createManualTime(START_MS);
    const server = createChainServer(time);
    const at = rig(server, { time });
    at.play(3);
    await run(at);
    at.files.faultOf = ({ op, path }) =>
      op === 'append' && path.endsWith('.pack') ? { how: 'not-applied', as: 'ENOSPC' } : null;
    at.play(2);
    await run(at);
    at.files.faultOf = () => null;
    expect(at.segments.list().map(({ segment, state }) => [segment, state])).toEqual([
      [3, 'stored'],
      [4, 'stored'],
    ]);
    const { epoch } = positionOf(at);
    for (const kept of [4, 2]) {
      server.lose(({ segment }) => segment < kept);
      at.holder.welcomed({ epoch, segment: kept });
      await run(at);
      expect(playsIn(server)).toEqual(items(0, 5));
      expect(at.journal.shelf.unsentCount()).toBe(0);
    }
    server.arrivals.length = 0;
    at.holder.welcomed({ epoch, segment: 5 });
    await run(at);
    expect(server.arrivals).toEqual([]);
  });

  test('[RF1] that lacks nothing is sent nothing', async () => {
    const { server, at } = await threeEpochs();
    server.arrivals.length = 0;
    at.holder.welcomed(positionOf(at));
    await run(at);
    expect(server.arrivals).toEqual([]);
    at.holder.refill();
    await run(at);
    expect(server.arrivals.map(({ segment }) => segment)).toEqual([29, 299, 39]);
  });

  test('[RF1] a refill that is cut off goes on after a restart', async () => {
    const { server, at } = await threeEpochs();
    server.lose(() => false);
    at.holder.welcomed(null);
    at.uploader.setSocket(null);
    await at.time.advanceAsync(1000);
    expect(at.journal.shelf.unsentCount()).toBeGreaterThan(0);
    const again = rig(server, { files: at.files, time: at.time });
    expect(again.journal.shelf.unsentCount()).toBe(0);
    again.holder.welcomed(null);
    await run(again);
    expect(playsIn(server)).toEqual(items(0, 370));
  });

  test('[RF1] a refill that is cut off goes on after a restart also where only older epochs are to come, and then no more', async () => {
    const { server, at } = await threeEpochs();
    const { epoch } = positionOf(at);
    server.lose((segment) => segment.epoch === epoch);
    at.holder.refill();
    at.uploader.setSocket(null);
    const again = rig(server, { files: at.files, time: at.time });
    again.holder.welcomed({ epoch, segment: 30 });
    await run(again);
    expect(playsIn(server)).toEqual(items(0, 370));
    server.arrivals.length = 0;
    const third = rig(server, { files: at.files, time: at.time });
    third.holder.welcomed({ epoch, segment: 31 });
    await run(third);
    expect(server.arrivals.filter((came) => came.epoch < epoch)).toEqual([]);
  });

  test('[RF1] while months are sent again, what is recorded goes up in an epoch of its own', async () => {
    const time = createManualTime(START_MS);
    const server = createChainServer(time);
    const at = rig(server, { time });
    at.play(200);
    await run(at);
    const { epoch } = positionOf(at);
    server.lose(() => false);
    at.holder.welcomed(null);
    await run(at);
    expect(positionOf(at).epoch).toBeGreaterThan(epoch);
    at.play(1);
    await run(at);
    expect(playsIn(server)).toEqual(items(0, 201));
  });

  test('[RF3] what was removed for its age is not waited for: the rest follows behind a gap, also in the middle', async () => {
    const { server, at } = await threeEpochs();
    const [first] = at.segments.packs();
    if (!first) throw new Error('no pack');
    at.segments.removePack(first);
    server.lose(({ segment, epoch }) => epoch === first.epoch && segment < 5);
    at.holder.welcomed(null);
    await run(at);
    expect(playsIn(server)).toEqual([...items(0, 5), ...items(256, 370)]);
    server.lose(() => false);
    const again = rig(server, { files: at.files, time: at.time });
    again.holder.welcomed(null);
    await run(again);
    expect(playsIn(server)).toEqual(items(256, 370));
    expect(again.journal.shelf.unsentCount()).toBe(0);
    expect([...at.files.content.keys()].filter((name) => name.endsWith('.held'))).toEqual([]);
  });

  test('[RF3] [I12] what a disk has damaged is not waited for either, where the server has lost it and what it had stored behind', async () => {
    const { server, at } = await threeEpochs();
    const [first] = at.segments.packs();
    if (!first) throw new Error('no pack');
    const path = [...at.files.content.keys()].find((name) => name.endsWith(`/${first.epoch}/00000000.pack`)) ?? '';
    const text = (at.files.content.get(path) ?? Buffer.alloc(0)).toString();
    at.files.content.set(path, Buffer.from(text.replace('\n7 {', '\n7 [')));
    server.lose(({ segment }) => segment < 5);
    const again = rig(server, { files: at.files, time: at.time });
    again.holder.welcomed(null);
    await run(again);
    expect(playsIn(server)).toEqual([...items(0, 7), ...items(8, 370)]);
    expect(again.journal.shelf.unsentCount()).toBe(0);
  });

  test('[RF4] an epoch whose receipts are of another server stays here', async () => {
    const { server, at } = await threeEpochs();
    const [first] = at.segments.packs();
    if (!first) throw new Error('no pack');
    const receipts = [{ segment: 1, index: 0, proof: [] }];
    at.segments.addLogged(first, { checkpoint: 'other/log\n9\nxx\n', receipts });
    server.lose(() => false);
    const again = rig(server, { files: at.files, time: at.time, isOwnLog: (origin) => origin === 'town/log' });
    again.holder.welcomed(null);
    await run(again);
    expect(playsIn(server)).toEqual(items(300, 370));
  });
});
