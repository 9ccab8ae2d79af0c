/** The commitments of one date as the planner computes with them: windows as instants, limits as numbers, history applied. */
import { type Interval, intersectIntervals, intervalsFrom, totalMs } from '../time/interval.ts';
import type { Weekday } from '../time/weekday.ts';
import { type LocalDate, weekdayOf } from '../time/zone-time.ts';
import { type DayClock, dayClock, partIntervals } from './day-clock.ts';
import { type ItemRotation, itemRotation } from './item-rotation.ts';
import type { Program, ProgramCommitment } from './program.ts';

/** One commitment on one date. `windows` are of the whole day, `rest` the part from now on, both inside opening hours. */
export type DayTask = {
  readonly id: string;
  readonly required: number;
  readonly tally: number;
  readonly windows: readonly Interval[];
  readonly windowMs: number;
  readonly rest: readonly Interval[];
  readonly restMs: number;
  /** Start to start; 0: none. */
  readonly minGapMs: number;
  /** Most starts in any 60 minutes; 0: no limit. */
  readonly hourLimit: number;
  readonly maxGapMs: number | null;
  readonly minShare: number | null;
  readonly priority: number;
  readonly frontLoad: number;
  /** Starts of earlier plays of the day, ascending; empty where only a tally is known. */
  readonly pastStarts: readonly number[];
  readonly rotation: ItemRotation;
  /** Mean over the rotation, milliseconds. */
  readonly meanDurationMs: number;
};

/** One date of a screen: open time, the tasks of the commitments that run on it, and now (never before opening). */
export type PlanningDay = {
  readonly date: LocalDate;
  readonly nowMs: number;
  readonly open: readonly Interval[];
  readonly openRest: readonly Interval[];
  readonly tasks: readonly DayTask[];
  /** Counted plays of the day so far, loop items included where they are known. */
  readonly playsSoFar: number;
  /** Mean length of a loop item, milliseconds; 0 where the loop is empty. */
  readonly loopMeanMs: number;
};

/** What has happened to one commitment today: counted plays by item, and the starts known (ascending, epoch milliseconds). */
export type TaskHistory = { readonly playsByItem: readonly number[]; readonly starts: readonly number[] };

/** Whether a commitment runs on `date`. */
export function isActive(commitment: ProgramCommitment, date: LocalDate, weekday: Weekday): boolean {
  return commitment.from <= date && date <= commitment.to && commitment.weekdays.includes(weekday);
}

/** Resolves `program` on `date` as seen at `nowMs`; `historyOf` tells what has happened to a commitment so far, `fillerSoFar` how many loop items were shown. */
export function planningDay(
  program: Program,
  date: LocalDate,
  nowMs: number,
  historyOf: (commitment: ProgramCommitment) => TaskHistory,
  fillerSoFar: number,
): PlanningDay {
  const weekday = weekdayOf(date);
  const clock = dayClock(date, program.timeZone);
  const hours = program.openingHours.filter((span) => span.days.includes(weekday));
  const open = partIntervals(hours, clock);
  const now = Math.max(Math.ceil(nowMs), open[0]?.startMs ?? 0);
  const windowsOf = windowsByParts(open, clock, now);
  const tasks = program.commitments
    .filter((commitment) => isActive(commitment, date, weekday))
    .map((commitment) => dayTask(commitment, windowsOf(commitment), historyOf(commitment)));
  const playsSoFar = tasks.reduce((sum, task) => sum + task.tally, fillerSoFar);
  const { loop } = program;
  const loopMeanMs = loop.length === 0 ? 0 : loop.reduce((sum, item) => sum + item.durationMs, 0) / loop.length;
  return { date, nowMs: now, open, openRest: intervalsFrom(open, now), tasks, playsSoFar, loopMeanMs };
}

type Windows = { windows: readonly Interval[]; rest: readonly Interval[]; windowMs: number; restMs: number };

/** Most commitments of a screen share few sets of day parts; each set is resolved once. */
function windowsByParts(open: readonly Interval[], clock: DayClock, now: number): (c: ProgramCommitment) => Windows {
  const known = new Map<string, Windows>();
  return ({ dayParts }) => {
    let key = '';
    for (const part of dayParts) key += `${part.from}-${part.to},`;
    let found = known.get(key);
    if (!found) {
      const windows = dayParts.length === 0 ? open : intersectIntervals(open, partIntervals(dayParts, clock));
      const rest = intervalsFrom(windows, now);
      found = { windows, rest, windowMs: totalMs(windows), restMs: totalMs(rest) };
      known.set(key, found);
    }
    return found;
  };
}

function dayTask(commitment: ProgramCommitment, windows: Windows, history: TaskHistory): DayTask {
  const { items } = commitment;
  let weights = 0;
  let weighted = 0;
  for (const item of items) {
    if (!(item.durationMs > 0) || !(item.weight > 0))
      throw new RangeError(`${commitment.id}: ${item.item} has no length or weight`);
    weights += item.weight;
    weighted += item.weight * item.durationMs;
  }
  let tally = 0;
  for (const count of history.playsByItem) tally += count;
  return {
    id: commitment.id,
    required: commitment.minPlays,
    tally,
    windows: windows.windows,
    windowMs: windows.windowMs,
    rest: windows.rest,
    restMs: windows.restMs,
    minGapMs: commitment.minGapMs ?? 0,
    hourLimit: commitment.maxPlaysPerHour ?? 0,
    maxGapMs: commitment.maxGapMs,
    minShare: commitment.minShare,
    priority: commitment.priority,
    frontLoad: commitment.frontLoad,
    pastStarts: history.starts,
    rotation: itemRotation(items, history.playsByItem),
    meanDurationMs: weighted / weights,
  };
}
