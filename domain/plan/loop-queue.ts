/** The loop as a queue: who is next when nobody was promised the time. */
import type { TimedItem } from './program.ts';

const STARVING_ROUNDS = 2;

/**
 * Positions of the loop in the order they are due. An item that does not fit where it is due stays at the front, so that no
 * item is passed over for ever and the order is kept among those that fit.
 */
export type LoopQueue = {
  readonly durations: Float64Array;
  /** The first position due that takes at most `roomMs`, moved to the back; -1 where none is that short. */
  take(roomMs: number): number;
  /** Whether the item due first has been passed over for two rounds of the loop: no room left by the rhythm of promised plays is long enough. */
  isStarving(): boolean;
  /** Notes that `item` was shown, as if it had been taken. */
  shown(item: string): void;
};

/** A queue at the start of `loop`. */
export function loopQueue(loop: readonly TimedItem[]): LoopQueue {
  const size = loop.length;
  const durations = Float64Array.from(loop, (item) => item.durationMs);
  const order = Int32Array.from(loop, (_, index) => index);
  let head = 0;
  let passedOver = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (const duration of durations) {
    if (!(duration > 0)) throw new RangeError('a loop item has no length');
    if (duration < shortest) shortest = duration;
  }

  /** Moves the entry `ahead` places behind the head to the back of the ring; those before it keep their places. */
  const moveToBack = (ahead: number): number => {
    const taken = order[(head + ahead) % size] ?? 0;
    for (let k = ahead; k > 0; k -= 1) order[(head + k) % size] = order[(head + k - 1) % size] ?? 0;
    order[head] = taken;
    head = (head + 1) % size;
    return taken;
  };

  return {
    durations,
    take(roomMs) {
      if (roomMs < shortest) return -1;
      for (let ahead = 0; ahead < size; ahead += 1) {
        if ((durations[order[(head + ahead) % size] ?? 0] ?? 0) > roomMs) continue;
        passedOver = ahead === 0 ? 0 : passedOver + 1;
        return moveToBack(ahead);
      }
      return -1;
    },
    isStarving: () => passedOver >= STARVING_ROUNDS * size && size > 0,
    shown(item) {
      for (let ahead = 0; ahead < size; ahead += 1) {
        if (loop[order[(head + ahead) % size] ?? 0]?.item === item) {
          moveToBack(ahead);
          return;
        }
      }
    },
  };
}
