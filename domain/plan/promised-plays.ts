/** How many plays of a task are promised from now on, before its share of the day is known. */
import type { DayTask } from './day-task.ts';

/** How many plays of each task are promised from now on for its minimum alone. */
export const minimumPlays = (task: DayTask): number => Math.max(0, task.required - task.tally);

/** The same, also for its largest gap: without a minimum, that still promises plays all through the windows. */
export const promisedPlays = (task: DayTask): number =>
  Math.max(minimumPlays(task), task.maxGapMs === null ? 0 : Math.ceil(task.restMs / task.maxGapMs));

/** Whether `plays` from now on are so many because of the task's share, not of its count or gap. */
export const isShareBound = (task: DayTask, plays: number): boolean =>
  task.minShare !== null && plays > promisedPlays(task);
