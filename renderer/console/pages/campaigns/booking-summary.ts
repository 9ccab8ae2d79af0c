/** What the booking check's answer comes to: one state for the panel's head, and every conflict worded once. */
import type { Booking } from '../../../../protocol/http/views.ts';

/** Booking past this share of open time is warned of. */
export const LOAD_WARNING = 0.8;

/** The head of the panel: no screens meant, does not fit, fits but tight, fits. */
export type BookingState = 'no-screens' | 'does-not-fit' | 'tight' | 'fits';

/** One conflict with every screen and date it is on. */
export type Trouble = {
  conflict: Booking['problems'][number]['conflicts'][number];
  screens: string[];
  dates: string[];
};

const DAY_MS = 86_400_000;

/** A load in whole percent, without the sign; what is more than nothing never reads as 0. */
export function loadText(load: number): string {
  const percent = Math.round(load * 100);
  return percent === 0 && load > 0 ? '<1' : String(percent);
}

/** State of a booking. */
export function bookingState(booking: Booking): BookingState {
  if (!booking.fits) return 'does-not-fit';
  if (booking.targetScreens === 0) return 'no-screens';
  return booking.load > LOAD_WARNING ? 'tight' : 'fits';
}

/**
 * The troubles of a booking, those on most screen-days first. Conflicts of the same kind, between the same promises (by `promiseKey`), at the
 * same time of day are one, on all their screens and dates: with the largest overflow and the smallest count that fits.
 */
export function troublesOf(booking: Booking, promiseKey: (id: string) => string): Trouble[] {
  const troubles = new Map<string, Trouble>();
  for (const { screens, dates, conflicts } of booking.problems) {
    for (const conflict of conflicts) {
      const key = readingOf(conflict, promiseKey);
      const same = troubles.get(key);
      troubles.set(key, {
        conflict: same ? worse(same.conflict, conflict) : conflict,
        screens: union(same?.screens, screens),
        dates: union(same?.dates, dates),
      });
    }
  }
  return [...troubles.values()].sort((a, b) => b.screens.length * b.dates.length - a.screens.length * a.dates.length);
}

function readingOf(conflict: Trouble['conflict'], promiseKey: (id: string) => string): string {
  const { kind, commitments, startMs, endMs } = conflict;
  return JSON.stringify([kind, [...new Set(commitments.map(promiseKey))], startMs % DAY_MS, endMs - startMs]);
}

function worse(left: Trouble['conflict'], right: Trouble['conflict']): Trouble['conflict'] {
  return {
    ...left,
    overflowMs: Math.max(left.overflowMs, right.overflowMs),
    fits: Math.min(left.fits, right.fits),
  };
}

/** A count of the form's promise `index` to try next; `isSure`: every conflict there is goes away with it. */
export type FittingCount = { index: number; fits: number; isSure: boolean };

/** What is known of the form's own promises: which one an id means, and the plays and shortest item of each. */
export type OwnPromises = {
  indexOf(id: string): number | null;
  promises: readonly { minPlays: number | null; shortestMs: number }[];
};

/**
 * For each of the form's promises in a conflict the count to try: the check's own where the promise is the one it counts for,
 * else as many plays less as the overflow takes. Conflicts in which no play at all fits say nothing of the others.
 */
export function countsThatFit(troubles: readonly Trouble[], own: OwnPromises): FittingCount[] {
  const least = new Map<number, number>();
  for (const { conflict } of troubles) {
    for (const [nth, id] of conflict.commitments.entries()) {
      const index = own.indexOf(id);
      const promise = index === null ? undefined : own.promises[index];
      if (index === null || !promise) continue;
      const fewer = (promise.minPlays ?? 0) - Math.ceil(conflict.overflowMs / Math.max(1, promise.shortestMs));
      const fits = nth === 0 ? conflict.fits : fewer;
      if (fits > 0) least.set(index, Math.min(least.get(index) ?? Number.POSITIVE_INFINITY, fits));
    }
  }
  const isSure = troubles.every(
    ({ conflict: { commitments, fits } }) => fits > 0 && own.indexOf(commitments[0] ?? '') === 0,
  );
  return [...least]
    .map(([index, fits]) => ({ index, fits, isSure: isSure && own.promises.length === 1 }))
    .filter(({ index, fits }) => fits < (own.promises[index]?.minPlays ?? 0));
}

function union(left: readonly string[] | undefined, right: readonly string[]): string[] {
  return [...new Set([...(left ?? []), ...right])];
}
