/** Loop items one after another, where nobody was promised the time and no tag binds. */
import { isStarving, type LoopQueue, takeItem } from './loop-queue.ts';
import { UNTAGGED } from './separation.ts';
import { addSlot, FILLER, MAX_SLOTS, type OpenColumns } from './slot-columns.ts';

/** Writes loop items to `slots` from `fromMs` until `aimMs` (epoch ms), none of them past `endMs`; one only where one starves. Gives the time reached. */
export function show(slots: OpenColumns, loop: LoopQueue, fromMs: number, aimMs: number, endMs: number): number {
  // Room beyond the rhythm is for the one item that starved.
  const untilMs = isStarving(loop) ? fromMs + 1 : aimMs;
  let atMs = loop.isPlain && !loop.isEmpty ? showInOrder(slots, loop, fromMs, untilMs, endMs) : fromMs;
  while (atMs < untilMs && slots.count < MAX_SLOTS) {
    const item = takeItem(loop, endMs - atMs, atMs, UNTAGGED, UNTAGGED);
    if (item < 0) break;
    addSlot(slots, atMs, FILLER, item);
    atMs += loop.durations[item] ?? 0;
  }
  return atMs;
}

/**
 * The same for plain items as far as the one due fits and the columns have room. Most slots of a day are made here: nothing is called in the loop, so
 * that it takes a third of the time.
 */
function showInOrder(slots: OpenColumns, loop: LoopQueue, fromMs: number, untilMs: number, endMs: number): number {
  const { order, durations } = loop;
  const { startMs, task, item } = slots;
  const room = Math.min(MAX_SLOTS, startMs.length);
  let { head } = loop;
  let k = slots.count;
  let atMs = fromMs;
  for (; atMs < untilMs && k < room; k += 1) {
    const position = order[head] ?? 0;
    const durationMs = durations[position] ?? 0;
    if (durationMs > endMs - atMs) break;
    startMs[k] = atMs;
    task[k] = FILLER;
    item[k] = position;
    atMs += durationMs;
    head = head + 1 === order.length ? 0 : head + 1;
  }
  if (k > slots.count) loop.passedOver = 0;
  slots.count = k;
  loop.head = head;
  return atMs;
}
