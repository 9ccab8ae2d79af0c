/** Opening hours while they are being written: any text in the time fields, and what is wrong with it. */
import type { DayPart, OpeningHours } from '../../../../domain/time/opening-hours.ts';
import { WEEKDAYS, type Weekday } from '../../../../domain/time/weekday.ts';
import { minutesOfWallTime } from '../../../../domain/time/zone-time.ts';
import { openingHoursSchema } from '../../../../protocol/common.ts';
import { wallTimeFrom } from '../../widgets/wall-time.ts';

const MINUTES_A_DAY = 24 * 60;

/** Why a span is no opening hours. */
export type HoursFault = 'none' | 'days' | 'time' | 'order' | 'start' | 'long';

/** What is wrong with one span, or null. */
export function faultOf(span: OpeningHours): HoursFault | null {
  if (span.days.length === 0) return 'days';
  const from = wallTimeFrom(span.from);
  const to = wallTimeFrom(span.to);
  if (from === null || to === null) return 'time';
  const [start, end] = [minutesOfWallTime(from), minutesOfWallTime(to)];
  if (start >= MINUTES_A_DAY) return 'start';
  if (end <= start) return 'order';
  if (end - start > MINUTES_A_DAY) return 'long';
  return openingHoursSchema.safeParse({ ...span, from, to }).success ? null : 'time';
}

/** The first fault of a list, or null where it may be saved. */
export function faultOfAll(spans: readonly OpeningHours[] | undefined): HoursFault | null {
  if (!spans || spans.length === 0) return 'none';
  for (const span of spans) {
    const fault = faultOf(span);
    if (fault) return fault;
  }
  return null;
}

/** What is wrong with a span of the day, or null. */
export const faultOfPart = (part: DayPart): HoursFault | null => faultOf({ days: [...WEEKDAYS], ...part });

/** The clock time of the next day that a time past midnight means, or null for one before it. */
export function nextDayTime(typed: string): string | null {
  const time = wallTimeFrom(typed);
  if (time === null) return null;
  const minutes = minutesOfWallTime(time) - MINUTES_A_DAY;
  if (minutes < 0) return null;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `days` with `day` put in or taken out, Monday first. */
export const toggledDay = (days: readonly Weekday[], day: Weekday): Weekday[] =>
  WEEKDAYS.filter((one) => (one === day ? !days.includes(day) : days.includes(one)));
