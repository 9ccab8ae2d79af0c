/** How many plays of a task are promised from now on, before its share of the day is known. */
import type { DayTask } from './day-task.ts';

/** How many plays of a task are promised from now on for its minimum alone, beside those reserved at exact times. */
export const minimumPlays = (task: DayTask): number => Math.max(0, task.required - task.tally - task.exactPlays);

/** The same, also for its largest gap: without a minimum, that still promises plays all through the windows. */
export const promisedPlays = (task: DayTask): number =>
  Math.max(minimumPlays(task), task.maxGapMs === null ? 0 : Math.ceil(task.restMs / task.maxGapMs));

/** Whether a share of plays or of airtime is promised. */
export const hasShare = (task: DayTask): boolean => task.minShare !== null || task.minAirtimeShare !== null;

/** Whether `plays` from now on are so many because of the task's share, not of its count or gap. */
export const isShareBound = (task: DayTask, plays: number): boolean => hasShare(task) && plays > promisedPlays(task);
