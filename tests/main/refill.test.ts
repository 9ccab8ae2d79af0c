import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { createIncidents } from '../../main/incidents.ts';
import type { Journal } from '../../main/journal/journal.ts';
import { createJournalHolder, type JournalHolder } from '../../main/journal/journal-holder.ts';
import { createSegmentFiles, type SegmentFiles } from '../../main/journal/segment-files.ts';
import { createUploader, type Uploader } from '../../main/link/uploader.ts';
import { sha256Hex } from '../../main/sha256.ts';
import { type ChainServer, createChainServer } from './support/chain-server.ts';
import { numberedPlay } from './support/journal-check.ts';
import { createManualTime, type ManualTime } from './support/manual-time.ts';
import { createMemoryFiles, type MemoryFiles } from './support/memory-files.ts';

const START_MS = Date.UTC(2026, 6, 1);
const key = loadDeviceKey(createMemoryFiles(), '/data/key');

type Rig = {
  time: ManualTime;
  files: MemoryFiles;
  segments: SegmentFiles;
  holder: JournalHolder;
  journal: Journal;
  uploader: Uploader;
  /** Programs that the server refuses for good. */
  refused: Set<string>;
  /** Plays so many segments of one play from now on. */
  play(count: number): void;
};

/** Texts of programs by their hashes, as they are in the program store. */
const TEXTS = new Map(['one', 'two'].map((name) => [sha256Hex(canonicalJson({ name })), canonicalJson({ name })]));
const [ONE = '', TWO = ''] = TEXTS.keys();

function rig(
  server: ChainServer,
  given: {
    files?: MemoryFiles;
    time: ManualTime;
    isOwnLog?: (origin: string) => boolean;
    stored?: Map<string, string>;
  },
): Rig {
  const { time, files = createMemoryFiles(), stored = new Map() } = given;
  const clock = createDisciplinedClock(time.raw);
  const log = (): void => undefined;
  const segments = createSegmentFiles(files, '/data/journal');
  const holder = createJournalHolder({
    journal: {
      files: segments,
      key,
      clock,
      boot: 'boot-1',
      build: 'test',
      programText: (hash) => stored.get(hash) ?? null,
    },
    incidents: createIncidents(log),
    log,
    onOpened: () => undefined,
    isOwnLog: given.isOwnLog ?? (() => true),
  });
  holder.open('screen-1', null);
  const journal = holder.get();
  if (!journal) throw new Error('no journal');
  const refused = new Set<string>();
  const uploader = createUploader({
    journal: holder.get,
    timers: time.timers,
    random: () => 0,
    log,
    spreadMs: () => 0,
    programs: {
      textOf: segments.programOf,
      handOver: async (hash, text) => {
        if (refused.has(hash)) return false;
        server.programs?.set(hash, text);
        return true;
      },
    },
  });
  uploader.setSocket(server.connect(0));
  let plays = 0;
  return {
    ...{ time, files, segments, holder, journal, uploader, refused },
    play(count) {
      for (let n = 0; n < count; n += 1) {
        journal.append(numberedPlay(plays));
        plays += 1;
        journal.seal();
      }
      uploader.kick();
    },
  };
}

const run = async ({ time, uploader }: Rig, ms = 10_000): Promise<void> => {
  for (let k = 0; k < 10; k += 1) {
    uploader.kick();
    await time.advanceAsync(ms / 10);
  }
};

const playsIn = (server: ChainServer): string[] =>
  server.records().flatMap((record) => (record.kind === 'play' ? [record.item] : []));
const items = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, n) => `item-${from + n}`);

/** A player of three epochs (300, 40 and 30 plays) whose server has stored all. */
async function threeEpochs(): Promise<{ server: ChainServer; at: Rig }> {
  const time = createManualTime(START_MS);
  const server = createChainServer(time);
  const at = rig(server, { time });
  for (const [k, count] of [300, 40, 30].entries()) {
    if (k > 0) at.journal.startEpoch(0);
    at.play(count);
    await run(at);
  }
  expect(playsIn(server)).toEqual(items(0, 370));
  return { server, at };
}

const positionOf = ({ journal }: Rig): { epoch: number; segment: number } => journal.position();

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
    const time = createManualTime(START_MS);
    const server = createChainServer(time);
    const at = rig(server, { time });
    at.play(3);
    await run(at);
    const { epoch } = positionOf(at);
    const copy = rig(server, { time, files: createMemoryFiles(new Map(at.files.content)) });
    copy.uploader.setSocket(null);
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

  test('[RF1] [S11] that may have lost its forks is sent them once more', async () => {
    const time = createManualTime(START_MS);
    const server = createChainServer(time);
    const at = rig(server, { time });
    at.play(3);
    await run(at);
    const copy = rig(server, { time, files: createMemoryFiles(new Map(at.files.content)) });
    copy.uploader.setSocket(null);
    at.play(1);
    await run(at);
    copy.play(1);
    copy.uploader.setSocket(server.connect(0));
    await run(copy);
    expect(server.odd).toMatchObject([{ kind: 'fork', segment: 3 }]);
    [server.arrivals.length, server.odd.length] = [0, 0];
    copy.holder.refill();
    copy.holder.refill();
    await run(copy);
    expect(server.arrivals.map(({ segment }) => segment)).toEqual([2, 3]);
    expect(server.odd).toMatchObject([{ kind: 'fork', segment: 3 }]);
    expect(copy.journal.shelf.unsentCount()).toBe(0);
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

describe('programs that the server lost', () => {
  async function recorded(stored: Map<string, string>): Promise<{ server: ChainServer; at: Rig }> {
    const time = createManualTime(START_MS);
    const server = createChainServer(time);
    server.programs = new Map(TEXTS);
    const at = rig(server, { time, stored });
    for (const program of [ONE, TWO, ONE]) {
      at.journal.setContext({ screen: 'screen-1', program, manifest: null });
      at.play(3);
    }
    await run(at);
    expect(playsIn(server)).toEqual(items(0, 9));
    server.lose(() => false);
    server.programs = new Map();
    return { server, at };
  }

  test('[RF2] are brought when it asks for them, from beside the plays, each once', async () => {
    const stored = new Map(TEXTS);
    const { server, at } = await recorded(stored);
    // Long ago the store has let go of them.
    stored.clear();
    expect([...at.files.content.keys()].filter((name) => name.endsWith('.programs'))).toHaveLength(1);
    at.holder.welcomed(null);
    await run(at);
    expect(server.programs).toEqual(TEXTS);
    expect(playsIn(server)).toEqual(items(0, 9));
    expect(server.odd.filter(({ kind }) => kind === 'need-program')).toHaveLength(2);
  });

  test('[RF2] that are nowhere any more, or that it refuses, keep no segment back', async () => {
    const { server, at } = await recorded(new Map([[ONE, TEXTS.get(ONE) ?? '']]));
    at.refused.add(ONE);
    at.holder.welcomed(null);
    await run(at, 60_000);
    expect(playsIn(server)).toEqual(items(0, 9));
    expect(server.programs).toEqual(new Map());
  });

  test('[RF2] go with the pack of the plays that were recorded under them', async () => {
    const { at } = await recorded(new Map(TEXTS));
    const [pack] = at.segments.packs();
    if (!pack) throw new Error('no pack');
    expect(at.segments.programOf({ epoch: pack.epoch, segment: 3 }, ONE)).toBe(TEXTS.get(ONE));
    at.segments.removePack(pack);
    expect([...at.files.content.keys()].filter((name) => name.includes(`/${pack.epoch}/`))).toEqual([]);
  });

  test('[RF2] a disk that does not take a program keeps no record back, and takes it with the next segment', async () => {
    const time = createManualTime(START_MS);
    const server = createChainServer(time);
    const at = rig(server, { time, stored: new Map(TEXTS) });
    at.journal.setContext({ screen: 'screen-1', program: ONE, manifest: null });
    at.files.faultOf = ({ path }) => (path.endsWith('.programs') ? { how: 'torn', bytes: 30, as: 'ENOSPC' } : null);
    at.play(1);
    const { epoch } = positionOf(at);
    expect(at.segments.programOf({ epoch, segment: 0 }, ONE)).toBeNull();
    at.files.faultOf = () => null;
    at.play(1);
    expect(at.segments.programOf({ epoch, segment: 0 }, ONE)).toBe(TEXTS.get(ONE));
    await run(at);
    expect(playsIn(server)).toEqual(items(0, 2));
  });
});
