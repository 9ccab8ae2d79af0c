/** How many plays a share of all plays, or of all time shown, of the day comes to. */
import { totalMs } from '../time/interval.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import { soloCount } from './pack-task.ts';
import { hasShare, minimumPlays } from './promised-plays.ts';

/** Steps of halving towards the fixed point. */
const STEPS = 64;

/** What a sum of shares may be off by for the rounding of fractions. */
const ROUNDING = 1e-9;

/** All that a day shows: counted plays and the milliseconds they take. */
export type DayTotal = { readonly plays: number; readonly shownMs: number };

/** Plays from now on that the shares of a task need on a day of `total`; 0 without a share. */
export const playsOfShare = (task: DayTask, total: DayTotal): number =>
  Math.max(sharedPlays(task, total.plays), airtimePlays(task, total.shownMs));

function sharedPlays(task: DayTask, plays: number): number {
  if (task.minShare === null) return 0;
  return Math.max(0, Math.ceil(task.minShare * plays - ROUNDING) - task.tally - task.exactPlays);
}

/** The first so many plays of the rotation whose lengths together reach what the airtime share still lacks. */
function airtimePlays(task: DayTask, shownMs: number): number {
  if (task.minAirtimeShare === null) return 0;
  let lackingMs = task.minAirtimeShare * shownMs - task.shownMs - ROUNDING * shownMs;
  if (task.rotation.items.length === 1) return Math.max(0, Math.ceil(lackingMs / task.meanDurationMs));
  let plays = 0;
  for (; lackingMs > 0; plays += 1)
    lackingMs -= task.rotation.items[task.rotation.next(plays)]?.durationMs ?? lackingMs;
  return plays;
}

/** Plays of every task from now on that its minimum or its share needs on a day of `total`; what goes beyond them is bonus. */
export const neededPlays = (day: PlanningDay, total: DayTotal): number[] =>
  day.tasks.map((task) => Math.max(minimumPlays(task), playsOfShare(task, total)));

/** All plays from now to closing if tasks have `plays` of them and the loop fills what those leave of the open time. */
export function playsUntilClosing(day: PlanningDay, plays: readonly number[]): number {
  let leftMs = totalMs(day.openRest);
  let sum = day.exactPlays.length;
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
 * plays leave. M falls as shares take time from shorter loop items, so halving steps towards the fixed point converge. A share of airtime
 * is of the open time at most, which does not depend on M. `surplus` is by how many plays an earlier plan had more than was expected of
 * it, `margin` by which share of themselves shares are raised (below 0: lowered), `parts[i]` what part of the share of task i is wanted.
 */
export function expectedDay(
  day: PlanningDay,
  promised: readonly number[],
  surplus: number,
  margin: number,
  parts: readonly number[] = [],
): ExpectedDay {
  const exactMs = day.exactPlays.reduce((sum, play) => sum + play.endMs - play.startMs, 0);
  const shownMs = day.shownSoFarMs + totalMs(day.openRest) + exactMs;
  const most = mostPlays(day);
  const playsFor = (total: number): number[] =>
    day.tasks.map((task, i) => {
      const least = promised[i] ?? 0;
      if (!hasShare(task)) return least;
      const raise = (1 + margin) * (parts[i] ?? 1);
      const ofPlays = Math.min(1, (task.minShare ?? 0) * raise) * total - task.tally - task.exactPlays;
      const ofTime = Math.min(1, (task.minAirtimeShare ?? 0) * raise) * shownMs - task.shownMs;
      return Math.max(least, Math.min(Math.max(ofPlays, ofTime / task.meanDurationMs), most[i] ?? 0));
    });
  const totalOf = (plays: readonly number[]): number =>
    Math.max(0, day.playsSoFar + playsUntilClosing(day, plays) + surplus);
  let total = totalOf(promised);
  for (let step = 0; step < STEPS; step += 1) total = (total + totalOf(playsFor(total))) / 2;
  const plays = playsFor(total).map((count) => Math.ceil(count - 1e-6));
  return { plays, total: totalOf(plays) };
}

/** The most plays from now on that each task can have if it plays without a pause, and within its limits. Shares of more than a whole have no fixed point without it. */
export const mostPlays = (day: PlanningDay): number[] =>
  day.tasks.map((task) => {
    const withoutPause = task.restMs / task.meanDurationMs;
    const isLimited = hasShare(task) && (task.hourLimit > 0 || task.minGapMs > 0);
    return isLimited ? soloCount(task, Math.floor(withoutPause)) : withoutPause;
  });
