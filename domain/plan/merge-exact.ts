/** Puts the plays reserved at exact times among the planned ones, and measures what a plan shows. */
import type { PlanningDay } from './day-task.ts';
import type { DayTotal } from './share-plays.ts';
import { addSlot, closeColumns, openColumns, type SlotColumns } from './slot-columns.ts';

/** `columns` with the day's exact plays, in order of time. */
export function mergeExact(day: PlanningDay, columns: SlotColumns): SlotColumns {
  if (day.exactPlays.length === 0) return columns;
  const merged = openColumns(columns.startMs.length + day.exactPlays.length);
  let k = 0;
  const copyUntil = (untilMs: number): void => {
    for (; k < columns.startMs.length && (columns.startMs[k] ?? 0) < untilMs; k += 1)
      addSlot(merged, columns.startMs[k] ?? 0, columns.task[k] ?? 0, columns.item[k] ?? 0);
  };
  for (const play of day.exactPlays) {
    copyUntil(play.startMs);
    addSlot(merged, play.startMs, play.task, play.item);
  }
  copyUntil(Number.POSITIVE_INFINITY);
  return closeColumns(merged);
}

/** Length of the k-th slot, milliseconds. */
export function slotMs(day: PlanningDay, loopMs: ReadonlyMap<number, number>, columns: SlotColumns, k: number): number {
  const i = columns.task[k] ?? -1;
  const item = columns.item[k] ?? 0;
  return i < 0 ? (loopMs.get(item) ?? 0) : (day.tasks[i]?.rotation.items[item]?.durationMs ?? 0);
}

/** Lengths of the day's loop items by their position in the program's loop. */
export const loopLengths = (day: PlanningDay): ReadonlyMap<number, number> =>
  new Map(day.loop.map(({ position, durationMs }) => [position, durationMs]));

/** All plays of the day with those of `columns`; `shownMs` is 0 where nobody is promised a share of it. */
export function dayTotal(day: PlanningDay, columns: SlotColumns): DayTotal {
  const plays = day.playsSoFar + columns.startMs.length;
  if (day.tasks.every((task) => task.minAirtimeShare === null)) return { plays, shownMs: 0 };
  return { plays, shownMs: day.shownSoFarMs + shownByTask(day, columns).allMs };
}

/** Time that `columns` show, in all and of each task, milliseconds. */
export function shownByTask(day: PlanningDay, columns: SlotColumns): { allMs: number; byTask: Float64Array } {
  const loopMs = loopLengths(day);
  const byTask = new Float64Array(day.tasks.length);
  let allMs = 0;
  for (let k = 0; k < columns.startMs.length; k += 1) {
    const durationMs = slotMs(day, loopMs, columns, k);
    allMs += durationMs;
    const i = columns.task[k] ?? -1;
    if (i >= 0) byTask[i] = (byTask[i] ?? 0) + durationMs;
  }
  return { allMs, byTask };
}
