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

type Search = {
  readonly tasks: readonly PackTask[];
  readonly counts: Int32Array;
  readonly starts: number[][];
  readonly seen: Map<string, number[][]> | null;
  /** Indexes of the tasks with limits, whose last starts bind what comes. */
  readonly bound: readonly number[];
  /** Null where no item of the day bears a tag. */
  readonly separation: Separation | null;
  /** Even places of every play that the search goes by; null where it goes by latest starts alone. */
  readonly even: readonly Float64Array[] | null;
};

type Branch = { readonly index: number; readonly startMs: number };

/** A choice on the way: the branches open at it, best first, and the one taken. */
type Choice = { readonly branches: readonly Branch[]; next: number };

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
  const state: Search = {
    tasks,
    counts: new Int32Array(tasks.length),
    starts: tasks.map(({ task }) => [...task.pastStarts]),
    seen: total <= REMEMBER_UP_TO ? new Map() : null,
    bound: tasks.flatMap((pack, index) => (isBound(pack) ? [index] : [])),
    separation,
    even,
  };
  const placed: Placed[] = [];
  const choices: Choice[] = [{ branches: branchesAt(state, Number.NEGATIVE_INFINITY, UNTAGGED), next: 0 }];
  let left = budget;
  for (;;) {
    if (placed.length === total) return { kind: 'found', plays: placed };
    const choice = choices.at(-1);
    if (!choice) return { kind: 'impossible' };
    const branch = choice.branches[choice.next];
    choice.next += 1;
    if (!branch) {
      choices.pop();
      undo(state, placed);
      continue;
    }
    left -= tasks.length;
    if (left < 0) return { kind: 'work-bound' };
    const freeMs = enter(state, placed, branch);
    choices.push({
      branches:
        placed.length === total || isDominated(state, freeMs, tagOf(state, branch))
          ? []
          : branchesAt(state, freeMs, tagOf(state, branch)),
      next: 0,
    });
  }
}

const isBound = ({ task, keepsGap }: PackTask): boolean =>
  task.hourLimit > 0 || task.minGapMs > 0 || (keepsGap && task.maxGapMs !== null);

function enter(search: Search, placed: Placed[], branch: Branch): number {
  const { index, startMs } = branch;
  const played = search.counts[index] ?? 0;
  search.counts[index] = played + 1;
  search.starts[index]?.push(startMs);
  placed.push(branch);
  return startMs + (search.tasks[index]?.durationsMs[played] ?? 0);
}

function undo(search: Search, placed: Placed[]): void {
  const last = placed.pop();
  if (!last) return;
  search.counts[last.index] = (search.counts[last.index] ?? 0) - 1;
  search.starts[last.index]?.pop();
}

/** The plays that may come next, most urgent first; none where some task can no longer get all of its plays in. */
function branchesAt(search: Search, freeMs: number, lastTag: number): Branch[] {
  const found: UrgentBranch[] = [];
  let firstEndMs = Number.POSITIVE_INFINITY;
  for (let index = 0; index < search.tasks.length; index += 1) {
    const pack = search.tasks[index];
    const played = search.counts[index] ?? 0;
    if (!pack || played === pack.plays) continue;
    const starts = search.starts[index] ?? [];
    const durationMs = pack.durationsMs[played] ?? 0;
    const ownLatestMs = pack.latestMs[played] ?? 0;
    const evenMs = search.even?.[index];
    const paceMs = evenMs ? Math.min(ownLatestMs, evenMs[played - LEAD] ?? freeMs) : freeMs;
    const startMs = earliestMs(search, pack, Math.max(paceMs, limitMs(pack.task, starts)), durationMs, freeMs, lastTag);
    const isGapKept = pack.keepsGap && pack.task.maxGapMs !== null;
    const latestMs = isGapKept ? Math.min(ownLatestMs, gapEndMs(pack, starts, startMs)) : ownLatestMs;
    if (startMs > latestMs) return [];
    firstEndMs = Math.min(firstEndMs, startMs + durationMs);
    insert(found, {
      index,
      startMs,
      urgencyMs: Math.min(latestMs, evenMs?.[played] ?? latestMs),
    });
  }
  // What starts only after another could have been over leaves a hole that the other would fill for nothing. With tags a play put into
  // a hole becomes a neighbour, so that there no such branch may be cut.
  if (search.separation !== null || found.every((branch) => branch.startMs < firstEndMs)) return found;
  return found.filter((branch) => branch.startMs < firstEndMs);
}

/** A branch and what it is taken by: its latest start, or its even place if that is sooner. */
type UrgentBranch = Branch & { readonly urgencyMs: number };

/** Puts a branch behind all that are as urgent. */
function insert(branches: UrgentBranch[], branch: UrgentBranch): void {
  let at = branches.length;
  branches.push(branch);
  while (at > 0) {
    const before = branches[at - 1];
    if (!before || before.urgencyMs <= branch.urgencyMs) break;
    branches[at] = before;
    at -= 1;
  }
  branches[at] = branch;
}

const tagOf = ({ tasks }: Search, { index }: Branch): number => tasks[index]?.task.tag ?? UNTAGGED;

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
