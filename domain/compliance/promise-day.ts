/** What a program promises on one date: windows and exact times as instants. */
import { isActive } from '../plan/day-task.ts';
import type { Program, ProgramCommitment } from '../plan/program.ts';
import type { Interval } from '../time/interval.ts';
import { openIntervals, withinDayParts } from '../time/opening-hours.ts';
import { instantOfWallTime, type LocalDate, weekdayOf } from '../time/zone-time.ts';

/** A commitment on a date; `closesAtMs` is the end of its last window, null where it has none that day. */
export type PromisedDay = {
  readonly promise: ProgramCommitment;
  readonly windows: readonly Interval[];
  readonly exactMs: readonly number[];
  readonly closesAtMs: number | null;
};

/** The commitments of `program` that run on `date`, in its order. */
export function promisedOn(program: Program, date: LocalDate): PromisedDay[] {
  const weekday = weekdayOf(date);
  const active = program.commitments.filter((commitment) => isActive(commitment, date, weekday));
  if (active.length === 0) return [];
  const open = openIntervals(program.openingHours, date, program.timeZone);
  return active.map((promise) => {
    const windows = withinDayParts(open, promise.dayParts, date, program.timeZone);
    const exactMs = promise.exactTimes.map((time) => instantOfWallTime(date, time, program.timeZone));
    return { promise, windows, exactMs, closesAtMs: windows.at(-1)?.endMs ?? null };
  });
}
