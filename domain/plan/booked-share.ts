/** How full promises make a day. */
import { totalMs } from '../time/interval.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import { promisedPlays } from './promised-plays.ts';
import { type DayTotal, playsOfShare } from './share-plays.ts';

/**
 * The share of open time that the promised plays of `day` take, among them those that shares need of its `total` plays; 0 on a closed
 * day, whose promises show as conflicts.
 */
export function bookedShare(day: PlanningDay, total: DayTotal): number {
  const playsOf = (task: DayTask): number => Math.max(promisedPlays(task), playsOfShare(task, total));
  const exactMs = day.exactPlays.reduce((sum, play) => sum + play.endMs - play.startMs, 0);
  const workMs = day.tasks.reduce((sum, task) => sum + playsOf(task) * task.meanDurationMs, exactMs);
  const openMs = totalMs(day.open);
  return openMs === 0 ? 0 : workMs / openMs;
}
