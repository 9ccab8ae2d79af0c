/** Makes a bundle from what is stored: the parts in their order, for whoever writes them down. */
import type { BundlePart, BundleSubject } from '../../domain/bundle/bundle-part.ts';
import type { LogEntry } from '../../domain/proof/log-entry.ts';
import { bodyLines } from '../../domain/proof/segment.ts';
import { startOfDayMs } from '../../domain/time/zone-time.ts';
import { toBase64 } from '../../domain/tlog/base64.ts';
import { isEqual } from '../../domain/tlog/tree.ts';
import { MAX_BUNDLE_ENTRIES } from '../../protocol/bundle.ts';
import { readLogEntry } from '../../protocol/log-entry.ts';
import { Failure } from '../failure.ts';
import type { Ledger } from '../stores/ledger-store.ts';
import type { KeptCheckpoint } from '../stores/log-store.ts';
import { StoreError } from '../stores/store-error.ts';
import { checkpointOf } from '../tlog/log-head.ts';
import { type LogTree, openLogTree } from '../tlog/log-tree.ts';
import { type ChosenRun, chooseSegments, rowsOf } from './bundle-source.ts';

/** A screen of a bundle, with the zone of its dates. */
export type BundleScreen = { id: string; timeZone: string };

/** How long before its first segment a bundle looks for a checkpoint that bounds it. */
const BEFORE_MS = 3 * 3_600_000;

/**
 * The parts. Throws a `Failure` `not-found` where nothing was signed yet, and `StoreError` `damaged` where the log is not what its checkpoint says. The
 * bundle holds what the newest kept checkpoint holds.
 */
export async function* bundleParts(
  ledger: Ledger,
  subject: BundleSubject,
  screens: readonly BundleScreen[],
): AsyncGenerator<BundlePart> {
  const newest = (await ledger.log.checkpointsSince(Number.MAX_SAFE_INTEGER)).at(-1);
  if (!newest) throw new Failure('not-found', 'no checkpoint of the log is kept yet: nothing can be proved');
  const { size, note } = newest;
  const tree = await openLogTree(ledger.log, size);
  if (!isEqual(tree.root(), checkpointOf(note).root)) {
    throw new StoreError('damaged', `the log's ${size} entries are not those of its checkpoint`);
  }
  const runs: ChosenRun[] = [];
  for (const { id, timeZone } of screens) runs.push(await chooseSegments(ledger, id, { ...subject, timeZone }, size));
  const given = await givenBefore(ledger.log, subject.from, screens, firstShown(runs, size));
  const { from, kept } = await rangeOf(ledger, newest, given);
  yield { type: 'bundle', format: 1, ...subject, checkpoint: note };
  const programs = new Set(runs.flatMap((run) => [...run.programs]));
  const isOf = new Set(subject.screens);
  const devices = new Set(runs.flatMap(({ segments }) => segments.map(({ device }) => device)));
  yield* earlierEntries(ledger, tree, from, isOf, devices, programs);
  yield { type: 'range', from, roots: (await tree.subtrees(from)).map(toBase64) };
  for (const checkpoint of kept) yield { type: 'checkpoint', note: checkpoint.note };
  yield* laterEntries(ledger, { from, size }, runs, isOf, programs);
  for (const hash of [...programs].sort()) {
    const body = await ledger.documents.get(hash);
    if (body !== null) yield { type: 'program', body };
  }
  for (const run of runs.toSorted((a, b) => (deviceOf(a) < deviceOf(b) ? -1 : 1))) {
    for await (const { header, signature, body } of rowsOf(ledger, run)) {
      yield { type: 'segment', signature, header, records: bodyLines(body) };
    }
  }
  yield { type: 'end' };
}

const deviceOf = (run: ChosenRun): string => run.segments[0]?.device ?? '';

/** Index of the first entry that the bundle shows, or that its devices had seen. */
function firstShown(runs: readonly ChosenRun[], size: number): number {
  const indexes = runs.flatMap(({ segments, beacons }) => [
    ...segments.map(({ index }) => index),
    ...[...beacons].filter((seen) => seen > 0),
  ]);
  return indexes.reduce((first, index) => Math.min(first, index), size);
}

/**
 * Index at or before `first` from which on all entries show what program each screen had when `date` began: the last that it had been given before, or else the
 * first of all.
 */
async function givenBefore(
  log: Ledger['log'],
  date: string,
  screens: readonly BundleScreen[],
  first: number,
): Promise<number> {
  const open = new Map(screens.map(({ id, timeZone }) => [id, startOfDayMs(date, timeZone)]));
  let given = first;
  for (let to = first; open.size > 0 && to > 0; to -= MAX_BUNDLE_ENTRIES) {
    const from = Math.max(0, to - MAX_BUNDLE_ENTRIES);
    const page = await log.entries(from, to);
    for (let k = page.length - 1; k >= 0; k -= 1) {
      const text = page[k] ?? '';
      const entry = text.includes('"kind":"assignment"') ? readLogEntry(text) : null;
      const opensMs = entry?.kind === 'assignment' ? open.get(entry.screen) : undefined;
      if (entry?.kind !== 'assignment' || opensMs === undefined) continue;
      given = from + k;
      if (entry.atMs <= opensMs) open.delete(entry.screen);
      if (open.size === 0) return given;
    }
  }
  return given;
}

/** Where the range begins, and the checkpoints kept since: with one from before anything that the bundle shows. */
async function rangeOf(
  { log }: Ledger,
  newest: KeptCheckpoint,
  first: number,
): Promise<{ from: number; kept: KeptCheckpoint[] }> {
  const all = await log.checkpointsSince(0);
  const bounding = all.findLastIndex(({ size }) => size <= first);
  const boundingMs = all[bounding]?.atMs;
  const start = boundingMs === undefined ? -1 : all.findLastIndex(({ atMs }) => atMs <= boundingMs - BEFORE_MS);
  const kept = all.slice(Math.max(0, start < 0 ? bounding : start)).filter(({ size }) => size <= newest.size);
  return { from: Math.min(first, kept[0]?.size ?? first), kept };
}

/** What of the entries before the range the bundle rests on: keys of its screens, its programs, what the screens were last given, and what of its devices was refused. */
async function* earlierEntries(
  { log }: Ledger,
  tree: LogTree,
  before: number,
  screens: ReadonlySet<string>,
  devices: ReadonlySet<string>,
  programs: Set<string>,
): AsyncGenerator<BundlePart> {
  const entries = new Map<string, { index: number; text: string; entry: LogEntry }>();
  for (let at = 0; at < before; at += MAX_BUNDLE_ENTRIES) {
    const page = await log.entries(at, Math.min(before, at + MAX_BUNDLE_ENTRIES));
    for (const [k, text] of page.entries()) {
      if (!EARLIER.test(text)) continue;
      const entry = readLogEntry(text);
      const key = entry && keyOf(entry, screens, devices);
      if (entry && key !== null) entries.set(key, { index: at + k, text, entry });
    }
  }
  const lastGiven = new Map<string, string>();
  for (const { entry } of [...entries.values()].sort((a, b) => a.index - b.index)) {
    if (entry.kind === 'assignment') lastGiven.set(entry.screen, entry.program);
  }
  for (const program of lastGiven.values()) programs.add(program);
  for (const { index, text, entry } of [...entries.values()].sort((a, b) => a.index - b.index)) {
    const isNeeded =
      entry.kind === 'program' ? programs.has(entry.hash) : entry.kind !== 'assignment' || programs.has(entry.program);
    if (isNeeded) yield { type: 'entry', index, proof: (await tree.inclusion(index)).map(toBase64), entry: text };
  }
}

/** Kinds of which an earlier entry may matter. */
const EARLIER = /"kind":"(assignment|enrolment|endorsement|retirement|program|fork|quarantine|succession)"/;

/** Of several entries with one key the last is enough; null: of no matter here. */
function keyOf(entry: LogEntry, screens: ReadonlySet<string>, devices: ReadonlySet<string>): string | null {
  switch (entry.kind) {
    case 'program':
      return `program ${entry.hash}`;
    case 'assignment':
      return screens.has(entry.screen) ? `assignment ${entry.screen} ${entry.program}` : null;
    case 'enrolment':
    case 'retirement':
      return screens.has(entry.screen) ? `${entry.kind} ${entry.device} ${entry.atMs}` : null;
    case 'endorsement':
      return screens.has(entry.screen) ? `endorsement ${entry.enrolment} ${entry.signature}` : null;
    case 'succession':
      return `succession ${entry.origin}`;
    case 'fork':
    case 'quarantine':
      return devices.has(entry.device) ? `${entry.kind} ${entry.hash}` : null;
    default:
      return null;
  }
}

/** The range's entries. Programs that they give to the screens are noted. */
async function* laterEntries(
  { log }: Ledger,
  { from, size }: { from: number; size: number },
  runs: readonly ChosenRun[],
  screens: ReadonlySet<string>,
  programs: Set<string>,
): AsyncGenerator<BundlePart> {
  const heads = [...new Set(runs.flatMap(({ beacons }) => [...beacons]))].sort((a, b) => a - b);
  let next = heads.findIndex((head) => head >= from);
  for (let at = from; at < size; at += MAX_BUNDLE_ENTRIES) {
    const to = Math.min(size, at + MAX_BUNDLE_ENTRIES);
    const entries = await log.entries(at, to);
    for (const text of entries) {
      const given = text.includes('"kind":"assignment"') ? readLogEntry(text) : null;
      if (given?.kind === 'assignment' && screens.has(given.screen)) programs.add(given.program);
    }
    const within: number[] = [];
    for (let head = heads[next]; next >= 0 && head !== undefined && head <= to; head = heads[next]) {
      within.push(head);
      next += 1;
    }
    yield { type: 'entries', heads: within, entries };
  }
}
