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

/** State of a booking. */
export function bookingState(booking: Booking): BookingState {
  if (!booking.fits) return 'does-not-fit';
  if (booking.targetScreens === 0) return 'no-screens';
  return booking.load > LOAD_WARNING ? 'tight' : 'fits';
}

/**
 * The troubles of a booking, those on most screen-days first. Conflicts that would read the same (same kind, same promises by `promiseKey`,
 * same time of day, same overflow, same count that fits) are one, on all their screens and dates.
 */
export function troublesOf(booking: Booking, promiseKey: (id: string) => string): Trouble[] {
  const troubles = new Map<string, Trouble>();
  for (const { screens, dates, conflicts } of booking.problems) {
    for (const conflict of conflicts) {
      const key = readingOf(conflict, promiseKey);
      const same = troubles.get(key);
      troubles.set(key, {
        conflict: same?.conflict ?? conflict,
        screens: union(same?.screens, screens),
        dates: union(same?.dates, dates),
      });
    }
  }
  return [...troubles.values()].sort((a, b) => b.screens.length * b.dates.length - a.screens.length * a.dates.length);
}

function readingOf(conflict: Trouble['conflict'], promiseKey: (id: string) => string): string {
  const { kind, commitments, startMs, endMs, overflowMs, fits } = conflict;
  return JSON.stringify([
    kind,
    [...new Set(commitments.map(promiseKey))],
    startMs % DAY_MS,
    endMs - startMs,
    overflowMs,
    fits,
  ]);
}

function union(left: readonly string[] | undefined, right: readonly string[]): string[] {
  return [...new Set([...(left ?? []), ...right])];
}
