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
  const midnight = instantOfWallTime(date, '00:00', zone);
  const isPlain =
    instantOfWallTime(date, '24:00', zone) === midnight + DAY_MS &&
    instantOfWallTime(date, '47:59', zone) === midnight + LAST_MS;
  if (isPlain) return (time) => midnight + minutesOfWallTime(time) * MINUTE_MS;
  return (time) => instantOfWallTime(date, time, zone);
}

/** The spans of `parts` on the clock's date, normalised; a part that daylight saving swallows whole is gone. */
export function partIntervals(parts: readonly DayPart[], clock: DayClock): Interval[] {
  return mergeIntervals(parts.map((part) => ({ startMs: clock(part.from), endMs: clock(part.to) })));
}
