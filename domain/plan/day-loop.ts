/** The loop of one date: which of its items are shown on it, and in what windows. */
import { type Interval, intersectIntervals } from '../time/interval.ts';
import type { Weekday } from '../time/weekday.ts';
import type { LocalDate } from '../time/zone-time.ts';
import { type DayClock, partIntervals } from './day-clock.ts';
import type { LoopItem, Program } from './program.ts';
import type { TagNumbers } from './separation.ts';

/**
 * One item of the loop on one date. `position` is its place in the program's loop; `windows` are when it may be shown, null for all open
 * time; `tag` is the number of its separation tag.
 */
export type DayLoopItem = {
  readonly position: number;
  readonly item: string;
  readonly durationMs: number;
  readonly windows: readonly Interval[] | null;
  readonly tag: number;
};

/** The items of `program`'s loop that may be shown on `date`, in the loop's order. */
export function dayLoop(
  program: Program,
  date: LocalDate,
  weekday: Weekday,
  open: readonly Interval[],
  clock: DayClock,
  tagOf: TagNumbers,
): DayLoopItem[] {
  return program.loop.flatMap((entry, position) => {
    if (!(entry.durationMs > 0)) throw new RangeError(`loop: ${entry.item} has no length`);
    if (!isShownOn(entry, date, weekday)) return [];
    const windows = entry.dayParts ? intersectIntervals(open, partIntervals(entry.dayParts, clock)) : null;
    return [{ position, item: entry.item, durationMs: entry.durationMs, windows, tag: tagOf(entry.separation) }];
  });
}

/** Whether a loop item is shown on `date` at all. */
export const isShownOn = ({ from, to, weekdays }: LoopItem, date: LocalDate, weekday: Weekday): boolean =>
  (from === undefined || from <= date) &&
  (to === undefined || date <= to) &&
  (weekdays === undefined || weekdays.includes(weekday));
