/** How many plays a share of all plays of the day comes to. */
import type { PlanningDay } from './day-task.ts';

/** Rounds of raising the counts of shares that a plan came short of. */
const ROUNDS = 6;

/** Margin by which counts are raised from round to round, as a share of the plays of the day. */
const STEP = 0.01;

/**
 * Counts from now on to try one after another, at least `promised`: first what shares are expected to come to, then more. Without shares
 * there is one.
 */
export function sharePlays(day: PlanningDay, promised: readonly number[]): number[][] {
  if (day.tasks.every((task) => task.minShare === null)) return [[...promised]];
  return Array.from({ length: ROUNDS }, (_, round) => expectedPlays(day, promised, round * STEP));
}

/**
 * Solves for the number M of plays of the day: plays of shares are share · M, the loop fills what they and the promised plays leave. M falls
 * as shares take time from shorter loop items, so halving steps towards the fixed point converge.
 */
function expectedPlays(day: PlanningDay, promised: readonly number[], margin: number): number[] {
  const openMs = day.openRest.reduce((sum, span) => sum + span.endMs - span.startMs, 0);
  let plays = [...promised];
  let total = day.playsSoFar;
  for (let step = 0; step < 64; step += 1) {
    const workMs = day.tasks.reduce((sum, task, i) => sum + (plays[i] ?? 0) * task.meanDurationMs, 0);
    const loopPlays = day.loopMeanMs > 0 ? Math.max(0, openMs - workMs) / day.loopMeanMs : 0;
    const reached = day.playsSoFar + plays.reduce((sum, count) => sum + count, 0) + loopPlays;
    total = step === 0 ? reached : (total + reached) / 2;
    plays = day.tasks.map((task, i) => {
      if (task.minShare === null) return promised[i] ?? 0;
      return Math.max(promised[i] ?? 0, Math.min(1, task.minShare + margin * task.minShare) * total - task.tally);
    });
  }
  return plays.map((count) => Math.ceil(count - 1e-6));
}
