/** The commitments of one date as the planner computes with them: windows as instants, limits as numbers, history applied. */
import { type Interval, intersectIntervals, intervalsFrom, totalMs } from '../time/interval.ts';
import type { Weekday } from '../time/weekday.ts';
import { type LocalDate, weekdayOf } from '../time/zone-time.ts';
import { type DayClock, dayClock, partIntervals } from './day-clock.ts';
import { type DayLoopItem, dayLoop } from './day-loop.ts';
import {
  EXACT_TOLERANCE_MS,
  type ExactPlay,
  exactStarts,
  type MissedExact,
  reserveExact,
  rotationAfter,
} from './exact-plays.ts';
import { type ItemRotation, itemRotation } from './item-rotation.ts';
import { type OpenSpan, openSpans } from './open-span.ts';
import type { Program, ProgramCommitment } from './program.ts';
import { PARTING_MS, tagNumbers, UNTAGGED } from './separation.ts';

/** One commitment on one date. `windows` are of the whole day, `rest` the part from now on that no exact play has taken, both inside opening hours. */
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
  readonly minAirtimeShare: number | null;
  /** Time of its counted plays so far, milliseconds. */
  readonly shownMs: number;
  /** It plays at exact times only, but for what makes up for a missed one. */
  readonly isExact: boolean;
  /** How many plays are reserved at exact times still to come. */
  readonly exactPlays: number;
  /** Number of its separation tag; 0: none. */
  readonly tag: number;
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
  /** Open time from now on that no exact play has taken. */
  readonly openRest: readonly OpenSpan[];
  readonly tasks: readonly DayTask[];
  /** Plays reserved at exact times, in order of time, and the exact times that cannot be had. */
  readonly exactPlays: readonly ExactPlay[];
  readonly missedExact: readonly MissedExact[];
  /** Counted plays of the day so far, loop items included where they are known, and the time they took. */
  readonly playsSoFar: number;
  readonly shownSoFarMs: number;
  /** The loop items of the date. */
  readonly loop: readonly DayLoopItem[];
  /** Mean length of a loop item, milliseconds; 0 where the loop is empty. */
  readonly loopMeanMs: number;
  /** Tag of what was shown last before now; 0 where none. */
  readonly lastTag: number;
  /** Whether any item of the day bears a separation tag. */
  readonly hasTags: boolean;
  /** What parts two plays of a tag at any time, by tag number: the shortest loop item of another one, else a pause; milliseconds. */
  readonly separatorMs: readonly number[];
};

/** What has happened to one commitment today: counted plays by item, and the starts known (ascending, epoch milliseconds). */
export type TaskHistory = { readonly playsByItem: readonly number[]; readonly starts: readonly number[] };

/**
 * What was shown of the loop today, as far as it is known: plays, their time, and span and tag of what was shown last (of whatever kind).
 */
export type LoopHistory = {
  readonly plays: number;
  readonly shownMs: number;
  readonly last: { readonly startMs: number; readonly endMs: number; readonly tag: string | null } | null;
};

/** Nothing was shown. */
export const NO_LOOP_HISTORY: LoopHistory = { plays: 0, shownMs: 0, last: null };

/** Whether a commitment runs on `date`. */
export function isActive(commitment: ProgramCommitment, date: LocalDate, weekday: Weekday): boolean {
  return commitment.from <= date && date <= commitment.to && commitment.weekdays.includes(weekday);
}

/** Resolves `program` on `date` as seen at `nowMs`; `historyOf` tells what has happened to a commitment so far. */
export function planningDay(
  program: Program,
  date: LocalDate,
  nowMs: number,
  historyOf: (commitment: ProgramCommitment) => TaskHistory,
  loopSoFar: LoopHistory,
): PlanningDay {
  const weekday = weekdayOf(date);
  const clock = dayClock(date, program.timeZone);
  const hours = program.openingHours.filter((span) => span.days.includes(weekday));
  const open = partIntervals(hours, clock);
  const now = Math.max(Math.ceil(nowMs), open[0]?.startMs ?? 0);
  const tagOf = tagNumbers(program);
  const windowsOf = windowsByParts(open, clock, now);
  const active = program.commitments
    // Of withdrawn content alone nothing can be planned.
    .filter((commitment) => commitment.items.length > 0 && isActive(commitment, date, weekday))
    .map((commitment) => ({ commitment, history: historyOf(commitment), windows: windowsOf(commitment) }));
  const exact = reserveExact(
    active.flatMap(({ commitment, history, windows }, task) =>
      commitment.exactTimes.length === 0
        ? []
        : [
            {
              task,
              priority: commitment.priority,
              tag: tagOf(commitment.separation),
              windows: windows.windows,
              rotation: itemRotation(commitment.items, history.playsByItem),
              startsMs: exactStarts(commitment, clock, now, history.starts),
            },
          ],
    ),
  );
  const cut = restCutter(exact.plays);
  const tasks = active.map(({ commitment, history, windows }, k) =>
    dayTask(
      commitment,
      afterMissed(
        cut(windows),
        exact.missed.filter(({ task }) => task === k),
      ),
      history,
      exact.plays.filter((play) => play.task === k),
      tagOf(commitment.separation),
    ),
  );
  const { last } = loopSoFar;
  const lastTag = last && now - last.endMs < PARTING_MS ? tagOf(last.tag) : UNTAGGED;
  const loop = dayLoop(program, date, weekday, open, clock, tagOf);
  const hasTags = tasks.some((task) => task.tag > 0) || loop.some((item) => item.tag > 0);
  return {
    date,
    nowMs: now,
    open,
    openRest: openSpans(intervalsFrom(open, now), exact.plays, lastTag),
    lastTag,
    tasks,
    exactPlays: exact.plays,
    missedExact: exact.missed,
    playsSoFar: tasks.reduce((sum, task) => sum + task.tally, loopSoFar.plays),
    shownSoFarMs: tasks.reduce((sum, task) => sum + task.shownMs, loopSoFar.shownMs),
    loop,
    loopMeanMs: loop.length === 0 ? 0 : loop.reduce((sum, item) => sum + item.durationMs, 0) / loop.length,
    hasTags,
    separatorMs: hasTags ? separators(tasks, loop) : [],
  };
}

function separators(tasks: readonly DayTask[], loop: readonly DayLoopItem[]): number[] {
  const most = Math.max(0, ...tasks.map((task) => task.tag), ...loop.map((item) => item.tag));
  return Array.from({ length: most + 1 }, (_, tag) => {
    const between = loop.filter((item) => item.windows === null && item.tag !== tag);
    return between.length === 0 ? PARTING_MS : Math.min(...between.map((item) => item.durationMs));
  });
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

/** Takes reserved plays out of what is left of windows; sets of windows that many share stay shared. */
function restCutter(plays: readonly ExactPlay[]): (windows: Windows) => Windows {
  if (plays.length === 0) return (windows) => windows;
  const known = new Map<Windows, Windows>();
  return (windows) => {
    const found = known.get(windows);
    if (found) return found;
    const rest = openSpans(windows.rest, plays, UNTAGGED);
    const made = { ...windows, rest, restMs: totalMs(rest) };
    known.set(windows, made);
    return made;
  };
}

/** What makes up for exact times that cannot be had comes after the last of them that leaves room for it: before it, it would make up for nothing. */
function afterMissed(windows: Windows, missed: readonly MissedExact[]): Windows {
  for (const { startMs, endMs } of missed.toReversed()) {
    const rest = intervalsFrom(windows.rest, startMs + EXACT_TOLERANCE_MS + 1);
    if (rest.some((span) => span.endMs - span.startMs >= endMs - startMs))
      return { ...windows, rest, restMs: totalMs(rest) };
  }
  return windows;
}

function dayTask(
  commitment: ProgramCommitment,
  windows: Windows,
  history: TaskHistory,
  exactPlays: readonly ExactPlay[],
  tag: number,
): DayTask {
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
  let shownMs = 0;
  for (let k = 0; k < history.playsByItem.length; k += 1) {
    const count = history.playsByItem[k] ?? 0;
    tally += count;
    shownMs += count * (items[k]?.durationMs ?? 0);
  }
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
    minAirtimeShare: commitment.minAirtimeShare,
    shownMs,
    isExact: commitment.exactTimes.length > 0,
    exactPlays: exactPlays.length,
    tag,
    priority: commitment.priority,
    frontLoad: commitment.frontLoad,
    pastStarts: history.starts,
    rotation: rotationAfter(itemRotation(items, history.playsByItem), history.playsByItem, exactPlays),
    meanDurationMs: weighted / weights,
  };
}
