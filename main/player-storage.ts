/** What a player keeps on its disk: journal, media and programs, joined with what keeps them in bounds. */
import { join } from 'node:path';
import type { ProofRecord } from '../domain/proof/record.ts';
import { BALLAST_BYTES, createBallast } from './ballast.ts';
import type { DeviceKey } from './device-key.ts';
import type { Clock } from './disciplined-clock.ts';
import type { DurableFiles } from './durable-files.ts';
import type { ActiveProgram } from './engine/cue.ts';
import { dateAt } from './engine/planner.ts';
import { createJournalHolder, type JournalHolder } from './journal/journal-holder.ts';
import { createSegmentFiles, type SegmentRef } from './journal/segment-files.ts';
import { createMediaCache, type MediaCache, type MediaCacheDeps } from './media-cache.ts';
import { mediaNeeds } from './media-needs.ts';
import { createProgramStore, type ProgramStore } from './program-store.ts';
import { createProofLog, type ProofLog } from './proof-log/proof-log.ts';
import { createStorageWatch } from './storage-watch.ts';

/** The storage of one player. */
export type PlayerStorage = {
  journal: JournalHolder;
  /** What is known of the server's log, and the receipts from it. */
  proofLog: ProofLog;
  cache: MediaCache;
  programs: ProgramStore;
  /** The text of a program under which a segment was recorded, null where it is not here any more. */
  programText(ref: SegmentRef, hash: string): string | null;
  /** From now on the media of this program are kept and fetched. */
  want(active: ActiveProgram | null): void;
  /** Takes a record that is on the disk: what did not play is looked at again. */
  recorded(record: ProofRecord): void;
  /** To be called about once a second. */
  tick(): void;
};

/** What it is made from. `freeBytes`: what the disk has left, null where that cannot be told. */
export type PlayerStorageDeps = Omit<MediaCacheDeps, 'files'> & {
  data: string;
  files: DurableFiles;
  mediaFiles: MediaCacheDeps['files'];
  clock: Clock;
  key: DeviceKey;
  boot: string;
  build: string;
  freeBytes: () => number | null;
  /** Whether the date believed can be true. */
  isTimeCertain: () => boolean;
  /** Takes the records of the last days once the journal is open. */
  onOpened: (records: readonly ProofRecord[]) => void;
};

/** Opens the storage below `data`; the journal follows once there is a screen. */
export function createPlayerStorage(deps: PlayerStorageDeps): PlayerStorage {
  const { data, files, clock, key, boot, build, incidents, log, isTimeCertain } = deps;
  const segments = createSegmentFiles(files, join(data, 'journal'));
  const proofLog = createProofLog({
    ...{ files, segments, incidents, log, timers: deps.timers, random: deps.random },
    onLacking: () => journal.refill(),
    folder: join(data, 'log'),
    nowMs: () => clock.nowMs(),
  });
  const cache = createMediaCache({ ...deps, files: deps.mediaFiles });
  let active: ActiveProgram | null = null;

  /** While the date is not known for certain, everything may be needed. */
  const date = (): string | null => (active && isTimeCertain() ? dateAt(active, clock.nowMs()) : null);
  const want = (): void => cache.want(active ? mediaNeeds(active.program, date()) : []);

  const watch = createStorageWatch({
    clock,
    incidents,
    log,
    ballast: createBallast(files, join(data, 'ballast'), BALLAST_BYTES, deps.freeBytes),
    segments,
    counts: (origin) => !proofLog.isReplaced(origin),
    cache,
    date,
    want,
  });
  const programs = createProgramStore(files, join(data, 'programs'));
  const journal = createJournalHolder({
    journal: {
      ...{ files: segments, key, clock, boot, build, beacon: proofLog.beacon, makeRoom: watch.makeRoom },
      programText: programs.text,
    },
    incidents,
    log,
    onOpened: deps.onOpened,
    isOwnLog: proofLog.isOwn,
  });
  return {
    journal,
    proofLog,
    cache,
    programs,
    programText: (ref, hash) => segments.programOf(ref, hash) ?? programs.text(hash),
    want(next) {
      active = next;
      want();
    },
    recorded(record) {
      if (record.kind === 'play' && record.outcome === 'failed') cache.suspect(record.sha);
    },
    tick: watch.tick,
  };
}
