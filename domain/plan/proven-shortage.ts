/** Shortages that can be proved without planning the day: more than a commitment holds alone, or more work in a span than there is open time. */
import type { Conflict } from './day-plan.ts';
import type { PlanningDay } from './day-task.ts';
import { worstOverload } from './forced-work.ts';
import { packTask } from './pack-task.ts';
import { countConflicts } from './plan-conflicts.ts';
import { minimumPlays } from './promised-plays.ts';
import { countsInBounds, yieldingOrder } from './settle-counts.ts';

/** What gives way, as a plan would have it: beside the others' counts not one play more than `fits`, by commitment id, has room. */
export type ProvenShortage = { readonly conflicts: readonly Conflict[]; readonly fits: ReadonlyMap<string, number> };

/** The shortages of a day seen from opening that promises nothing but counts; null: none is proved, or not to the play. */
export function provenShortage(day: PlanningDay): ProvenShortage | null {
  const wanted = day.tasks.map(minimumPlays);
  const { counts, causes } = countsInBounds(day, wanted, yieldingOrder(day.tasks));
  const short = counts.flatMap((count, i) => (count < (wanted[i] ?? 0) ? [i] : []));
  if (short.length === 0 || !short.every((i) => isMost(day, counts, i))) return null;
  return {
    conflicts: countConflicts(day, counts, causes),
    fits: new Map(short.map((i) => [day.tasks[i]?.id ?? '', counts[i] ?? 0])),
  };
}

/** Whether no plan of `counts` has room for one play more of task `i`. */
function isMost(day: PlanningDay, counts: readonly number[], i: number): boolean {
  const packs = [];
  for (const [k, task] of day.tasks.entries()) {
    const count = (counts[k] ?? 0) + (k === i ? 1 : 0);
    if (count === 0) continue;
    const pack = packTask(task, count, false);
    if (!pack) return true;
    packs.push(pack);
  }
  return worstOverload(packs, day.openRest) !== null;
}
