/** How much work has to be done by when: the necessary conditions that prove a day overbooked. */
import type { Interval } from '../time/interval.ts';
import type { PackTask } from './pack-task.ts';
import { durationOf, limitMs } from './pack-task.ts';
import { firstStartIn, windowTimeBetween } from './window-time.ts';

/** Most starts and most ends of windows looked at, and most work: (starts × ends × tasks). A proof missed costs a search, not a promise. */
const MAX_BOUNDS = 48;
const MAX_WORK = 2_000_000;

/** A span into which more work has to go than there is open time: by `overflowMs`, from the tasks at `indexes` of
 * the list, `forced[k]` plays of the k-th of them. */
export type Overload = {
  readonly startMs: number;
  readonly endMs: number;
  readonly overflowMs: number;
  readonly indexes: number[];
  readonly forced: number[];
};

/**
 * The span with the largest overflow (of equal ones the shortest), or null where none is proved. For every start a and end b of windows: a task's plays that fit
 * neither before a nor after b, even if it had the screen for itself, must lie in [a, b].
 */
export function worstOverload(tasks: readonly PackTask[], open: readonly Interval[]): Overload | null {
  const starts = bounds(tasks, open, (span) => span.startMs);
  const ends = bounds(tasks, open, (span) => span.endMs);
  const before = tasks.map((task) => starts.map((at) => countBefore(task, at)));
  const after = tasks.map((task) => ends.map((at) => countAfter(task, at)));
  let worst: { startMs: number; endMs: number; overflowMs: number; a: number; b: number } | null = null;
  starts.forEach((startMs, a) => {
    ends.forEach((endMs, b) => {
      if (endMs <= startMs) return;
      const overflowMs = forcedWork(tasks, before, after, a, b) - windowTimeBetween(open, startMs, endMs);
      if (overflowMs > 0 && isWorse(worst, startMs, endMs, overflowMs)) worst = { startMs, endMs, overflowMs, a, b };
    });
  });
  return worst && overloadOf(tasks, before, after, worst);
}

/** A larger overflow is worse; of equal ones the shortest span says most. */
const isWorse = (
  worst: { startMs: number; endMs: number; overflowMs: number } | null,
  startMs: number,
  endMs: number,
  overflowMs: number,
): boolean =>
  worst === null ||
  overflowMs > worst.overflowMs ||
  (overflowMs === worst.overflowMs && endMs - startMs < worst.endMs - worst.startMs);

type Counts = readonly (readonly number[])[];

function forcedWork(tasks: readonly PackTask[], before: Counts, after: Counts, a: number, b: number): number {
  let workMs = 0;
  for (let i = 0; i < tasks.length; i += 1) {
    const task = tasks[i];
    if (task) workMs += forcedMs(task, before[i]?.[a] ?? 0, after[i]?.[b] ?? 0);
  }
  return workMs;
}

function overloadOf(
  tasks: readonly PackTask[],
  before: Counts,
  after: Counts,
  at: { startMs: number; endMs: number; overflowMs: number; a: number; b: number },
): Overload {
  const plays = tasks.map((task, i) => task.plays - (before[i]?.[at.a] ?? 0) - (after[i]?.[at.b] ?? 0));
  const indexes = tasks.map((_, i) => i).filter((i) => (plays[i] ?? 0) > 0);
  const { startMs, endMs, overflowMs } = at;
  return { startMs, endMs, overflowMs, indexes, forced: indexes.map((i) => plays[i] ?? 0) };
}

/** The least time that the plays that fit neither before nor after take: the shortest of them, as any could be moved out. */
function forcedMs(task: PackTask, before: number, after: number): number {
  const forced = task.plays - before - after;
  if (forced <= 0) return 0;
  const uniform = task.durationsMs[0] ?? 0;
  if (task.task.rotation.items.length === 1) return forced * uniform;
  return task.durationsMs
    .toSorted()
    .subarray(0, forced)
    .reduce((sum, ms) => sum + ms, 0);
}

/** How many plays can start before `atMs`. */
function countBefore({ task, plays }: PackTask, atMs: number): number {
  const starts = [...task.pastStarts];
  let freeMs = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < plays; k += 1) {
    const startMs = firstStartIn(task.rest, Math.max(freeMs, limitMs(task, starts)), durationOf(task, k));
    if (startMs >= atMs) return k;
    starts.push(startMs);
    freeMs = startMs + durationOf(task, k);
  }
  return plays;
}

/** How many plays can end after `atMs`. */
function countAfter({ plays, latestMs, durationsMs }: PackTask, atMs: number): number {
  for (let k = plays - 1; k >= 0; k -= 1) {
    if ((latestMs[k] ?? 0) + (durationsMs[k] ?? 0) <= atMs) return plays - 1 - k;
  }
  return plays;
}

/** The distinct edges in order, thinned out evenly (keeping the first and the last) where there are too many. */
function bounds(tasks: readonly PackTask[], open: readonly Interval[], edge: (span: Interval) => number): number[] {
  const all = [...new Set([...open, ...tasks.flatMap(({ task }) => task.rest)].map(edge))].sort((x, y) => x - y);
  const most = Math.max(2, Math.min(MAX_BOUNDS, Math.floor(Math.sqrt(MAX_WORK / (tasks.length + 1)))));
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, k) => all[Math.round((k * (all.length - 1)) / (most - 1))] ?? 0);
}
