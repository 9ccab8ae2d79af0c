/** Lays a day whose order of plays is settled: every play as near to its start as whole loop items allow. */
import type { PlanningDay } from './day-task.ts';
import { isStarving, type LoopQueue, takeItem } from './loop-queue.ts';
import type { PlayOrder } from './play-order.ts';
import { UNTAGGED } from './separation.ts';
import {
  addSlot,
  closeColumns,
  FILLER,
  MAX_SLOTS,
  type OpenColumns,
  openColumns,
  type SlotColumns,
} from './slot-columns.ts';

const HOUR_MS = 3_600_000;

/** A loop item may make the next play so much later than it is meant to start; a longer one lets the play start early. */
const LATE_MS = 10_000;

/** Slots for `order` with the loop in between; null where a play would come too late. For days without separation tags. */
export function layOrder(day: PlanningDay, order: PlayOrder, loop: LoopQueue): SlotColumns | null {
  const { seq, startMs, durationMs, earliestMs, taskOf, nth } = order;
  const latest = latestStarts(order);
  const laidMs = new Float64Array(startMs.length);
  const columns = openColumns();
  let k = 0;
  for (const span of day.openRest) {
    let atMs = span.startMs;
    for (; k < seq.length; k += 1) {
      const id = seq[k] ?? 0;
      const wantedMs = startMs[id] ?? 0;
      if (wantedMs >= span.endMs) break;
      const i = taskOf[id] ?? 0;
      const task = day.tasks[i];
      const untilMs = latest[k] ?? 0;
      atMs = fillUntil(columns, loop, atMs, wantedMs, untilMs);
      // With nothing to bridge a wait, waiting costs nothing; else the play closes the hole.
      if (loop.isEmpty) atMs = Math.max(atMs, wantedMs);
      const limit = task?.hourLimit ?? 0;
      const isFirst = nth[id] === 0;
      atMs = Math.max(
        atMs,
        earliestMs[id] ?? 0,
        isFirst ? 0 : (laidMs[id - 1] ?? 0) + (task?.minGapMs ?? 0),
        limit > 0 && (nth[id] ?? 0) >= limit ? (laidMs[id - limit] ?? 0) + HOUR_MS : 0,
      );
      if (atMs > untilMs) return null;
      addSlot(columns, atMs, i, task?.rotation.next(nth[id] ?? 0) ?? 0);
      laidMs[id] = atMs;
      atMs += durationMs[id] ?? 0;
    }
    fillUntil(columns, loop, atMs, span.endMs, span.endMs);
  }
  return k === seq.length ? closeColumns(columns) : null;
}

/** The latest start of every play that leaves those after it on time. */
function latestStarts({ seq, latestMs, durationMs }: PlayOrder): Float64Array {
  const latest = new Float64Array(seq.length);
  let nextMs = Number.POSITIVE_INFINITY;
  for (let k = seq.length - 1; k >= 0; k -= 1) {
    const id = seq[k] ?? 0;
    nextMs = Math.min(latestMs[id] ?? 0, nextMs - (durationMs[id] ?? 0));
    latest[k] = nextMs;
  }
  return latest;
}

/** Shows loop items from `fromMs` until about `wantedMs`, none of them past `untilMs`. Gives the time reached. */
function fillUntil(columns: OpenColumns, loop: LoopQueue, fromMs: number, wantedMs: number, untilMs: number): number {
  let atMs = fromMs;
  while (atMs < wantedMs && columns.count < MAX_SLOTS) {
    const roomMs = isStarving(loop) ? untilMs - atMs : Math.min(untilMs - atMs, wantedMs - atMs + LATE_MS);
    const item = takeItem(loop, roomMs, atMs, UNTAGGED, UNTAGGED);
    if (item < 0) break;
    addSlot(columns, atMs, FILLER, item);
    atMs += loop.durations[item] ?? 0;
  }
  return atMs;
}
