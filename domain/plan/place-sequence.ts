/** Turns a placing that is as early as can be into slots spread over the day, in the same order, with the loop in between. */
import type { PlanningDay } from './day-task.ts';
import { type LoopQueue, takeItem } from './loop-queue.ts';
import type { Placed } from './pack-search.ts';
import { limitMs, type PackTask } from './pack-task.ts';
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
import { firstStartIn, lastStartIn } from './window-time.ts';

const HOUR_MS = 3_600_000;

/**
 * Every play starts as near to its even place in its task's windows as the order of the plays and their limits leave room for.
 * `indexOf[k]` is the day's index of the k-th task of `tasks`.
 */
export function placeSequence(
  day: PlanningDay,
  tasks: readonly PackTask[],
  indexOf: readonly number[],
  plays: readonly Placed[],
  even: readonly Float64Array[],
  loop: LoopQueue,
): SlotColumns {
  // Where tags bind, moving plays apart could make neighbours of two that are kept apart, so they stay where they were found.
  const latest = day.hasTags ? Float64Array.from(plays, (play) => play.startMs) : latestStarts(tasks, plays);
  const starts = tasks.map(({ task }) => [...task.pastStarts]);
  const counts = tasks.map(() => 0);
  const columns = openColumns();
  let freeMs = day.openRest[0]?.startMs ?? day.nowMs;
  let lastTag = UNTAGGED;
  plays.forEach(({ index }, k) => {
    const pack = tasks[index];
    const own = starts[index];
    if (!pack || !own) return;
    const nth = counts[index] ?? 0;
    counts[index] = nth + 1;
    const durationMs = pack.durationsMs[nth] ?? 0;
    const latestMs = latest[k] ?? 0;
    const soonestMs = day.hasTags
      ? (latest[k] ?? 0)
      : firstStartIn(pack.task.rest, Math.max(freeMs, limitMs(pack.task, own)), durationMs);
    const evenMs = pack.keepsGap && pack.task.maxGapMs !== null ? 0 : (even[index]?.[nth] ?? 0);
    const aimMs = Math.max(soonestMs, Math.min(evenMs, latestMs));
    freeMs = fillUntil({ day, columns, loop, lastTag, nextTag: pack.task.tag }, freeMs, aimMs, latestMs);
    const startMs = firstStartIn(pack.task.rest, Math.max(freeMs, soonestMs), durationMs);
    lastTag = pack.task.tag;
    addSlot(columns, startMs, indexOf[index] ?? 0, pack.task.rotation.next(nth));
    own.push(startMs);
    freeMs = startMs + durationMs;
  });
  const closingMs = day.openRest.at(-1)?.endMs ?? freeMs;
  fillUntil({ day, columns, loop, lastTag, nextTag: UNTAGGED }, freeMs, closingMs, closingMs);
  return closeColumns(columns);
}

/** The latest start of every play of the sequence that leaves all after it room, by one pass from the end. */
function latestStarts(tasks: readonly PackTask[], plays: readonly Placed[]): Float64Array {
  const latest = new Float64Array(plays.length);
  const later = tasks.map((): number[] => []);
  const counts = tasks.map((task) => task.plays);
  let nextMs = Number.POSITIVE_INFINITY;
  for (let k = plays.length - 1; k >= 0; k -= 1) {
    const { index, startMs } = plays[k] ?? { index: 0, startMs: 0 };
    const pack = tasks[index];
    const own = later[index];
    if (!pack || !own) continue;
    const nth = (counts[index] ?? 0) - 1;
    counts[index] = nth;
    const durationMs = pack.durationsMs[nth] ?? 0;
    const { minGapMs, hourLimit, rest } = pack.task;
    let untilMs = nextMs - durationMs;
    const next = own.at(-1);
    if (next !== undefined) untilMs = Math.min(untilMs, next - minGapMs);
    const farther = hourLimit > 0 ? own[own.length - hourLimit] : undefined;
    if (farther !== undefined) untilMs = Math.min(untilMs, farther - HOUR_MS);
    // A largest gap is kept by the placing found; moving its plays apart could break it, so they stay where they are.
    nextMs = pack.keepsGap && pack.task.maxGapMs !== null ? startMs : lastStartIn(rest, untilMs, durationMs);
    latest[k] = nextMs;
    own.push(nextMs);
  }
  return latest;
}

/** What is filled, and the tags of the plays before and after. */
type Filling = {
  readonly day: PlanningDay;
  readonly columns: OpenColumns;
  readonly loop: LoopQueue;
  readonly lastTag: number;
  readonly nextTag: number;
};

/** Shows loop items from `fromMs` until `untilMs` is reached, none of them past `latestMs` or a closing. Gives the time reached. */
function fillUntil(
  { day, columns, loop, ...tags }: Filling,
  fromMs: number,
  untilMs: number,
  latestMs: number,
): number {
  let reachedMs = fromMs;
  let { lastTag } = tags;
  for (const span of day.openRest) {
    if (span.endMs <= fromMs || span.startMs >= untilMs) continue;
    let atMs = Math.max(span.startMs, fromMs);
    if (atMs === span.startMs) lastTag = span.tagBefore;
    const nextTag = untilMs > span.endMs ? span.tagAfter : tags.nextTag || span.tagAfter;
    while (atMs < untilMs && columns.count < MAX_SLOTS) {
      const item = takeItem(loop, Math.min(span.endMs, latestMs) - atMs, atMs, lastTag, nextTag);
      if (item < 0) break;
      addSlot(columns, atMs, FILLER, item);
      lastTag = loop.tags[item] ?? UNTAGGED;
      atMs += loop.durations[item] ?? 0;
    }
    reachedMs = atMs;
  }
  return reachedMs;
}
