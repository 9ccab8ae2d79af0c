/** Letting go of what has been in the log for long: packs of which all is logged and older than is to be kept (I11). */
import { addDays } from '../../domain/time/zone-time.ts';
import { segmentHeaderSchema } from '../../protocol/proof.ts';
import { ignoringDisk } from '../durable-files.ts';
import type { SegmentFiles } from './segment-files.ts';
import type { PackRef } from './segment-packs.ts';

/** A pass takes no more packs, and packs no more left-over files, so that it never holds up the show. */
const MOST_PACKS = 4;
const MOST_FILES = 64;
/** Packs without a date are looked through up to here for one that has it. */
const MOST_UNDATED = 40;

/**
 * Removes the oldest packs whose segments are all logged and were all closed before `beforeMs` (UTC), as clocks say that the server had set; what was closed under
 * any other clock is as old as what follows it. Receipts are worth something from logs (by their names) that count. The last pack of the newest epoch stays: a restart goes on behind it. Gives the number
 * of packs removed. May throw the file system's errors.
 */
export function pruneJournal(
  files: SegmentFiles,
  beforeMs: number,
  counts: (origin: string) => boolean = () => true,
): number {
  packLeftOver(files);
  const lastEpoch = files.lastEpoch();
  const all = files.packs();
  const kept = all.findLast(({ epoch }) => epoch === lastEpoch);
  const old: PackRef[] = [];
  let undated: PackRef[] = [];
  for (const pack of all) {
    if (pack === kept || old.length >= MOST_PACKS || undated.length >= MOST_UNDATED) break;
    if (!isLogged(files, pack, counts)) break;
    const closedAtMs = newestVouchedMs(files, pack);
    if (closedAtMs === null) {
      undated.push(pack);
    } else if (closedAtMs < beforeMs) {
      old.push(...undated, pack);
      undated = [];
    } else break;
  }
  if (old.length === 0) return 0;
  const dates = datesIn(files, old, beforeMs);
  // First: a day of which something is gone must not be taken for a day that nobody closed. A disk too full for that has room once they are gone.
  ignoringDisk(() => files.addDatesLetGo(dates));
  for (const pack of old) files.removePack(pack);
  files.addDatesLetGo(dates);
  return old.length;
}

/** Stored segments that lie in files of their own: from a time when the disk was full, or from an older version. */
function packLeftOver(files: SegmentFiles): void {
  const left = files.list().filter((file) => file.state === 'stored');
  for (const file of left.slice(0, MOST_FILES)) {
    const segment = files.readSegment(file);
    if (segment) files.pack(file, segment);
  }
}

function isLogged(files: SegmentFiles, pack: PackRef, counts: (origin: string) => boolean): boolean {
  const logged = files.loggedOf(pack, counts);
  return files.readPack(pack).every(({ segment }) => logged.has(segment));
}

/** In a line of canonical JSON the date of service of a play, or that of a day's end. */
const DATE = /"(?:slot|date)":"(\d{4}-\d\d-\d\d)[/"]/g;

/** The dates of service in `packs`; not those still to come, which a clock far ahead made up. */
function datesIn(files: SegmentFiles, packs: readonly PackRef[], beforeMs: number): Set<string> {
  const dates = new Set<string>();
  const last = addDays(new Date(beforeMs).toISOString().slice(0, 10), 1);
  for (const pack of packs) {
    for (const { value } of files.readPack(pack)) {
      for (const [, date = ''] of value.body.matchAll(DATE)) if (date <= last) dates.add(date);
    }
  }
  return dates;
}

function newestVouchedMs(files: SegmentFiles, pack: PackRef): number | null {
  let newest: number | null = null;
  for (const { value } of files.readPack(pack)) {
    const header = segmentHeaderSchema.safeParse(JSON.parse(value.header));
    if (header.success && header.data.clock.source === 'server') newest = Math.max(newest ?? 0, header.data.closedAt);
  }
  return newest;
}
