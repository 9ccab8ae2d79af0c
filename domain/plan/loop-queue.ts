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
  /** Length of the item at each position, milliseconds; 0 for those that are not shown on this date. */
  readonly durations: Float64Array;
  /** Separation tag of the item at each position. */
  readonly tags: Int32Array;
  /** Whether no item is shown on this date. */
  readonly isEmpty: boolean;
  /** Length of the longest item shown on this date, milliseconds. */
  readonly longestMs: number;
  /**
   * The first position due that takes at most `roomMs` from `atMs` on, inside its windows, and has another tag than `lastTag`, moved to
   * the back; -1 where there is none. Neither has it `nextTag`, the tag of what follows.
   */
  take(roomMs: number, atMs: number, lastTag: number, nextTag: number): number;
  /** Whether the item due first has been passed over for two rounds of the loop: no room left by the rhythm of promised plays is long enough. */
  isStarving(): boolean;
  /** Notes that `item` was shown, as if it had been taken. */
  shown(item: string): void;
};

/** A queue at the start of `loop`, of whose program's loop `size` is the length. */
export function loopQueue(loop: readonly DayLoopItem[], size: number): LoopQueue {
  const count = loop.length;
  const durations = new Float64Array(size);
  const tags = new Int32Array(size);
  const windows: (readonly Interval[] | null)[] = new Array(size).fill(null);
  const order = Int32Array.from(loop, ({ position }) => position);
  const isPlain = loop.every((entry) => entry.windows === null && entry.tag === UNTAGGED);
  let head = 0;
  let passedOver = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (const entry of loop) {
    durations[entry.position] = entry.durationMs;
    tags[entry.position] = entry.tag;
    windows[entry.position] = entry.windows;
    shortest = Math.min(shortest, entry.durationMs);
  }

  /** Moves the entry `ahead` places behind the head to the back of the ring; those before it keep their places. */
  const moveToBack = (ahead: number): number => {
    const taken = order[(head + ahead) % count] ?? 0;
    for (let k = ahead; k > 0; k -= 1) order[(head + k) % count] = order[(head + k - 1) % count] ?? 0;
    order[head] = taken;
    head = head + 1 === count ? 0 : head + 1;
    return taken;
  };

  const takeBound = (roomMs: number, atMs: number, lastTag: number, nextTag: number): number => {
    let isPassedOver = false;
    for (let ahead = 0; ahead < count; ahead += 1) {
      const position = order[(head + ahead) % count] ?? 0;
      const durationMs = durations[position] ?? 0;
      // An item whose windows are closed is not due, so that nobody has to make room for it.
      if (!isOpenFor(windows[position] ?? null, atMs, durationMs)) continue;
      if (durationMs > roomMs) {
        isPassedOver = true;
        continue;
      }
      const tag = tags[position] ?? UNTAGGED;
      if (isClash(tag, lastTag) || isClash(tag, nextTag)) continue;
      passedOver = isPassedOver ? passedOver + 1 : 0;
      return moveToBack(ahead);
    }
    return -1;
  };

  return {
    durations,
    tags,
    isEmpty: count === 0,
    longestMs: loop.reduce((most, entry) => Math.max(most, entry.durationMs), 0),
    take(roomMs, atMs, lastTag, nextTag) {
      if (roomMs < shortest) return -1;
      if (!isPlain) return takeBound(roomMs, atMs, lastTag, nextTag);
      const first = order[head] ?? 0;
      if ((durations[first] ?? 0) <= roomMs) {
        passedOver = 0;
        head = head + 1 === count ? 0 : head + 1;
        return first;
      }
      for (let ahead = 1; ahead < count; ahead += 1) {
        if ((durations[order[(head + ahead) % count] ?? 0] ?? 0) > roomMs) continue;
        passedOver += 1;
        return moveToBack(ahead);
      }
      return -1;
    },
    isStarving: () => passedOver >= STARVING_ROUNDS * count && count > 0,
    shown(item) {
      for (let ahead = 0; ahead < count; ahead += 1) {
        const position = order[(head + ahead) % count] ?? 0;
        if (loop.find((entry) => entry.position === position)?.item === item) {
          moveToBack(ahead);
          return;
        }
      }
    },
  };
}

const isOpenFor = (windows: readonly Interval[] | null, atMs: number, durationMs: number): boolean =>
  windows === null || windows.some((span) => span.startMs <= atMs && atMs + durationMs <= span.endMs);
