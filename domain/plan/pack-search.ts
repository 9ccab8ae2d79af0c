/** Search for any placing of the promised plays, rhythm or not: what is left when sweeps have failed. */
import { limitMs, type PackTask } from './pack-task.ts';
import { UNTAGGED } from './separation.ts';
import { firstTaggedStart, type Separation } from './tagged-start.ts';
import { firstStartIn } from './window-time.ts';

/** One placed play: index of the task in the list searched, and its start. */
export type Placed = { readonly index: number; readonly startMs: number };

/** What a search came to: a placing in order of time, the proof that there is none, or the end of its budget. */
export type PackOutcome =
  | { readonly kind: 'found'; readonly plays: Placed[] }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'work-bound' };

/** Above so many plays states are too many to be worth remembering. */
const REMEMBER_UP_TO = 240;

/** Branches looked at for an even sequence, per play. */
const EVEN_TRIES = 2;

/** In an even sequence no play starts before the even place of the one so many before it: a full day may not stand idle, but nobody may run away. */
const LEAD = 3;

/** So many incomparable states are remembered for one set of counts. */
const STATES_PER_COUNTS = 12;

/**
 * A state of the search: plays placed, and the choices that led to them. The branches of all choices lie in one stack, the last choice's on
 * top, each choice's most urgent first; a search looks at millions of them, for which objects would be too many.
 */
type Search = {
  readonly tasks: readonly PackTask[];
  readonly counts: Int32Array;
  readonly starts: number[][];
  /** First instants at which the tasks' limits allow their next starts. */
  readonly allowedMs: Float64Array;
  readonly seen: Map<string, number[][]> | null;
  /** Indexes of the tasks with limits, whose last starts bind what comes. */
  readonly bound: readonly number[];
  /** Null where no item of the day bears a tag. */
  readonly separation: Separation | null;
  /** Even places of every play that the search goes by; null where it goes by latest starts alone. */
  readonly even: readonly Float64Array[] | null;
  /** The stack of branches: task, start, and what the branch is taken by, its latest start or its even place if that is sooner. */
  readonly index: number[];
  readonly startMs: number[];
  readonly urgencyMs: number[];
  /** Per choice the stack's height below its branches, and the position of the branch to take next. */
  readonly below: number[];
  readonly next: number[];
};

/**
 * Depth-first over which task plays next, each play as early as the ones before allow: every limit here is a least distance, so a
 * placing that keeps them all can be moved left to such a one, and the search is complete (active schedules, Giffler & Thompson 1960).
 * Branches go by latest start; states no better than one seen before are cut. `budget` is in branches looked at times tasks.
 * With `separation` no two plays of a tag follow each other without a loop item of another one between.
 */
export const packSearch = (
  tasks: readonly PackTask[],
  budget: number,
  separation: Separation | null = null,
): PackOutcome => search(tasks, budget, separation, null);

/**
 * The plays of `found`, a placing, in an order that goes by their `even` places. By latest starts alone what has the most to do goes first
 * and everything else waits for hours; here tasks take turns. Where that comes to no placing soon, `found` stands.
 */
export function evenSequence(
  tasks: readonly PackTask[],
  found: readonly Placed[],
  even: readonly Float64Array[],
  separation: Separation | null,
): readonly Placed[] {
  const outcome = search(tasks, EVEN_TRIES * found.length * tasks.length, separation, even);
  return outcome.kind === 'found' ? outcome.plays : found;
}

function search(
  tasks: readonly PackTask[],
  budget: number,
  separation: Separation | null,
  even: readonly Float64Array[] | null,
): PackOutcome {
  const total = tasks.reduce((sum, task) => sum + task.plays, 0);
  const starts = tasks.map(({ task }) => [...task.pastStarts]);
  const state: Search = {
    tasks,
    counts: new Int32Array(tasks.length),
    starts,
    allowedMs: Float64Array.from(tasks, ({ task }, index) => limitMs(task, starts[index] ?? [])),
    seen: total <= REMEMBER_UP_TO ? new Map() : null,
    bound: tasks.flatMap((pack, index) => (isBound(pack) ? [index] : [])),
    separation,
    even,
    index: [],
    startMs: [],
    urgencyMs: [],
    below: [],
    next: [],
  };
  openChoice(state);
  addBranches(state, Number.NEGATIVE_INFINITY, UNTAGGED);
  let left = budget;
  // Every play placed was one choice, and one more is open.
  while (state.below.length <= total) {
    const choice = state.below.length - 1;
    if (choice < 0) return { kind: 'impossible' };
    const at = state.next[choice] ?? 0;
    if (at === state.index.length) {
      closeChoice(state);
      continue;
    }
    state.next[choice] = at + 1;
    left -= tasks.length;
    if (left < 0) return { kind: 'work-bound' };
    const index = state.index[at] ?? 0;
    const freeMs = enter(state, index, state.startMs[at] ?? 0);
    const tag = tasks[index]?.task.tag ?? UNTAGGED;
    openChoice(state);
    if (choice + 1 < total && !isDominated(state, freeMs, tag)) addBranches(state, freeMs, tag);
  }
  return { kind: 'found', plays: placedPlays(state) };
}

const isBound = ({ task, keepsGap }: PackTask): boolean =>
  task.hourLimit > 0 || task.minGapMs > 0 || (keepsGap && task.maxGapMs !== null);

/** Begins a choice without branches. */
function openChoice({ index, below, next }: Search): void {
  below.push(index.length);
  next.push(index.length);
}

/** Gives up the last choice, and the play that led to it. */
function closeChoice(search: Search): void {
  const { index, below, next } = search;
  dropBranches(search, below.pop() ?? 0);
  next.pop();
  const before = next.at(-1);
  if (before !== undefined) leave(search, index[before - 1] ?? 0);
}

function dropBranches({ index, startMs, urgencyMs }: Search, height: number): void {
  index.length = height;
  startMs.length = height;
  urgencyMs.length = height;
}

/** The branches taken on the way to the last choice. */
const placedPlays = ({ index, startMs, next }: Search): Placed[] =>
  next.slice(0, -1).map((after) => ({ index: index[after - 1] ?? 0, startMs: startMs[after - 1] ?? 0 }));

/** Places a play; gives its end. */
function enter(search: Search, index: number, startMs: number): number {
  const played = search.counts[index] ?? 0;
  search.counts[index] = played + 1;
  search.starts[index]?.push(startMs);
  bindNext(search, index);
  return startMs + (search.tasks[index]?.durationsMs[played] ?? 0);
}

function leave(search: Search, index: number): void {
  search.counts[index] = (search.counts[index] ?? 0) - 1;
  search.starts[index]?.pop();
  bindNext(search, index);
}

function bindNext({ tasks, starts, allowedMs }: Search, index: number): void {
  const pack = tasks[index];
  if (pack) allowedMs[index] = limitMs(pack.task, starts[index] ?? []);
}

/** Adds the plays that may come next to the last choice, most urgent first; none where some task can no longer get all of its plays in. */
function addBranches(search: Search, freeMs: number, lastTag: number): void {
  const from = search.index.length;
  let firstEndMs = Number.POSITIVE_INFINITY;
  for (let index = 0; index < search.tasks.length; index += 1) {
    const pack = search.tasks[index];
    const played = search.counts[index] ?? 0;
    if (!pack || played === pack.plays) continue;
    const durationMs = pack.durationsMs[played] ?? 0;
    const ownLatestMs = pack.latestMs[played] ?? 0;
    const evenMs = search.even?.[index];
    const paceMs = evenMs ? Math.min(ownLatestMs, evenMs[played - LEAD] ?? freeMs) : freeMs;
    const allowedMs = search.allowedMs[index] ?? 0;
    const startMs = earliestMs(search, pack, Math.max(paceMs, allowedMs), durationMs, freeMs, lastTag);
    const isGapKept = pack.keepsGap && pack.task.maxGapMs !== null;
    const latestMs = isGapKept
      ? Math.min(ownLatestMs, gapEndMs(pack, search.starts[index] ?? [], startMs))
      : ownLatestMs;
    if (startMs > latestMs) {
      dropBranches(search, from);
      return;
    }
    firstEndMs = Math.min(firstEndMs, startMs + durationMs);
    insert(search, from, index, startMs, Math.min(latestMs, evenMs?.[played] ?? latestMs));
  }
  // What starts only after another could have been over leaves a hole that the other would fill for nothing. With tags a play put into
  // a hole becomes a neighbour, so that there no such branch may be cut.
  if (search.separation === null) keepStartsBefore(search, from, firstEndMs);
}

/** Puts a branch behind all from `from` on that are as urgent. */
function insert(search: Search, from: number, index: number, startMs: number, urgencyMs: number): void {
  let at = search.index.length;
  for (; at > from && (search.urgencyMs[at - 1] ?? 0) > urgencyMs; at -= 1) copyBranch(search, at - 1, at);
  search.index[at] = index;
  search.startMs[at] = startMs;
  search.urgencyMs[at] = urgencyMs;
}

/** Drops the branches from `from` on that start at `endMs` or later. */
function keepStartsBefore(search: Search, from: number, endMs: number): void {
  let kept = from;
  for (let at = from; at < search.index.length; at += 1) {
    if ((search.startMs[at] ?? 0) >= endMs) continue;
    if (kept < at) copyBranch(search, at, kept);
    kept += 1;
  }
  dropBranches(search, kept);
}

function copyBranch({ index, startMs, urgencyMs }: Search, from: number, to: number): void {
  index[to] = index[from] ?? 0;
  startMs[to] = startMs[from] ?? 0;
  urgencyMs[to] = urgencyMs[from] ?? 0;
}

function earliestMs(
  { separation }: Search,
  { task }: PackTask,
  allowedMs: number,
  durationMs: number,
  freeMs: number,
  lastTag: number,
): number {
  const fromMs = Math.max(freeMs, allowedMs);
  if (!separation) return firstStartIn(task.rest, fromMs, durationMs);
  return firstTaggedStart(separation, { windows: task.rest, durationMs, tag: task.tag }, fromMs, freeMs, lastTag);
}

/** The instant by which a play that can start from `startMs` must start to keep the largest gap; windows that closed since the last start excuse it. */
function gapEndMs({ task, keepsGap }: PackTask, starts: readonly number[], startMs: number): number {
  const last = starts.at(-1);
  if (!keepsGap || task.maxGapMs === null || last === undefined) return Number.POSITIVE_INFINITY;
  const window = task.rest.find((span) => span.startMs <= last && startMs < span.endMs);
  return window ? last + task.maxGapMs : Number.POSITIVE_INFINITY;
}

/** Whether a state with the same counts was seen that is free no later and whose limits bind no later; else this one is remembered. */
function isDominated(search: Search, freeMs: number, lastTag: number): boolean {
  if (!search.seen) return false;
  const key = search.separation ? `${search.counts.join()}|${lastTag}` : search.counts.join();
  const state = stateOf(search, freeMs);
  const known = search.seen.get(key);
  if (!known) {
    search.seen.set(key, [state]);
    return false;
  }
  for (const other of known) if (isNoLater(other, state)) return true;
  if (known.length < STATES_PER_COUNTS) known.push(state);
  return false;
}

/** When the screen is free and the starts that bind what comes: the later each of them, the worse. */
function stateOf(search: Search, freeMs: number): number[] {
  const state = [freeMs];
  for (const index of search.bound) {
    const pack = search.tasks[index];
    const starts = search.starts[index] ?? [];
    if (!pack) continue;
    const { task, keepsGap } = pack;
    const last = starts[starts.length - 1] ?? Number.NEGATIVE_INFINITY;
    // A largest gap makes an earlier start the worse one, so there both directions have to agree.
    if (keepsGap && task.maxGapMs !== null) state.push(last, -last);
    if (task.hourLimit > 0)
      for (let k = 1; k <= task.hourLimit; k += 1) state.push(starts[starts.length - k] ?? Number.NEGATIVE_INFINITY);
    else if (task.minGapMs > 0) state.push(last);
  }
  return state;
}

function isNoLater(state: readonly number[], than: readonly number[]): boolean {
  for (let k = 0; k < than.length; k += 1) if ((state[k] ?? 0) > (than[k] ?? 0)) return false;
  return true;
}
