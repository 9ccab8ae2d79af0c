/** The best of a few sweeps: the first that is even and early enough, else the least uneven. */
import type { PlanningDay } from './day-task.ts';
import type { LoopQueue } from './loop-queue.ts';
import { gapConflicts } from './plan-conflicts.ts';
import { type RhythmGoal, rhythmGoals } from './rhythm-goals.ts';
import { type Sweep, sweepDay } from './rhythm-pass.ts';
import type { Manner } from './rhythm-state.ts';
import type { SlotColumns } from './slot-columns.ts';

/** Manners tried in turn. The first is the most even on most days; the others put first plays elsewhere or keep closer to the grid. */
const MANNERS: readonly Manner[] = [
  { spread: 0.5, lateShare: 0.4, catchUpLimit: 0.1 },
  { spread: 0.5, lateShare: 0.4, catchUpLimit: 0.15 },
  { spread: 0.3, lateShare: 0.35, catchUpLimit: 0.1 },
  { spread: 0.3, lateShare: 0.4, catchUpLimit: 0.2 },
  { spread: 0.15, lateShare: 0.3, catchUpLimit: 0.1 },
];

/** A widest gap of so many mean gaps is even enough not to look further. */
const EVEN_RATIO = 1.3;

/** What a promise kept after its horizon weighs against uneven gaps, per share of the remaining window: an outage at the end costs whole plays. */
const LATE_WEIGHT = 20;

/** The best sweep that places `needed[i]` plays of every task and, if asked, keeps largest gaps; null where none does. */
export function bestSweep(
  day: PlanningDay,
  needed: readonly number[],
  keepsGaps: boolean,
  newLoop: () => LoopQueue,
): SlotColumns | null {
  for (const frontLoaded of [true, false]) {
    const goals = rhythmGoals(day, needed, frontLoaded);
    let best: SlotColumns | null = null;
    let bestRank = Number.POSITIVE_INFINITY;
    for (const manner of MANNERS) {
      const sweep = sweepDay(day, goals, newLoop(), manner);
      if (!sweep.state.left.every((left) => left <= 0)) continue;
      if (keepsGaps && gapConflicts(day, sweep.slots).length > 0) continue;
      const rank = unevenness(sweep) + LATE_WEIGHT * lateness(day, goals, sweep);
      if (rank < bestRank) {
        best = sweep.slots;
        bestRank = rank;
      }
      if (rank <= EVEN_RATIO) return best;
    }
    if (best) return best;
  }
  return null;
}

/** The largest ratio of a task's widest gap to its mean gap. */
function unevenness({ state }: Sweep): number {
  let worst = 1;
  for (let i = 0; i < state.tasks.length; i += 1) {
    const gaps = (state.played[i] ?? 0) - 1;
    // Windows that close in between make gaps that no plan can even out.
    if (gaps < 2 || (state.tasks[i]?.rest.length ?? 0) > 1) continue;
    const meanMs = ((state.lastMs[i] ?? 0) - (state.firstMs[i] ?? 0)) / gaps;
    worst = Math.max(worst, (state.widestMs[i] ?? 0) / meanMs);
  }
  return worst;
}

/** By how much the latest promise is kept after its horizon, as a share of its task's remaining window; 0: all in time. */
function lateness(day: PlanningDay, goals: readonly RhythmGoal[], { state }: Sweep): number {
  let worst = 0;
  for (let i = 0; i < state.tasks.length; i += 1) {
    const task = state.tasks[i];
    const goal = goals[i];
    if (!task || !goal || goal.needed === 0 || task.rest.length > 1) continue;
    const startMs = Math.max(day.nowMs, task.rest[0]?.startMs ?? 0);
    const overMs = (state.keptMs[i] ?? 0) + task.meanDurationMs - startMs - goal.horizonMs;
    worst = Math.max(worst, overMs / task.restMs);
  }
  return worst;
}
