/** When a screen is on, and which date of service an instant belongs to. */
import { type Interval, intersectIntervals, mergeIntervals } from './interval.ts';
import type { Weekday } from './weekday.ts';
import { addDays, instantOfWallTime, type LocalDate, localDateAt, type WallTime, weekdayOf } from './zone-time.ts';

/** On these weekdays the screen is on from `from` to `to`; `to` may lie past midnight (`25:30`). */
export type OpeningHours = { days: Weekday[]; from: WallTime; to: WallTime };

/** A span of wall-clock time within a day of service in which plays are wanted; `to` may lie past midnight. */
export type DayPart = { from: WallTime; to: WallTime };

/** The time a screen is on for the day of service `date`, as normalised spans; empty on a closed day. */
export function openIntervals(hours: readonly OpeningHours[], date: LocalDate, zone: string): Interval[] {
  const weekday = weekdayOf(date);
  return mergeIntervals(hours.filter((h) => h.days.includes(weekday)).map((h) => wallInterval(h, date, zone)));
}

/** The part of `open` inside any of `parts`; all of it where no parts are given. */
export function withinDayParts(
  open: readonly Interval[],
  parts: readonly DayPart[],
  date: LocalDate,
  zone: string,
): Interval[] {
  if (parts.length === 0) return [...open];
  return intersectIntervals(open, mergeIntervals(parts.map((p) => wallInterval(p, date, zone))));
}

/**
 * The date of service at `nowMs`: yesterday while yesterday's hours that run past midnight are still open, else the local date.
 * A day of service is what plans, counts and verdicts are kept by.
 */
export function serviceDate(hours: readonly OpeningHours[], zone: string, nowMs: number): LocalDate {
  const today = localDateAt(nowMs, zone);
  const yesterday = addDays(today, -1);
  const closing = openIntervals(hours, yesterday, zone).at(-1);
  return closing && nowMs < closing.endMs ? yesterday : today;
}

function wallInterval(part: DayPart, date: LocalDate, zone: string): Interval {
  return { startMs: instantOfWallTime(date, part.from, zone), endMs: instantOfWallTime(date, part.to, zone) };
}
