/** The plays of a swept day as a list that can be put in another order: each with its room and its distances. */
import type { DayTask, PlanningDay } from './day-task.ts';
import type { RhythmGoal } from './rhythm-goals.ts';
import type { Sweep } from './rhythm-pass.ts';

const HOUR_MS = 3_600_000;

/**
 * Plays by id; those of one task have consecutive ids, between a guard before the first and one after the last, which stand for what was shown
 * before or would come next. `seq` has the ids in order of time (without guards) and `place` the place of each in it. A play starts between
 * `earliestMs` and `latestMs`. `perMean[id]` is 1 / mean distance for the gap before play `id`, 0 where that gap does not count.
 */
export type PlayOrder = {
  readonly seq: Int32Array;
  readonly place: Int32Array;
  readonly taskOf: Int32Array;
  readonly nth: Int32Array;
  readonly startMs: Float64Array;
  readonly durationMs: Float64Array;
  readonly earliestMs: Float64Array;
  readonly latestMs: Float64Array;
  readonly minGapMs: Float64Array;
  readonly perMean: Float64Array;
};

/** The order in which `sweep` has placed its plays. A promise kept inside its horizon may not leave it again. */
export function playOrder(day: PlanningDay, goals: readonly RhythmGoal[], { slots, state }: Sweep): PlayOrder {
  const nextId = new Int32Array(day.tasks.length);
  let ids = 0;
  let plays = 0;
  for (let i = 0; i < nextId.length; i += 1) {
    nextId[i] = ids + 1;
    ids += (state.rhythms[i]?.played ?? 0) + 2;
    plays += state.rhythms[i]?.played ?? 0;
  }
  const order = emptyOrder(plays, ids);
  let at = 0;
  for (let k = 0; k < slots.startMs.length; k += 1) {
    const i = slots.task[k] ?? 0;
    const task = i < 0 ? undefined : day.tasks[i];
    if (!task) continue;
    const id = nextId[i] ?? 0;
    nextId[i] = id + 1;
    order.seq[at] = id;
    order.place[id] = at;
    order.taskOf[id] = i;
    order.startMs[id] = slots.startMs[k] ?? 0;
    order.durationMs[id] = task.rotation.items[slots.item[k] ?? 0]?.durationMs ?? 0;
    at += 1;
  }
  for (let i = 0; i < nextId.length; i += 1) {
    const task = day.tasks[i];
    const goal = goals[i];
    const count = state.rhythms[i]?.played ?? 0;
    if (task && goal) enterTask(order, day, task, goal, (nextId[i] ?? 0) - count, count);
  }
  return order;
}

/** An order for so many plays, without any yet; `ids` counts them and their guards. */
export const emptyOrder = (plays: number, ids: number): PlayOrder => ({
  seq: new Int32Array(plays),
  place: new Int32Array(ids),
  taskOf: new Int32Array(ids).fill(-1),
  nth: new Int32Array(ids),
  startMs: new Float64Array(ids),
  durationMs: new Float64Array(ids),
  earliestMs: new Float64Array(ids),
  latestMs: new Float64Array(ids),
  minGapMs: new Float64Array(ids),
  perMean: new Float64Array(ids),
});

/** Enters room and distances of the `count` plays of a task from id `first` on, and its guards. */
function enterTask(
  order: PlayOrder,
  day: PlanningDay,
  task: DayTask,
  goal: RhythmGoal,
  first: number,
  count: number,
): void {
  const { startMs, perMean, minGapMs, nth } = order;
  const firstMs = startMs[first] ?? 0;
  const lastMs = startMs[first + count - 1] ?? 0;
  const meanMs = count < 2 ? goal.periodMs : (lastMs - firstMs) / (count - 1);
  const before = task.pastStarts.at(-1);
  let windowBefore = -1;
  for (let k = 0; k < count; k += 1) {
    const id = first + k;
    const window = enterRoom(order, day, task, id, k);
    nth[id] = k;
    if (k + 1 === goal.needed) keepInHorizon(order, day, task, goal, id);
    // Only gaps inside one window can be evened out; the guards hold the first and the last play near where they are.
    perMean[id] = k === 0 || window === windowBefore ? 1 / meanMs : 0;
    minGapMs[id] = k === 0 ? 0 : task.minGapMs;
    windowBefore = window;
  }
  startMs[first - 1] = Math.min(before ?? Number.POSITIVE_INFINITY, firstMs - meanMs);
  startMs[first + count] = lastMs + meanMs;
  perMean[first + count] = 1 / meanMs;
}

/** Enters between what instants play `id`, the `k`-th of `task`, may start, and gives the number of its window. */
function enterRoom(order: PlayOrder, day: PlanningDay, task: DayTask, id: number, k: number): number {
  const startMs = order.startMs[id] ?? 0;
  const window = task.rest.findIndex((span) => span.startMs <= startMs && startMs < span.endMs);
  const span = day.openRest.find((open) => open.startMs <= startMs && startMs < open.endMs);
  const { pastStarts, hourLimit, minGapMs } = task;
  const before = k === 0 ? pastStarts.at(-1) : undefined;
  const hourBefore = k < hourLimit ? pastStarts[pastStarts.length + k - hourLimit] : undefined;
  order.earliestMs[id] = Math.max(
    task.rest[window]?.startMs ?? startMs,
    span?.startMs ?? startMs,
    before === undefined ? 0 : before + minGapMs,
    hourBefore === undefined ? 0 : hourBefore + HOUR_MS,
  );
  const endMs = Math.min(task.rest[window]?.endMs ?? startMs, span?.endMs ?? startMs);
  order.latestMs[id] = Math.max(startMs, endMs - (order.durationMs[id] ?? 0));
  return window;
}

/** The play that keeps the promise starts no later than it does, or than its horizon allows. */
function keepInHorizon(order: PlayOrder, day: PlanningDay, task: DayTask, goal: RhythmGoal, id: number): void {
  const startMs = order.startMs[id] ?? 0;
  const [window] = task.rest;
  const isOne = window !== undefined && task.rest.length === 1;
  const endMs = isOne ? Math.floor(Math.max(day.nowMs, window.startMs) + goal.horizonMs) : 0;
  order.latestMs[id] = Math.min(
    order.latestMs[id] ?? 0,
    Math.max(startMs, endMs - Math.ceil(Math.max(task.meanDurationMs, order.durationMs[id] ?? 0))),
  );
}
