/** A shortage that can be proved without planning the day: more work has to go into a span than there is open time. */
import type { Conflict } from './day-plan.ts';
import type { PlanningDay } from './day-task.ts';
import { worstOverload } from './forced-work.ts';
import { type PackTask, packTask } from './pack-task.ts';
import { minimumPlays } from './promised-plays.ts';

/** The conflict that a proved overload comes to where one commitment alone gives way: nothing larger than `conflict.fits` of it can fit. */
export type ProvenShortage = { readonly conflict: Conflict; readonly id: string };

/** The shortage of a day seen from opening, or null: none is proved, or it takes more than one commitment to give way. */
export function provenShortage(day: PlanningDay): ProvenShortage | null {
  // The lowest priority gives way first, among equals the last: [P9].
  const order = day.tasks.map((_, i) => i).sort((x, y) => priorityOf(day, x) - priorityOf(day, y) || y - x);
  const packs: PackTask[] = [];
  const indexOf: number[] = [];
  for (const i of order) {
    const task = day.tasks[i];
    const plays = task ? minimumPlays(task) : 0;
    if (!task || plays === 0) continue;
    const pack = packTask(task, plays, false);
    if (!pack) return null;
    packs.push(pack);
    indexOf.push(i);
  }
  const span = worstOverload(packs, day.openRest);
  const pack = span && packs[span.indexes[0] ?? 0];
  if (!span || !pack) return null;
  const dropped = Math.ceil(span.overflowMs / Math.max(...pack.durationsMs));
  if (dropped > (span.forced[0] ?? 0)) return null;
  const rivals = span.indexes
    .slice(1)
    .map((k) => indexOf[k] ?? 0)
    .sort((x, y) => x - y);
  const { id, required } = pack.task;
  const conflict: Conflict = {
    kind: 'overbooked',
    commitments: [id, ...rivals.map((i) => day.tasks[i]?.id ?? '')],
    startMs: span.startMs,
    endMs: span.endMs,
    overflowMs: Math.ceil(span.overflowMs),
    fits: required - dropped,
  };
  return { conflict, id };
}

const priorityOf = (day: PlanningDay, i: number): number => day.tasks[i]?.priority ?? 0;
