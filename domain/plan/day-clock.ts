/** Wall-clock times of one date as instants, cheaply: zone rules are asked once a day, not once a day part. */
import type { Interval } from '../time/interval.ts';
import { mergeIntervals } from '../time/interval.ts';
import type { DayPart } from '../time/opening-hours.ts';
import { instantOfWallTime, type LocalDate, minutesOfWallTime, type WallTime } from '../time/zone-time.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const LAST_MS = 2_879 * MINUTE_MS;

/** Gives the instant (epoch milliseconds) at which clocks show a wall-clock time of the date. */
export type DayClock = (time: WallTime) => number;

/**
 * The clock of `date` in `zone`. Where no change of the zone's offset touches the date or the next (all but a few days a year), an
 * instant is a sum; else every time is looked up.
 */
export function dayClock(date: LocalDate, zone: string): DayClock {
  const midnight = plainMidnight(date, zone);
  if (midnight !== null) return (time) => midnight + minutesOfWallTime(time) * MINUTE_MS;
  return (time) => instantOfWallTime(date, time, zone);
}

/** What zone rules said of dates asked for lately: the same date is planned again and again, and its rules never change while running. */
const known = new Map<string, number | null>();
const MOST_KNOWN = 512;

/** Midnight of `date`, from which on two days run without a change of the offset; null where there is one. */
function plainMidnight(date: LocalDate, zone: string): number | null {
  const key = `${date} ${zone}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const midnight = instantOfWallTime(date, '00:00', zone);
  const isPlain =
    instantOfWallTime(date, '24:00', zone) === midnight + DAY_MS &&
    instantOfWallTime(date, '47:59', zone) === midnight + LAST_MS;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, isPlain ? midnight : null);
  return isPlain ? midnight : null;
}

/** The spans of `parts` on the clock's date, normalised; a part that daylight saving swallows whole is gone. */
export function partIntervals(parts: readonly DayPart[], clock: DayClock): Interval[] {
  return mergeIntervals(parts.map((part) => ({ startMs: clock(part.from), endMs: clock(part.to) })));
}
