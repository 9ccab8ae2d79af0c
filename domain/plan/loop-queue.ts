/** The loop as a queue: who is next when nobody was promised the time. */
import type { Interval } from '../time/interval.ts';
import type { DayLoopItem } from './day-loop.ts';
import { isClash, UNTAGGED } from './separation.ts';

const STARVING_ROUNDS = 2;

/**
 * Positions of the loop in the order they are due. An item that does not fit where it is due stays at the front, so that no
 * item is passed over for ever and the order is kept among those that fit. Positions are those of the program's loop.
 */
export type LoopQueue = {
  readonly loop: readonly DayLoopItem[];
  /** Length of the item at each position, milliseconds; 0 for those that are not shown on this date. */
  readonly durations: Float64Array;
  /** Separation tag of the item at each position. */
  readonly tags: Int32Array;
  /** When the item at each position may be shown; null: always. */
  readonly windows: readonly (readonly Interval[] | null)[];
  /** Whether no item is shown on this date. */
  readonly isEmpty: boolean;
  /** Whether items may stand anywhere: none of them has windows or a tag. */
  readonly isPlain: boolean;
  /** Lengths of the shortest and the longest item shown on this date, milliseconds. */
  readonly shortestMs: number;
  readonly longestMs: number;
  /** The ring of positions, and the place in it of the one due first. */
  readonly order: Int32Array;
  head: number;
  /** How often in a row the item due first has been passed over. */
  passedOver: number;
};

/** A queue at the start of `loop`, of whose program's loop `size` is the length. */
export function loopQueue(loop: readonly DayLoopItem[], size: number): LoopQueue {
  const durations = new Float64Array(size);
  const tags = new Int32Array(size);
  const windows: (readonly Interval[] | null)[] = new Array(size).fill(null);
  const order = new Int32Array(loop.length);
  let isPlain = true;
  let shortestMs = Number.POSITIVE_INFINITY;
  let longestMs = 0;
  let last = 0;
  for (const entry of loop) {
    durations[entry.position] = entry.durationMs;
    tags[entry.position] = entry.tag;
    windows[entry.position] = entry.windows;
    order[last] = entry.position;
    last += 1;
    if (entry.windows !== null || entry.tag !== UNTAGGED) isPlain = false;
    shortestMs = Math.min(shortestMs, entry.durationMs);
    longestMs = Math.max(longestMs, entry.durationMs);
  }
  const isEmpty = loop.length === 0;
  return { loop, durations, tags, windows, isEmpty, isPlain, shortestMs, longestMs, order, head: 0, passedOver: 0 };
}

/**
 * The first position due that takes at most `roomMs` from `atMs` on, inside its windows, and has another tag than `lastTag`, moved to
 * the back; -1 where there is none. Neither has it `nextTag`, the tag of what follows.
 */
export function takeItem(queue: LoopQueue, roomMs: number, atMs: number, lastTag: number, nextTag: number): number {
  if (roomMs < queue.shortestMs) return -1;
  if (!queue.isPlain) return takeBound(queue, roomMs, atMs, lastTag, nextTag);
  const { order, durations, head } = queue;
  const first = order[head] ?? 0;
  if ((durations[first] ?? 0) > roomMs) return takeLater(queue, roomMs);
  queue.passedOver = 0;
  queue.head = head + 1 === order.length ? 0 : head + 1;
  return first;
}

/** Whether the item due first has been passed over for two rounds of the loop: no room left by the rhythm of promised plays is long enough. */
export const isStarving = ({ passedOver, order }: LoopQueue): boolean =>
  passedOver >= STARVING_ROUNDS * order.length && order.length > 0;

/** Notes that `item` was shown, as if it had been taken. */
export function noteShown(queue: LoopQueue, item: string): void {
  for (let ahead = 0; ahead < queue.order.length; ahead += 1) {
    const position = positionAt(queue, ahead);
    if (queue.loop.find((entry) => entry.position === position)?.item === item) {
      moveToBack(queue, ahead);
      return;
    }
  }
}

/** The position due as number `ahead` after the first. */
const positionAt = ({ order, head }: LoopQueue, ahead: number): number => order[(head + ahead) % order.length] ?? 0;

/** The first that fits behind the one due first, which does not. */
function takeLater(queue: LoopQueue, roomMs: number): number {
  for (let ahead = 1; ahead < queue.order.length; ahead += 1) {
    if ((queue.durations[positionAt(queue, ahead)] ?? 0) > roomMs) continue;
    queue.passedOver += 1;
    return moveToBack(queue, ahead);
  }
  return -1;
}

/** The same for items of which some cannot stand everywhere. */
function takeBound(queue: LoopQueue, roomMs: number, atMs: number, lastTag: number, nextTag: number): number {
  const { order, durations, windows, tags } = queue;
  let isPassedOver = false;
  for (let ahead = 0; ahead < order.length; ahead += 1) {
    const position = positionAt(queue, ahead);
    const durationMs = durations[position] ?? 0;
    // An item whose windows are closed is not due, so that nobody has to make room for it.
    if (!isOpenFor(windows[position] ?? null, atMs, durationMs)) continue;
    if (durationMs > roomMs) {
      isPassedOver = true;
      continue;
    }
    const tag = tags[position] ?? UNTAGGED;
    if (isClash(tag, lastTag) || isClash(tag, nextTag)) continue;
    queue.passedOver = isPassedOver ? queue.passedOver + 1 : 0;
    return moveToBack(queue, ahead);
  }
  return -1;
}

/** Moves the entry `ahead` places behind the head to the back of the ring; those before it keep their places. */
function moveToBack(queue: LoopQueue, ahead: number): number {
  const { order, head } = queue;
  const taken = positionAt(queue, ahead);
  for (let k = ahead; k > 0; k -= 1) order[(head + k) % order.length] = positionAt(queue, k - 1);
  order[head] = taken;
  queue.head = head + 1 === order.length ? 0 : head + 1;
  return taken;
}

const isOpenFor = (windows: readonly Interval[] | null, atMs: number, durationMs: number): boolean =>
  windows === null || windows.some((span) => span.startMs <= atMs && atMs + durationMs <= span.endMs);
