/** Whether the counts of a day fit, seen without a search and without the plan that a player would carry out. */
import { totalMs } from '../time/interval.ts';
import { askedTasks } from './asked-tasks.ts';
import { firstSweepFits } from './best-sweep.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import type { LoopQueue } from './loop-queue.ts';
import { durationOf } from './pack-task.ts';
import { minimumPlays } from './promised-plays.ts';
import { MAX_SLOTS } from './slot-columns.ts';

/** Up to so much work, tasks times plays, a search is sure to have the budget for a placing without a step back. */
const SEARCHED_UP_TO = 6_000_000;

/**
 * Whether a look without any search shows that the counts of `day` fit. The day promises nothing but counts, and cannot have too many slots
 * ({@link mayOverflowSlots}).
 */
export function fitsAtSight(day: PlanningDay, newLoop: () => LoopQueue): boolean {
  const counts = day.tasks.map(minimumPlays);
  return fitsFreely(day, counts) ?? firstSweepFits(day, counts, newLoop());
}

/** Whether items are so short that a plan might reach the bound on its slots. */
export function mayOverflowSlots(day: PlanningDay): boolean {
  const lengths = [...day.tasks.flatMap(({ rotation }) => rotation.items), ...day.loop].map((item) => item.durationMs);
  return lengths.length > 0 && totalMs(day.openRest) / Math.min(...lengths) > MAX_SLOTS / 2;
}

/**
 * Where the day is one span in which every play may start at any time, plays fit exactly when together they are no longer than it: in any
 * order, one after another. Null on other days.
 */
function fitsFreely(day: PlanningDay, counts: readonly number[]): boolean | null {
  const [span] = day.openRest;
  if (!span || day.openRest.length > 1) return null;
  let many = 0;
  let plays = 0;
  let workMs = 0;
  for (const [task, count] of askedTasks(day, counts)) {
    if (!isFree(task, span)) return null;
    many += 1;
    plays += count;
    workMs += lengthOf(task, count);
  }
  return many * plays > SEARCHED_UP_TO ? null : workMs <= span.endMs - span.startMs;
}

/** Whether plays of `task` may start anywhere in `span`, one right after the other. */
function isFree(task: DayTask, span: { startMs: number; endMs: number }): boolean {
  const [window] = task.rest;
  return (
    task.rest.length === 1 &&
    window?.startMs === span.startMs &&
    window.endMs === span.endMs &&
    task.hourLimit === 0 &&
    task.pastStarts.length === 0 &&
    task.rotation.items.every((item) => task.minGapMs <= item.durationMs)
  );
}

/** How long the first `count` plays of `task` take together, milliseconds. */
function lengthOf(task: DayTask, count: number): number {
  if (task.rotation.items.length === 1) return count * durationOf(task, 0);
  let sumMs = 0;
  for (let k = 0; k < count; k += 1) sumMs += durationOf(task, k);
  return sumMs;
}
