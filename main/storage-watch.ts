/** Keeps the data folder in bounds: the reserve for a full disk, old proven segments, the media cache and its files' health. */
import type { LocalDate } from '../domain/time/zone-time.ts';
import type { Ballast } from './ballast.ts';
import type { Clock } from './disciplined-clock.ts';
import { errnoOf } from './durable-files.ts';
import type { Incidents } from './incidents.ts';
import { pruneJournal } from './journal/prune-journal.ts';
import type { SegmentFiles } from './journal/segment-files.ts';
import { type Log, messageOf } from './log.ts';
import type { MediaCache } from './media-cache.ts';

/** Plays are kept at least this long after the server has stored them. */
const KEEP_MS = 90 * 86_400_000;
const PRUNE_PERIOD_MS = 600_000;
const SCRUB_PERIOD_MS = 600_000;
const BALLAST_PERIOD_MS = 60_000;
const ARRANGE_PERIOD_MS = 3_600_000;

/** The watch. */
export type StorageWatch = {
  /** The disk is full: gives up the reserve; true where that made room. */
  makeRoom(): boolean;
  /** To be called about once a second. */
  tick(): void;
};

/** What it watches over. `date`: the date of service as far as known; `want` tells the cache anew what is needed. */
export type StorageWatchDeps = {
  clock: Clock;
  incidents: Incidents;
  log: Log;
  ballast: Ballast;
  segments: SegmentFiles;
  /** Whether receipts of a log of that name are worth something. */
  counts: (origin: string) => boolean;
  cache: Pick<MediaCache, 'arrange' | 'scrub'>;
  date: () => LocalDate | null;
  want: () => void;
};

/** Starts the watch. */
export function createStorageWatch(deps: StorageWatchDeps): StorageWatch {
  const { clock, incidents, log, ballast, cache } = deps;
  const isBallastDue = periodically(clock, BALLAST_PERIOD_MS, true);
  const isPruneDue = periodically(clock, PRUNE_PERIOD_MS, false);
  const isScrubDue = periodically(clock, SCRUB_PERIOD_MS, false);
  const isArrangeDue = periodically(clock, ARRANGE_PERIOD_MS, false);
  let date = deps.date();

  function lookAtBallast(): void {
    if (ballast.take()) incidents.close('disk-full', 'reserve');
    else
      incidents.open('disk-full', 'reserve', 'the disk is full: there is no room for the reserve that records go to');
  }

  /** What is old is told by the server's clock alone. */
  function prune(): void {
    if (clock.state().source !== 'server') return;
    try {
      const packs = pruneJournal(deps.segments, clock.nowMs() - KEEP_MS, deps.counts);
      if (packs > 0) log('info', 'segments of more than 90 days ago removed', { packs });
    } catch (error) {
      if (errnoOf(error) === null) throw error;
      log('warn', 'old segments could not be removed', { error: messageOf(error) });
    }
  }

  return {
    makeRoom() {
      const isReleased = ballast.release();
      if (!isReleased) return false;
      log('error', 'the disk is full; records go to the reserve');
      incidents.open('disk-full', 'reserve', 'the disk is full: records go to the reserve');
      cache.arrange();
      return true;
    },
    tick() {
      if (isBallastDue()) lookAtBallast();
      if (isPruneDue()) prune();
      if (isScrubDue()) cache.scrub();
      const today = deps.date();
      if (today !== date) {
        date = today;
        deps.want();
      } else if (isArrangeDue()) cache.arrange();
    },
  };
}

/** True once every `periodMs`; at first at once where `isEager`. */
function periodically(clock: Clock, periodMs: number, isEager: boolean): () => boolean {
  let dueM = isEager ? Number.NEGATIVE_INFINITY : clock.monoMs() + periodMs;
  return () => {
    if (clock.monoMs() < dueM) return false;
    dueM = clock.monoMs() + periodMs;
    return true;
  };
}
