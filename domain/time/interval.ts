/** Half-open spans of time and the set operations on them. */

/** The span [startMs, endMs) in epoch milliseconds; never empty in a normalised list. */
export type Interval = { readonly startMs: number; readonly endMs: number };

/** Sorts, drops empty spans and joins those that touch or overlap. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter((i) => i.endMs > i.startMs).sort((a, b) => a.startMs - b.startMs);
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last && next.startMs <= last.endMs) {
      if (next.endMs > last.endMs) merged[merged.length - 1] = { startMs: last.startMs, endMs: next.endMs };
    } else {
      merged.push(next);
    }
  }
  return merged;
}

/** The time common to two normalised lists, itself normalised. */
export function intersectIntervals(left: readonly Interval[], right: readonly Interval[]): Interval[] {
  const common: Interval[] = [];
  let l = 0;
  let r = 0;
  for (;;) {
    const a = left[l];
    const b = right[r];
    if (!a || !b) return common;
    const startMs = Math.max(a.startMs, b.startMs);
    const endMs = Math.min(a.endMs, b.endMs);
    if (endMs > startMs) common.push({ startMs, endMs });
    if (a.endMs < b.endMs) l += 1;
    else r += 1;
  }
}

/** Sum of lengths of a normalised list, in milliseconds. */
export function totalMs(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, i) => sum + (i.endMs - i.startMs), 0);
}

/** The part of a normalised list at or after `fromMs`. */
export function intervalsFrom(intervals: readonly Interval[], fromMs: number): Interval[] {
  return intersectIntervals(intervals, [{ startMs: fromMs, endMs: Number.MAX_SAFE_INTEGER }]);
}
