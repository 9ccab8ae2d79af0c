/** All time-zone arithmetic: local dates and wall-clock times of a zone to and from epoch milliseconds. */
import { WEEKDAYS, type Weekday } from './weekday.ts';

/** A calendar date of a screen's zone, `YYYY-MM-DD`. */
export type LocalDate = string;

/** A wall-clock time `HH:MM` from `00:00` to `47:59`; from `24:00` on it lies on the following date. */
export type WallTime = string;

const MINUTES_A_DAY = 24 * 60;

/** Whether the runtime knows `zone` as an IANA zone (offsets such as `+08:00` are refused: they know no daylight saving). */
export function isKnownZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** Whether `text` is a real calendar date written `YYYY-MM-DD`. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** The date that clocks of `zone` show at the instant `epochMs`. */
export function localDateAt(epochMs: number, zone: string): LocalDate {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** `date` moved by a whole number of days. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Number of days from `from` to `to`; negative where `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** The day of the week of `date`. */
export function weekdayOf(date: LocalDate): Weekday {
  const weekday = WEEKDAYS[Temporal.PlainDate.from(date).dayOfWeek - 1];
  if (!weekday) throw new RangeError(`no weekday for ${date}`);
  return weekday;
}

/** Minutes since 00:00 of a wall-clock time: 0 to 2879. */
export function minutesOfWallTime(time: WallTime): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/**
 * The instant at which clocks of `zone` show `time` on `date`, in epoch milliseconds. A time that the clocks skip means the jump itself, so
 * that a span inside the skipped hour is gone and one across its edge is cut there, and none is moved to another hour; of a time that
 * occurs twice the first is meant.
 */
export function instantOfWallTime(date: LocalDate, time: WallTime, zone: string): number {
  const minutes = minutesOfWallTime(time);
  const day = Temporal.PlainDate.from(date).add({ days: Math.floor(minutes / MINUTES_A_DAY) });
  const within = minutes % MINUTES_A_DAY;
  const plain = day.toPlainDateTime({ hour: Math.floor(within / 60), minute: within % 60 });
  const zoned = plain.toZonedDateTime(zone);
  if (zoned.toPlainDateTime().equals(plain)) return zoned.epochMilliseconds;
  const jump = plain.toZonedDateTime(zone, { disambiguation: 'earlier' }).getTimeZoneTransition('next');
  return (jump ?? zoned).epochMilliseconds;
}

/** First instant of `date` in `zone`, in epoch milliseconds (not always 00:00). */
export function startOfDayMs(date: LocalDate, zone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
}

/** `epochMs` as local time with its offset, `2026-11-23T08:00:00.000+08:00`. */
export function localTimestamp(epochMs: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });
}
