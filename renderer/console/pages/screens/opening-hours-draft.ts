/** Opening hours while they are being written: any text in the time fields, and what is wrong with it. */
import type { OpeningHours } from '../../../../domain/time/opening-hours.ts';
import { WEEKDAYS, type Weekday } from '../../../../domain/time/weekday.ts';
import { minutesOfWallTime } from '../../../../domain/time/zone-time.ts';
import { openingHoursSchema } from '../../../../protocol/common.ts';

const MINUTES_A_DAY = 24 * 60;

/** Why a span is no opening hours. */
export type HoursFault = 'none' | 'days' | 'time' | 'order' | 'start' | 'long';

/** `time` typed in any usual way as `HH:MM` up to 47:59, or null: 8, 8:5, 0830, 25:30, full-width digits. */
export function wallTimeOf(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .trim()
    .replace(/[.点时：]/g, ':')
    .replace(/[:分]+$/, '');
  const match = /^(\d{1,2}):(\d{1,2})$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain) ?? /^(\d{1,2})()$/.exec(plain);
  if (!match) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2] || 0);
  if (hours > 47 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** What is wrong with one span, or null. */
export function faultOf(span: OpeningHours): HoursFault | null {
  if (span.days.length === 0) return 'days';
  const from = wallTimeOf(span.from);
  const to = wallTimeOf(span.to);
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

/** The clock time of the next day that a time past midnight means, or null for one before it. */
export function nextDayTime(typed: string): string | null {
  const time = wallTimeOf(typed);
  if (time === null) return null;
  const minutes = minutesOfWallTime(time) - MINUTES_A_DAY;
  if (minutes < 0) return null;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `days` with `day` put in or taken out, Monday first. */
export const toggledDay = (days: readonly Weekday[], day: Weekday): Weekday[] =>
  WEEKDAYS.filter((one) => (one === day ? !days.includes(day) : days.includes(one)));
