/** Which item of a commitment each of its plays shows: shared out by weight, without chance. */
import type { WeightedItem } from './program.ts';

/** The plays of one commitment still to come: `next(k)` is the index of the item that the k-th of them (from 0) shows. */
export type ItemRotation = { readonly items: readonly WeightedItem[]; readonly next: (k: number) => number };

/**
 * Plays go to the item with the smallest (plays + ½) / weight, the first of equals: Webster's (Sainte-Laguë's) method, under which no item is ever
 * a whole play away from its share for two items, and no share depends on the order of asking.
 * `playsSoFar` has one count an item (a missing one is 0); it is not changed.
 */
export function itemRotation(items: readonly WeightedItem[], playsSoFar: readonly number[]): ItemRotation {
  if (items.length === 1) return { items, next: () => 0 };
  const plays = items.map((_, index) => playsSoFar[index] ?? 0);
  const sequence: number[] = [];
  return {
    items,
    next: (k) => {
      while (sequence.length <= k) sequence.push(takeNext(items, plays));
      return sequence[k] ?? 0;
    },
  };
}

/** Length of the shortest item, milliseconds. */
export function shortestMs({ items }: ItemRotation): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (const item of items) shortest = Math.min(shortest, item.durationMs);
  return shortest;
}

/** How `total` plays of which only the number is known are taken to be shared out, one count an item. */
export function sharedOut(items: readonly WeightedItem[], total: number): number[] {
  if (items.length === 1) return [total];
  const plays = items.map(() => 0);
  const cycle = items.reduce((sum, item) => sum + item.weight, 0);
  // One whole cycle of the weights leaves every share exact, so only the rest of the division has to be walked.
  const cycles = Math.floor(total / cycle);
  for (let left = total - cycles * cycle; left > 0; left -= 1) takeNext(items, plays);
  return plays.map((count, index) => count + cycles * (items[index]?.weight ?? 0));
}

function takeNext(items: readonly WeightedItem[], plays: number[]): number {
  let best = 0;
  let bestRank = Number.POSITIVE_INFINITY;
  for (let index = 0; index < items.length; index += 1) {
    const rank = ((plays[index] ?? 0) + 0.5) / (items[index]?.weight ?? 1);
    if (rank < bestRank) {
      best = index;
      bestRank = rank;
    }
  }
  plays[best] = (plays[best] ?? 0) + 1;
  return best;
}
