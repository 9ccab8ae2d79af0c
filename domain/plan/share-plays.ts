/** How many plays a share of all plays of the day comes to. */
import { totalMs } from '../time/interval.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import { minimumPlays } from './promised-plays.ts';

/** Steps of halving towards the fixed point. */
const STEPS = 64;

/** Plays from now on that the share of a task needs on a day of `total` plays; 0 without a share. */
export const playsOfShare = (task: DayTask, total: number): number =>
  task.minShare === null ? 0 : Math.max(0, Math.ceil(task.minShare * total - 1e-9) - task.tally);

/** Plays of every task from now on that its minimum or its share needs on a day of `total` plays; what goes beyond them is bonus. */
export const neededPlays = (day: PlanningDay, total: number): number[] =>
  day.tasks.map((task) => Math.max(minimumPlays(task), playsOfShare(task, total)));

/** All plays from now to closing if tasks have `plays` of them and the loop fills what those leave of the open time. */
export function playsUntilClosing(day: PlanningDay, plays: readonly number[]): number {
  let leftMs = totalMs(day.openRest);
  let sum = 0;
  for (let i = 0; i < day.tasks.length; i += 1) {
    sum += plays[i] ?? 0;
    leftMs -= (plays[i] ?? 0) * (day.tasks[i]?.meanDurationMs ?? 0);
  }
  return day.loopMeanMs > 0 && leftMs > 0 ? sum + leftMs / day.loopMeanMs : sum;
}

/** A guess at a day: the plays of every task from now on, and all plays of the day that come of it. */
export type ExpectedDay = { readonly plays: number[]; readonly total: number };

/**
 * Solves for the number M of plays of the day: plays of shares are share · M, at least `promised`; the loop fills what they and the promised
 * plays leave. M falls as shares take time from shorter loop items, so halving steps towards the fixed point converge. `surplus` is by
 * how many plays an earlier plan had more than was expected of it, `margin` by which share of themselves shares are raised (below 0: lowered).
 */
export function expectedDay(
  day: PlanningDay,
  promised: readonly number[],
  surplus: number,
  margin: number,
): ExpectedDay {
  const openMs = totalMs(day.openRest);
  // Shares of more than a whole have no fixed point; no task can play more often than without a pause.
  const playsFor = (total: number): number[] =>
    day.tasks.map((task, i) => {
      const least = promised[i] ?? 0;
      if (task.minShare === null) return least;
      const asked = Math.min(1, task.minShare * (1 + margin)) * total - task.tally;
      return Math.max(least, Math.min(asked, openMs / task.meanDurationMs));
    });
  const totalOf = (plays: readonly number[]): number =>
    Math.max(0, day.playsSoFar + playsUntilClosing(day, plays) + surplus);
  let total = totalOf(promised);
  for (let step = 0; step < STEPS; step += 1) total = (total + totalOf(playsFor(total))) / 2;
  const plays = playsFor(total).map((count) => Math.ceil(count - 1e-6));
  return { plays, total: totalOf(plays) };
}
