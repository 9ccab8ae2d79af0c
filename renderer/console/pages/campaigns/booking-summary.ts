/** What the booking check's answer comes to: one state for the panel's head, and conflicts worded once each. */
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

/** State of a booking. */
export function bookingState(booking: Booking): BookingState {
  if (!booking.fits) return 'does-not-fit';
  if (booking.targetScreens === 0) return 'no-screens';
  return booking.load > LOAD_WARNING ? 'tight' : 'fits';
}

/** One trouble a conflict, those on most screen-days first. */
export function troublesOf(booking: Booking): Trouble[] {
  return booking.problems
    .flatMap(({ screens, dates, conflicts }) => conflicts.map((conflict) => ({ conflict, screens, dates })))
    .sort((a, b) => b.screens.length * b.dates.length - a.screens.length * a.dates.length);
}
