/** A player with a journal in memory and a server that can lose what it had stored. */
import { expect } from 'vitest';
import { loadDeviceKey } from '../../../main/device-key.ts';
import { createDisciplinedClock } from '../../../main/disciplined-clock.ts';
import { createIncidents } from '../../../main/incidents.ts';
import type { Journal } from '../../../main/journal/journal.ts';
import { createJournalHolder, type JournalHolder } from '../../../main/journal/journal-holder.ts';
import { createSegmentFiles, type SegmentFiles } from '../../../main/journal/segment-files.ts';
import { createUploader, type Uploader } from '../../../main/link/uploader.ts';
import { type ChainServer, createChainServer } from './chain-server.ts';
import { numberedPlay } from './journal-check.ts';
import { createManualTime, type ManualTime } from './manual-time.ts';
import { createMemoryFiles, type MemoryFiles } from './memory-files.ts';

export const START_MS = Date.UTC(2026, 6, 1);
const key = loadDeviceKey(createMemoryFiles(), '/data/key');

/** A player before its server. */
export type Rig = {
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

/** A player that is connected to `server`. */
export function rig(
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

/** Lets `ms` pass while it sends. */
export const run = async ({ time, uploader }: Rig, ms = 10_000): Promise<void> => {
  for (let k = 0; k < 10; k += 1) {
    uploader.kick();
    await time.advanceAsync(ms / 10);
  }
};

/** The plays that the server has. */
export const playsIn = (server: ChainServer): string[] =>
  server.records().flatMap((record) => (record.kind === 'play' ? [record.item] : []));
/** What so many plays are called. */
export const items = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, n) => `item-${from + n}`);

/** A player whose server has stored its first three segments, of a play each. */
export async function threeSegments(): Promise<{ time: ManualTime; server: ChainServer; at: Rig; epoch: number }> {
  const time = createManualTime(START_MS);
  const server = createChainServer(time);
  const at = rig(server, { time });
  at.play(3);
  await run(at);
  return { time, server, at, epoch: at.journal.position().epoch };
}

/** A player of three epochs (300, 40 and 30 plays) whose server has stored all. */
export async function threeEpochs(): Promise<{ server: ChainServer; at: Rig }> {
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

/** A player of three plays whose server has stored all, and another with a copy of its disk, which is not connected. */
export async function copiedDevice(): Promise<{ server: ChainServer; at: Rig; copy: Rig }> {
  const time = createManualTime(START_MS);
  const server = createChainServer(time);
  const at = rig(server, { time });
  at.play(3);
  await run(at);
  const copy = rig(server, { time, files: createMemoryFiles(new Map(at.files.content)) });
  copy.uploader.setSocket(null);
  return { server, at, copy };
}

/** Where its journal is. */
export const positionOf = ({ journal }: Rig): { epoch: number; segment: number } => journal.position();
