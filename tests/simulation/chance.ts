/** Seeded chance: a stream of its own for every screen and purpose, so that one more draw here changes nothing there. */
import { pickInt, seededRandom } from '../helpers/random-program.ts';

/** Draws from one stream. */
export type Chance = {
  /** A number in [0, 1). */
  next(): number;
  /** True in `share` of all draws. */
  happens(share: number): boolean;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** From `low` to `high`, each factor of ten as likely as the next; whole. */
  logInt(low: number, high: number): number;
  /** One of `list`, which is not empty. */
  pick<T>(list: readonly [T, ...T[]]): T;
};

/** The stream of `purpose` on `screen` in a run of `seed`. */
export function chanceOf(seed: number, screen: number, purpose: string): Chance {
  // FNV-1a over the name of the stream; the generator mixes the bits further.
  let mixed = 0x811c9dc5;
  for (const char of `${seed}/${screen}/${purpose}`) mixed = Math.imul(mixed ^ char.charCodeAt(0), 0x01000193) >>> 0;
  const random = seededRandom(mixed);
  return {
    next: random,
    happens: (share) => random() < share,
    int: (low, high) => pickInt(random, low, high),
    logInt: (low, high) => Math.round(low * (high / low) ** random()),
    pick: (list) => list[Math.floor(random() * list.length)] ?? list[0],
  };
}
