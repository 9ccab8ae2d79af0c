/** One task as the exact search sees it: durations play by play and the latest starts that still leave room for the rest. */
import type { DayTask } from './day-task.ts';
import { firstStartIn, lastStartIn } from './window-time.ts';

const HOUR_MS = 3_600_000;

/**
 * `plays` plays to place. `latestMs[k]` is the latest start of play k (from 0) for which it and all after it fit if the task had the screen
 * for itself. `keepsGap`: its largest gap is to be held.
 */
export type PackTask = {
  readonly task: DayTask;
  readonly plays: number;
  readonly durationsMs: Float64Array;
  readonly latestMs: Float64Array;
  readonly keepsGap: boolean;
};

/** Prepares `plays` plays of `task`; null where they do not fit even alone. */
export function packTask(task: DayTask, plays: number, keepsGap: boolean): PackTask | null {
  if (soloCount(task, plays) < plays) return null;
  const durationsMs = Float64Array.from({ length: plays }, (_, k) => durationOf(task, k));
  const latestMs = new Float64Array(plays);
  for (let k = plays - 1; k >= 0; k -= 1) {
    const durationMs = durationsMs[k] ?? 0;
    let untilMs = Number.POSITIVE_INFINITY;
    if (k + 1 < plays) untilMs = (latestMs[k + 1] ?? 0) - Math.max(task.minGapMs, durationMs);
    if (task.hourLimit > 0 && k + task.hourLimit < plays)
      untilMs = Math.min(untilMs, (latestMs[k + task.hourLimit] ?? 0) - HOUR_MS);
    latestMs[k] = lastStartIn(task.rest, untilMs, durationMs);
  }
  return { task, plays, durationsMs, latestMs, keepsGap };
}

/** Length of the k-th play from now, milliseconds. */
export const durationOf = (task: DayTask, k: number): number =>
  task.rotation.items[task.rotation.next(k)]?.durationMs ?? 0;

/** How many of `plays` plays fit when the task has the screen for itself: as early as each may be, which nothing can beat. */
export function soloCount(task: DayTask, plays: number): number {
  if (task.hourLimit === 0 && task.rotation.items.length === 1) return Math.min(plays, evenCount(task));
  const starts = [...task.pastStarts];
  let freeMs = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < plays; k += 1) {
    const durationMs = durationOf(task, k);
    const startMs = firstStartIn(task.rest, Math.max(freeMs, limitMs(task, starts)), durationMs);
    if (startMs === Number.POSITIVE_INFINITY) return k;
    starts.push(startMs);
    freeMs = startMs + durationMs;
  }
  return plays;
}

/** The same for plays of one length without an hourly limit, of which each window holds as many as there are strides in it. */
function evenCount(task: DayTask): number {
  const durationMs = durationOf(task, 0);
  const strideMs = Math.max(task.minGapMs, durationMs);
  let fromMs = limitMs(task, task.pastStarts);
  let count = 0;
  for (const { startMs, endMs } of task.rest) {
    const firstMs = Math.max(startMs, fromMs);
    if (firstMs + durationMs > endMs) continue;
    const fit = Math.floor((endMs - durationMs - firstMs) / strideMs) + 1;
    count += fit;
    fromMs = firstMs + fit * strideMs;
  }
  return count;
}

/** The first instant at which the limits of `task` allow a start after `starts`, its starts of the day so far. */
export function limitMs(task: DayTask, starts: readonly number[]): number {
  const last = starts[starts.length - 1];
  if (last === undefined) return Number.NEGATIVE_INFINITY;
  const afterGapMs = last + task.minGapMs;
  const first = task.hourLimit > 0 ? starts[starts.length - task.hourLimit] : undefined;
  return first === undefined ? afterGapMs : Math.max(afterGapMs, first + HOUR_MS);
}
