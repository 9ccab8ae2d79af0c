/** Instants as a reader of the report wants them. */
import { addDays, type LocalDate, localTimestamp, startOfDayMs } from '../../../domain/time/zone-time.ts';
import type { WriteClock } from '../../../protocol/bundle-words.ts';

/** Local time with its offset, to the second: `2026-07-01 08:00:00 +08:00`. */
export function instantText(epochMs: number, zone: string): string {
  const at = partsOf(epochMs, zone);
  return at ? `${at.date} ${at.time} ${at.offset}` : `${epochMs} ms`;
}

/** Writes times for a row of `date`: no date where it is that one, no offset where the zone keeps one all day. */
export function dayClock(date: LocalDate, zone: string): WriteClock {
  const offsetAt = (day: LocalDate): string | undefined => partsOf(startOfDayMs(day, zone), zone)?.offset;
  const keepsOffset = offsetAt(date) === offsetAt(addDays(date, 1));
  return (epochMs) => {
    const at = partsOf(epochMs, zone);
    if (!at) return `${epochMs} ms`;
    const time = keepsOffset ? at.time : `${at.time} ${at.offset}`;
    return at.date === date ? time : `${at.date} ${time}`;
  };
}

/** The last ms of the year 9999: later years have no date of this form, and a record may claim any. */
const LAST_MS = 253_402_300_799_999;

function partsOf(epochMs: number, zone: string): { date: string; time: string; offset: string } | null {
  if (epochMs > LAST_MS - 86_400_000) return null;
  const text = localTimestamp(epochMs, zone);
  return { date: text.slice(0, 10), time: text.slice(11, 19), offset: text.slice(23) };
}
