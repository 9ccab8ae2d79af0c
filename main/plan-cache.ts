/** What the media cache keeps within its budget. */
import type { WantedMedia } from './media-cache.ts';

/** A file of the cache; `usedMs`: when a program last asked for it (UTC). */
export type CachedFile = { sha: string; kind: 'whole' | 'part'; bytes: number; usedMs: number };

/** `admitted`: what is to be here, in the order given; `evict`: what has to go; `overBytes`: by how much promised media exceed the budget. */
export type CachePlan = { admitted: WantedMedia[]; evict: CachedFile[]; overBytes: number };

/** Room that is left to others on the disk: a tenth of it, at most this. */
const MOST_SPARE_BYTES = 1024 ** 3;

/** The budget where none is set: all room there is, the cache's own included, but a tenth of the disk (at most 1 GiB). */
export function defaultBudget(disk: { freeBytes: number; totalBytes: number }, cachedBytes: number): number {
  return Math.max(0, disk.freeBytes + cachedBytes - Math.min(MOST_SPARE_BYTES, disk.totalBytes / 10));
}

/**
 * Shares out `budgetBytes`. Promised media are admitted whatever they take; then the rest of `wanted` in its order as far as it fits; then what is
 * `present` without being wanted, last used first. What is left goes.
 */
export function planCache(
  wanted: readonly WantedMedia[],
  present: readonly CachedFile[],
  budgetBytes: number,
): CachePlan {
  let used = wanted.filter(({ isPromised }) => isPromised).reduce((sum, { bytes }) => sum + bytes, 0);
  const overBytes = Math.max(0, used - budgetBytes);
  const fits = (bytes: number): boolean => {
    if (used + bytes > budgetBytes) return false;
    used += bytes;
    return true;
  };
  const admitted = wanted.filter(({ isPromised, bytes }) => isPromised || fits(bytes));
  const isAdmitted = new Set(admitted.map(({ sha }) => sha));
  const evict = present
    .filter(({ sha }) => !isAdmitted.has(sha))
    .sort((a, b) => b.usedMs - a.usedMs)
    .filter(({ bytes }) => !fits(bytes));
  return { admitted, evict: evict.reverse(), overBytes };
}
