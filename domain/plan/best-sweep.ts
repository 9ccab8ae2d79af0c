/** The best of a few sweeps: front-loaded first, then against the whole window. */
import type { PlanningDay } from './day-task.ts';
import type { LoopQueue } from './loop-queue.ts';
import { gapConflicts } from './plan-conflicts.ts';
import { rhythmGoals } from './rhythm-goals.ts';
import { type Sweep, sweepDay } from './rhythm-pass.ts';
import type { SlotColumns } from './slot-columns.ts';

/** The first sweep that places `needed[i]` plays of every task and keeps largest gaps; null where none does. */
export function bestSweep(day: PlanningDay, needed: readonly number[], newLoop: () => LoopQueue): SlotColumns | null {
  for (const frontLoaded of [true, false]) {
    const sweep = sweepDay(day, rhythmGoals(day, needed, frontLoaded), newLoop(), { spread: 0.5, bonus: true });
    if (isWhole(sweep) && gapConflicts(day, sweep.slots).length === 0) return sweep.slots;
  }
  return null;
}

const isWhole = (sweep: Sweep): boolean => sweep.left.every((left) => left <= 0);
