/** After an outage old and new go up side by side; nothing that is refused or torn holds up the rest. */
import { describe, expect, test } from 'vitest';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { createIncidents } from '../../main/incidents.ts';
import type { Journal } from '../../main/journal/journal.ts';
import { createJournalHolder, type JournalHolder } from '../../main/journal/journal-holder.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import { createUploader } from '../../main/link/uploader.ts';
import { createChainServer } from './support/chain-server.ts';
import { numberedPlay } from './support/journal-check.ts';
import { createManualTime, type ManualTime } from './support/manual-time.ts';
import { createMemoryFiles, type MemoryFiles } from './support/memory-files.ts';

const START_MS = Date.UTC(2026, 6, 1);
const SEAL_MS = 10_000;
const key = loadDeviceKey(createMemoryFiles(), '/data/key');

type Rig = { time: ManualTime; files: MemoryFiles; holder: JournalHolder; journal: Journal };

function rig(files = createMemoryFiles(), time = createManualTime(START_MS)): Rig {
  const clock = createDisciplinedClock(time.raw);
  const log = (): void => undefined;
  const holder = createJournalHolder({
    journal: { files: createSegmentFiles(files, '/data/journal'), key, clock, boot: 'boot-1', build: 'test' },
    incidents: createIncidents(log),
    log,
    onOpened: () => undefined,
  });
  holder.open('screen-1', null);
  const journal = holder.get();
  if (!journal) throw new Error('no journal');
  return { time, files, holder, journal };
}

const uploaderOf = ({ time, holder }: Rig, random = 0.5, spreadMs = SEAL_MS) =>
  createUploader({
    journal: holder.get,
    timers: time.timers,
    random: () => random,
    log: () => undefined,
    spreadMs: () => spreadMs,
  });

function sealOne(journal: Journal, n: number): { epoch: number; segment: number } {
  journal.append(numberedPlay(n));
  const at = journal.position();
  journal.seal();
  return at;
}

/** Three sealed segments before a server that refuses the first of them. */
function refused() {
  const at = rig();
  for (let n = 0; n < 3; n += 1) sealOne(at.journal, n);
  const server = createChainServer(at.time);
  server.refuses = 0;
  const { epoch } = at.journal.position();
  return { at, epoch, server, socket: server.connect(50), uploader: uploaderOf(at, 0) };
}

describe('sending after an outage', () => {
  test('[L11] a long backlog goes up oldest first while what is recorded now goes up at once beside it', async () => {
    const at = rig();
    const { time, journal, holder } = at;
    for (let n = 0; n < 500; n += 1) sealOne(journal, n);
    const old = journal.position().epoch;
    const server = createChainServer(time);
    holder.welcomed(null);
    expect(journal.position().epoch).toBeGreaterThan(old);
    const uploader = uploaderOf(at);
    uploader.setSocket(server.connect(50));
    await time.advanceAsync(0);
    for (let k = 0; k < 30; k += 1) {
      const live = sealOne(journal, 1000 + k);
      const sealedM = time.raw.monoMs();
      uploader.kick();
      await time.advanceAsync(1000);
      const arrived = server.arrivals.find((seen) => seen.epoch === live.epoch && seen.segment === live.segment);
      expect((arrived?.m ?? Number.POSITIVE_INFINITY) - sealedM).toBeLessThanOrEqual(50);
    }
    await time.advanceAsync(60_000);
    expect(journal.shelf.unsentCount()).toBe(0);
    const backlog = server.arrivals.filter(({ epoch }) => epoch === old).map(({ segment }) => segment);
    expect(backlog).toEqual(Array.from({ length: 500 }, (_, n) => n));
    expect(server.odd).toEqual([]);
    expect(server.mostInFlight).toBeLessThanOrEqual(4);
    const items = server.records().flatMap((record) => (record.kind === 'play' ? [record.item] : []));
    expect(items).toEqual([...items.keys()].map((n) => `item-${n < 500 ? n : n + 500}`));
    expect(items.length).toBe(530);
  });

  test('[L11] a short backlog stays in its epoch, and coming back again and again makes no more of them', () => {
    const { journal, holder } = rig();
    for (let n = 0; n < 60; n += 1) sealOne(journal, n);
    const { epoch } = journal.position();
    holder.welcomed(null);
    expect(journal.position().epoch).toBe(epoch);
    for (let n = 0; n < 60; n += 1) sealOne(journal, 100 + n);
    holder.welcomed(null);
    const next = journal.position().epoch;
    expect(next).toBeGreaterThan(epoch);
    for (let k = 0; k < 20; k += 1) holder.welcomed(null);
    expect(journal.position().epoch).toBe(next);
  });

  test('[J9][I15] an answer noted by a disk that reports an error, having noted it or not, holds up nothing', async () => {
    for (const how of ['applied', 'not-applied'] as const) {
      for (const op of ['append', 'remove', 'rename'] as const) {
        const at = rig();
        const { time, files, journal } = at;
        for (let n = 0; n < 5; n += 1) sealOne(journal, n);
        const server = createChainServer(time);
        let faults = 0;
        files.faultOf = (call) => {
          if (call.op !== op || faults > 0) return null;
          faults += 1;
          return { how, as: 'EIO' };
        };
        // One that is refused gets another name.
        server.refuses = op === 'rename' ? 1 : null;
        uploaderOf(at).setSocket(server.connect(50));
        await time.advanceAsync(300_000);
        expect([op, how, faults, journal.shelf.unsentCount()]).toEqual([op, how, 1, 0]);
        expect(server.records().filter(({ kind }) => kind === 'play').length).toBe(op === 'rename' ? 4 : 5);
      }
    }
  });

  test('[L11] a stop in the middle loses nothing and doubles nothing', async () => {
    const first = rig();
    for (let n = 0; n < 200; n += 1) sealOne(first.journal, n);
    const server = createChainServer(first.time);
    first.holder.welcomed(null);
    const uploader = uploaderOf(first, 0);
    uploader.setSocket(server.connect(50));
    await first.time.advanceAsync(3000);
    sealOne(first.journal, 500);
    uploader.kick();
    await first.time.advanceAsync(1000);
    uploader.setSocket(null);
    expect(first.journal.shelf.unsentCount()).toBeGreaterThan(50);
    const second = rig(first.files, first.time);
    const { epoch } = second.journal.position();
    expect(epoch).toBe(first.journal.position().epoch);
    second.holder.welcomed({ epoch, segment: 1 });
    uploaderOf(second, 0).setSocket(server.connect(50));
    await first.time.advanceAsync(30_000);
    expect(second.journal.shelf.unsentCount()).toBe(0);
    const items = server.records().flatMap((record) => (record.kind === 'play' ? [record.item] : []));
    expect(items).toEqual([...Array.from({ length: 200 }, (_, n) => `item-${n}`), 'item-500']);
  });

  test('[L12] players set out with what waits at a random moment within the time the server seals by', async () => {
    const starts: number[] = [];
    for (const random of [0, 0.25, 0.5, 0.99]) {
      const at = rig();
      for (let n = 0; n < 100; n += 1) sealOne(at.journal, n);
      const server = createChainServer(at.time);
      at.holder.welcomed(null);
      uploaderOf(at, random, 600_000).setSocket(server.connect(0));
      await at.time.advanceAsync(600_000);
      starts.push(server.arrivals[0]?.m ?? Number.NaN);
      expect(at.journal.shelf.unsentCount()).toBe(0);
    }
    expect(starts).toEqual([0, 150_000, 300_000, 594_000]);
  });

  test.each([
    { how: 'once is taken then', isForGood: false, arrived: [0, 1, 1, 2], recorded: [0, 1, 2, 3], kept: [] },
    {
      how: 'twice is kept',
      isForGood: true,
      arrived: [0, 1, 1, 2],
      recorded: [0, 1, 3],
      kept: ['00000001.quarantined'],
    },
  ])('[L3] what is refused is sent once more: refused $how', async ({ isForGood, arrived, recorded, kept }) => {
    const at = rig();
    for (const n of [0, 1, 2]) sealOne(at.journal, n);
    const server = createChainServer(at.time);
    const plain = server.connect(50);
    const request: typeof plain.request = (...asked) => {
      server.refuses = isForGood || server.odd.length === 0 ? 1 : null;
      return plain.request(...asked);
    };
    uploaderOf(at, 0).setSocket({ ...plain, request });
    await at.time.advanceAsync(5000);
    expect(server.arrivals.map(({ segment }) => segment)).toEqual(arrived);
    expect(server.records().map(({ seq }) => seq)).toEqual(recorded);
    const names = [...at.files.content.keys()].map((name) => name.slice(name.lastIndexOf('/') + 1));
    expect(names.filter((name) => name.endsWith('.quarantined'))).toEqual(kept);
    expect(at.journal.shelf.unsentCount()).toBe(0);
  });

  test('[L15] a segment too long for a message is never sent and stays here; what is recorded then goes up in a new epoch', async () => {
    const at = rig();
    const { time, journal, files } = at;
    sealOne(journal, 0);
    const plays = Object.fromEntries(Array.from({ length: 7500 }, (_, k) => [`campaign-${k}.min.flight-1`, k]));
    const evidence = { date: '2026-07-01', plays, makeGoods: {}, short: {} };
    journal.append({ kind: 'dayclose', t0: 1, t1: 1, m0: 1, m1: 1, reason: 'closed', evidence });
    journal.seal();
    const { epoch } = journal.position();
    const server = createChainServer(time);
    const uploader = uploaderOf(at, 0);
    uploader.setSocket(server.connect(50));
    await time.advanceAsync(5000);
    sealOne(journal, 1);
    uploader.kick();
    await time.advanceAsync(5000);
    expect(journal.position().epoch).toBeGreaterThan(epoch);
    expect(server.arrivals.map((one) => [one.epoch === epoch, one.segment])).toEqual([
      [true, 0],
      [false, 0],
    ]);
    expect([...files.content.keys()].some((name) => name.endsWith('/00000001.quarantined'))).toBe(true);
    expect(journal.shelf.unsentCount()).toBe(0);
  });

  test('[J4][RF3][I12] a sealed file torn in the middle is set aside, and what follows it goes up behind the gap', async () => {
    const at = rig();
    const { time, journal, files } = at;
    for (let n = 0; n < 6; n += 1) sealOne(journal, n);
    const { epoch } = journal.position();
    const path = [...files.content.keys()].find((name) => name.endsWith('/00000002.sealed')) ?? '';
    const whole = files.content.get(path) ?? Buffer.alloc(0);
    files.content.set(path, Buffer.concat([whole.subarray(0, 100), Buffer.alloc(50), whole.subarray(300)]));
    const server = createChainServer(time);
    const uploader = uploaderOf(at, 0);
    uploader.setSocket(server.connect(50));
    await time.advanceAsync(5000);
    const live = sealOne(journal, 100);
    uploader.kick();
    await time.advanceAsync(5000);
    expect(live.epoch).toBe(epoch);
    const items = server.records().flatMap((record) => (record.kind === 'play' ? [record.item] : []));
    expect(items).toEqual(['item-0', 'item-1', 'item-3', 'item-4', 'item-5', 'item-100']);
    const states = [...files.content.keys()].map((name) => name.split('/').at(-1));
    expect(states.filter((name) => /damaged|held/.test(name ?? ''))).toEqual(['00000002.damaged']);
    expect(journal.shelf.unsentCount()).toBe(0);
  });

  test('[L5] a server that asks again and again for what it refuses is left alone with that epoch, and the journal goes on in a new one', async () => {
    const { at, epoch, server, socket, uploader } = refused();
    const { time, journal, files } = at;
    let asked = 0;
    uploader.setSocket({
      ...socket,
      request: async (event, body, timeoutMs) => {
        const answer = await socket.request(event, body, timeoutMs);
        const isOfFirst = server.arrivals.at(-1)?.at === `${epoch}/1`;
        asked += isOfFirst ? 1 : 0;
        return isOfFirst ? { kind: 'rewind', epoch, segment: 0 } : answer;
      },
    });
    await time.advanceAsync(5000);
    const live = sealOne(journal, 100);
    uploader.kick();
    await time.advanceAsync(5000);
    expect(live.epoch).toBeGreaterThan(epoch);
    expect(server.arrivals.at(-1)?.epoch).toBe(live.epoch);
    expect(journal.shelf.unsentCount()).toBe(0);
    const held = [...files.content.keys()].filter((name) => name.endsWith('.held'));
    expect(held.map((name) => name.split('/').at(-1))).toEqual(['00000001.held', '00000002.held']);
    expect(asked).toBe(4);
  });

  test('[L5] a rewind that a failing disk does not carry out is tried until it does, and holds nothing', async () => {
    const { at, epoch, server, socket, uploader } = refused();
    const { time, journal, files } = at;
    let failures = 0;
    uploader.setSocket({
      ...socket,
      request: async (event, body, timeoutMs) => {
        const answer = await socket.request(event, body, timeoutMs);
        if (server.arrivals.at(-1)?.at !== `${epoch}/1` || server.refuses === null) return answer;
        // What it refused it now asks for, and would take.
        if (failures === 6) server.refuses = null;
        files.faultOf = ({ op }) => (op === 'rename' && failures < 6 ? { how: 'not-applied', as: 'EIO' } : null);
        failures += 1;
        return { kind: 'rewind', epoch, segment: 0 };
      },
    });
    await time.advanceAsync(60_000);
    expect(failures).toBe(7);
    expect(journal.shelf.unsentCount()).toBe(0);
    expect([...files.content.keys()].filter((name) => name.endsWith('.held'))).toEqual([]);
  });
});
