/** Time counted only while a set of windows is open. */
import type { Interval } from '../time/interval.ts';

/** The instant at which `durationMs` of window time have passed since `fromMs`; Infinity past the last window. */
export function afterWindowTime(windows: readonly Interval[], fromMs: number, durationMs: number): number {
  let left = durationMs;
  for (const window of windows) {
    if (window.endMs <= fromMs) continue;
    const start = Math.max(window.startMs, fromMs);
    if (left < window.endMs - start) return start + left;
    left -= window.endMs - start;
  }
  return Number.POSITIVE_INFINITY;
}

/** How much window time lies in [fromMs, toMs). */
export function windowTimeBetween(windows: readonly Interval[], fromMs: number, toMs: number): number {
  let sum = 0;
  for (const window of windows) {
    const start = Math.max(window.startMs, fromMs);
    const end = Math.min(window.endMs, toMs);
    if (end > start) sum += end - start;
  }
  return sum;
}

/** The first instant at or after `fromMs` from which `durationMs` run inside one window; Infinity where there is none. */
export function firstStartIn(windows: readonly Interval[], fromMs: number, durationMs: number): number {
  for (const window of windows) {
    const start = Math.max(window.startMs, fromMs);
    if (start + durationMs <= window.endMs) return start;
  }
  return Number.POSITIVE_INFINITY;
}

/** The last instant at or before `untilMs` from which `durationMs` run inside one window; -Infinity where there is none. */
export function lastStartIn(windows: readonly Interval[], untilMs: number, durationMs: number): number {
  for (let k = windows.length - 1; k >= 0; k -= 1) {
    const window = windows[k];
    if (!window) continue;
    const start = Math.min(window.endMs - durationMs, untilMs);
    if (start >= window.startMs) return start;
  }
  return Number.NEGATIVE_INFINITY;
}

/** Place of the window that a start at `wantedMs` falls into, also where only one from `soonestMs` on still fits into it; else of the next one; -1: none. */
export function windowFor(
  windows: readonly Interval[],
  wantedMs: number,
  soonestMs: number,
  durationMs: number,
): number {
  for (let k = 0; k < windows.length; k += 1) {
    const window = windows[k];
    if (!window) continue;
    const lastStartMs = window.endMs - durationMs;
    if (lastStartMs < window.startMs) continue;
    if (lastStartMs >= wantedMs || (lastStartMs >= soonestMs && window.startMs <= wantedMs)) return k;
  }
  return -1;
}
