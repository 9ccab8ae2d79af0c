/** Conflicts of plays that stand where they must: exact times that cannot be had, and tags that follow each other. */
import type { Conflict } from './day-plan.ts';
import type { PlanningDay } from './day-task.ts';
import { loopLengths, slotMs } from './merge-exact.ts';
import { isClash, PARTING_MS, UNTAGGED } from './separation.ts';
import type { SlotColumns } from './slot-columns.ts';

/** One conflict for every exact time that is taken, or outside opening hours or day parts. */
export function exactConflicts(day: PlanningDay): Conflict[] {
  return day.missedExact.map(({ task, startMs, endMs, rivals, overlapMs }) => ({
    kind: 'exact-time',
    commitments: [task, ...rivals].map((i) => day.tasks[i]?.id ?? ''),
    startMs,
    endMs,
    overflowMs: overlapMs,
    fits: (day.tasks[task]?.tally ?? 0) + (day.tasks[task]?.exactPlays ?? 0),
  }));
}

/** One conflict for every pair of commitments of a tag that stand back to back; only exact times can leave no other way. */
export function separationConflicts(day: PlanningDay, columns: SlotColumns): Conflict[] {
  if (!day.hasTags || day.exactPlays.length === 0) return [];
  const conflicts: Conflict[] = [];
  const tags = loopTags(day);
  const tagAt = (k: number): number => {
    const i = columns.task[k] ?? -1;
    return (i < 0 ? tags.get(columns.item[k] ?? 0) : day.tasks[i]?.tag) ?? UNTAGGED;
  };
  const lengths = loopLengths(day);
  for (let k = 0; k < columns.task.length; k += 1) {
    const startMs = columns.startMs[k] ?? 0;
    const before = k === 0 ? day.nowMs : (columns.startMs[k - 1] ?? 0);
    const beforeEndMs = k === 0 ? day.nowMs : before + slotMs(day, lengths, columns, k - 1);
    if (startMs - beforeEndMs >= PARTING_MS || !isClash(k === 0 ? day.lastTag : tagAt(k - 1), tagAt(k))) continue;
    const ids = [columns.task[k] ?? -1, columns.task[k - 1] ?? -1].flatMap((i) => day.tasks[i]?.id ?? []);
    conflicts.push({
      kind: 'separation',
      commitments: [...new Set(ids)],
      startMs: before,
      endMs: startMs,
      overflowMs: 0,
      fits: 0,
    });
  }
  return conflicts;
}

const loopTags = (day: PlanningDay): ReadonlyMap<number, number> =>
  new Map(day.loop.map(({ position, tag }) => [position, tag]));
