/** First counts for a day that asks for far more plays than any day holds, so that what is looked at play by play is bounded. */
import type { Interval } from '../time/interval.ts';
import { totalMs } from '../time/interval.ts';
import { askedTasks } from './asked-tasks.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import { shortestMs } from './item-rotation.ts';
import { soloCount } from './pack-task.ts';
import { MAX_SLOTS } from './slot-columns.ts';

/** A day that could be asked for more plays than this is huge. A screen with films of five seconds shows 17,280 a day. */
const HUGE_PLAYS = 50_000;

/** Most plays of a task that its windows could hold, by its shortest item alone. */
const roomFor = (task: DayTask, roomMs: number): number => Math.floor(roomMs / shortestMs(task.rotation));

/** Whether `counts` are proved to be too many by their sum alone: more time than is open, or more slots than a plan may have. */
export function exceedsDay(day: PlanningDay, counts: readonly number[]): boolean {
  let plays = 0;
  let workMs = 0;
  for (const [task, count] of askedTasks(day, counts)) {
    plays += count;
    workMs += count * shortestMs(task.rotation);
  }
  return plays > MAX_SLOTS || workMs > totalMs(day.openRest);
}

/** What a sweep for `counts` costs at most: every play moves its task among all tasks. */
export const sweepWork = (day: PlanningDay, counts: readonly number[]): number =>
  day.tasks.length * counts.reduce((sum, count) => sum + count, 0);

/** Whether settling `wanted` plays one by one would be too much work. */
export function isHuge(day: PlanningDay, wanted: readonly number[]): boolean {
  let plays = 0;
  day.tasks.forEach((task, i) => {
    plays += Math.min(wanted[i] ?? 0, roomFor(task, task.restMs));
  });
  return plays > HUGE_PLAYS;
}

/** Counts to begin with, and the tasks whose counts were cut because others stand before them, not because of their own limits. */
export type FirstCounts = { readonly counts: number[]; readonly cut: readonly number[] };

/**
 * Gives time to one task after another, in `order` (most important first), until windows, the day or the slots of a plan are used up.
 * Every play counted takes some of them, so that the work is bounded however much is asked for.
 */
export function firstCounts(day: PlanningDay, wanted: readonly number[], order: readonly number[]): FirstCounts {
  const counts = day.tasks.map(() => 0);
  const cut: number[] = [];
  const leftIn = new Map<readonly Interval[], number>();
  let leftMs = totalMs(day.openRest);
  let leftPlays = MAX_SLOTS;
  for (const i of order) {
    const task = day.tasks[i];
    if (!task) continue;
    const windowMs = leftIn.get(task.rest) ?? task.restMs;
    const asked = Math.min(wanted[i] ?? 0, roomFor(task, task.restMs));
    const room = Math.max(0, Math.min(leftPlays, roomFor(task, Math.min(windowMs, leftMs))));
    const count = soloCount(task, Math.min(asked, room));
    if (count === room && room < asked) cut.push(i);
    const workMs = count * shortestMs(task.rotation);
    counts[i] = count;
    leftIn.set(task.rest, windowMs - workMs);
    leftMs -= workMs;
    leftPlays -= count;
  }
  return { counts, cut };
}
