/** What the booking check's answer comes to: one state for the panel's head, and every conflict worded once. */
import { LOAD_WARNING } from '../../../../domain/plan/load-warning.ts';
import type { Booking } from '../../../../protocol/http/views.ts';

/** The head of the panel: no screens meant, does not fit, fits but tight, fits. */
export type BookingState = 'no-screens' | 'does-not-fit' | 'tight' | 'fits';

/** One conflict with every screen and date it is on. */
export type Trouble = {
  conflict: Booking['problems'][number]['conflicts'][number];
  screens: string[];
  dates: string[];
};

/** Screens and dates that fit and are tight. */
export type BookingWarning = Booking['warnings'][number];

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

/** A count of the form's promise `index` that would fit; `isSure`: every conflict there is goes away with it. */
export type FittingCount = { index: number; fits: number; isSure: boolean };

/** The counts of the form's promises that would fit, by the check; none for promises of which not even one play fits. */
export function countsThatFit(
  booking: Booking,
  promises: readonly { id: string; minPlays: number | null }[],
): FittingCount[] {
  return promises.flatMap(({ id, minPlays }, index) => {
    const count = booking.counts.find(({ commitment }) => commitment === id);
    if (!count || count.fits === 0 || count.fits >= (minPlays ?? 0)) return [];
    return [{ index, fits: count.fits, isSure: count.isEnough }];
  });
}

function union(left: readonly string[] | undefined, right: readonly string[]): string[] {
  return [...new Set([...(left ?? []), ...right])];
}
