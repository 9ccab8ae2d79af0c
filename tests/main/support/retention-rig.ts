/** A journal in memory whose days of service a server has stored, and the files they lie in. */
import { loadDeviceKey } from '../../../main/device-key.ts';
import { createDisciplinedClock, type DisciplinedClock } from '../../../main/disciplined-clock.ts';
import { createJournal, type Journal } from '../../../main/journal/journal.ts';
import { createSegmentFiles } from '../../../main/journal/segment-files.ts';
import { numberedPlay } from './journal-check.ts';
import { createManualTime, type ManualTime } from './manual-time.ts';
import { createMemoryFiles, type MemoryFiles } from './memory-files.ts';

export const START_MS = Date.UTC(2026, 6, 1);
export const DAY_MS = 86_400_000;
export const FOLDER = '/data/journal';
export const key = loadDeviceKey(createMemoryFiles(), '/data/key');
const context = { screen: 'screen-1', program: 'b'.repeat(64), manifest: 'c'.repeat(64) };

export type Rig = { time: ManualTime; clock: DisciplinedClock; files: MemoryFiles; open: () => Journal };

export function rig(startMs = START_MS, isSynchronised = true): Rig {
  const time = createManualTime(startMs);
  const clock = createDisciplinedClock(time.raw);
  if (isSynchronised) synchronise(clock, startMs);
  const files = createMemoryFiles();
  let boots = 0;
  const open = (): Journal => {
    boots += 1;
    const deps = { files: createSegmentFiles(files, FOLDER), key, clock, boot: `boot-${boots}`, build: 'test' };
    return createJournal(deps, context);
  };
  return { time, clock, files, open };
}

export function synchronise(clock: DisciplinedClock, serverMs: number): void {
  clock.offer({ serverMs, monoMs: clock.monoMs(), errorMs: 1 });
  clock.settle();
}

/** A day of service with `count` plays of a promise and its end, sealed every `perSegment` plays, and stored. */
export function storeDay(journal: Journal, date: string, count: number, perSegment = 1): void {
  for (let n = 0; n < count; n += 1) {
    const play = numberedPlay(n);
    if (play.kind !== 'play') continue;
    journal.append({ ...play, commitment: 'c1', campaign: 'k1', slot: `${date}/${1000 * n}` });
    if ((n + 1) % perSegment === 0) journal.seal();
  }
  const evidence = { date, plays: { c1: count }, makeGoods: {}, short: {} };
  journal.append({ kind: 'dayclose', reason: 'closed', t0: 1, t1: 1, m0: 1, m1: 1, evidence });
  journal.seal();
  storeAll(journal);
}

export function storeAll(journal: Journal): void {
  for (let next = journal.shelf.nextUnsent(); next; next = journal.shelf.nextUnsent()) {
    journal.shelf.settle(next.ref, 'stored');
  }
}

export const dateOf = (day: number): string => new Date(START_MS + day * DAY_MS).toISOString().slice(0, 10);
export const names = (files: MemoryFiles): string[] =>
  [...files.content.keys()].map((path) => path.slice(FOLDER.length + 1));
export const packs = (files: MemoryFiles): string[] => names(files).filter((name) => name.endsWith('.pack'));

/** Keeps receipts of all packed segments that have none, or of those that `isLogged`. */
export function logAll(
  files: MemoryFiles,
  isLogged: (at: { pack: number; segment: number }) => boolean = () => true,
): void {
  const segments = createSegmentFiles(files, FOLDER);
  for (const pack of segments.packs()) {
    const known = segments.loggedOf(pack);
    const receipts = segments
      .readPack(pack)
      .filter(({ segment }) => !known.has(segment) && isLogged({ pack: pack.pack, segment }))
      .map(({ segment }) => ({ segment, index: segment, proof: [] }));
    if (receipts.length > 0) segments.addLogged(pack, { checkpoint: 'a checkpoint', receipts });
  }
}
