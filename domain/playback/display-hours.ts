/** When a display is to have power: in its opening hours and a little before and after. */
import type { OpeningHours } from '../time/opening-hours.ts';
import { openIntervals, serviceDate } from '../time/opening-hours.ts';
import { addDays } from '../time/zone-time.ts';

/** A display gets this long to come up before the screen opens. */
export const DISPLAY_LEAD_MS = 30_000;
/** A display stays on this long after closing. */
export const DISPLAY_GRACE_MS = 60_000;

/** Whether the display of a screen with these hours is to be on at `nowMs` (epoch milliseconds). */
export function isDisplayTime(hours: readonly OpeningHours[], zone: string, nowMs: number): boolean {
  const date = serviceDate(hours, zone, nowMs);
  // Yesterday for the minute after midnight, tomorrow for the half minute before.
  const near = [-1, 0, 1].flatMap((days) => openIntervals(hours, addDays(date, days), zone));
  return near.some(({ startMs, endMs }) => startMs - DISPLAY_LEAD_MS <= nowMs && nowMs < endMs + DISPLAY_GRACE_MS);
}
