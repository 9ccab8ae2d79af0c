/** How many plays of a commitment a screen has room for beside all else that it has promised. */
import { type Interval, intersectIntervals, totalMs } from '../time/interval.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import { soloCount } from './pack-task.ts';
import { promisedPlays } from './promised-plays.ts';

/**
 * Plays of the commitment `id` that the rest of `day` has room for: the time of its windows that the promises of the others leave, over the
 * mean length of its items, within its own limits. 0 where it does not run or the screen is closed.
 */
export function targetRoom(day: PlanningDay, id: string): number {
  const task = day.tasks.find((one) => one.id === id);
  if (!task) return 0;
  const othersMs = day.tasks.reduce((sum, other) => (other === task ? sum : sum + workWithin(other, task.rest)), 0);
  const room = Math.floor((task.restMs - othersMs) / task.meanDurationMs);
  return room <= 0 ? 0 : soloCount(task, room);
}

/** The promised work of `task` that falls into `spans`, as much of it as of its windows, milliseconds. */
function workWithin(task: DayTask, spans: readonly Interval[]): number {
  if (task.restMs === 0) return 0;
  const share = Math.max(task.minShare ?? 0, task.minAirtimeShare ?? 0);
  const workMs = Math.max(promisedPlays(task) * task.meanDurationMs, share * task.restMs);
  return (workMs * totalMs(intersectIntervals(task.rest, spans))) / task.restMs;
}
