/** Where one task of a sweep stands: how it plays, what was played, and its next play. */
import type { Interval } from '../time/interval.ts';
import type { DayTask } from './day-task.ts';
import { shortestMs } from './item-rotation.ts';
import { hasShare } from './promised-plays.ts';
import type { RhythmGoal } from './rhythm-goals.ts';

/** No number of plays left. */
const NEVER = -0x8000_0000;

/**
 * How much an aim may move where there is a share: plays so dense that the films in their way are long beside their period would
 * otherwise fall behind all day and come short of the share at closing.
 */
const SHARE_CATCH_UP_LIMIT = 0.35;

/**
 * The manner of a sweep, all in periods of each task: how far first plays are moved apart, how much later than its aim a play may start
 * before it counts as late, and how much an aim may move at most to catch up with the even grid.
 */
export type Manner = { readonly spread: number; readonly lateShare: number; readonly catchUpLimit: number };

/**
 * The task at place `index` of the day. Its next play is item `item` of its own, takes `durationMs`, may start from `earlyMs` on and must
 * end by `closeMs`, the end of its window; when it is aimed at and when it is late is kept in the lists of all tasks. `left` counts
 * promised plays still to be placed; at 0 and below the next play is bonus, or there is none where it `stops`. With `tailFrom` plays left
 * it goes over to the period of its tail; its aims move by `catchUpLimit` periods at most, and `lagMs` is what they have not caught up.
 * `keptMs` is the start with which the promise was kept, `firstMs`, `lastMs` and `widestMs` the first and the last start and the widest
 * gap so far, `starts` the last ones where there is an hourly limit.
 */
export type TaskRhythm = {
  readonly index: number;
  readonly task: DayTask;
  /** Its window where it has one left, no limits and one item, so that its next aim is a sum; else null. */
  readonly onlyWindow: Interval | null;
  /** When the whole window of each remaining window opens or opened. */
  readonly opensMs: readonly number[];
  /** Infinity where there is none. */
  readonly maxGapMs: number;
  readonly stops: boolean;
  readonly tailFrom: number;
  readonly tailPeriodMs: number;
  readonly catchUpLimit: number;
  readonly starts: number[];
  /** Length of its shortest item, milliseconds. */
  readonly shortestMs: number;
  periodMs: number;
  item: number;
  durationMs: number;
  earlyMs: number;
  closeMs: number;
  left: number;
  played: number;
  lagMs: number;
  firstMs: number;
  lastMs: number;
  widestMs: number;
  keptMs: number;
};

/** Every task before the first slot. */
export function taskRhythms(tasks: readonly DayTask[], goals: readonly RhythmGoal[], manner: Manner): TaskRhythm[] {
  const opensOf = openings();
  return tasks.flatMap((task, index) => {
    const goal = goals[index];
    if (!goal) return [];
    return {
      index,
      task,
      onlyWindow: isPlain(task) ? (task.rest[0] ?? null) : null,
      opensMs: opensOf(task),
      maxGapMs: task.maxGapMs ?? Number.POSITIVE_INFINITY,
      stops: goal.stops,
      tailFrom: goal.tail?.plays ?? NEVER,
      tailPeriodMs: goal.tail?.periodMs ?? 0,
      catchUpLimit: hasShare(task) ? SHARE_CATCH_UP_LIMIT : manner.catchUpLimit,
      starts: task.hourLimit > 0 ? task.pastStarts.slice(-task.hourLimit) : [],
      shortestMs: shortestMs(task.rotation),
      periodMs: goal.periodMs,
      item: 0,
      durationMs: task.rotation.items[0]?.durationMs ?? 0,
      earlyMs: 0,
      closeMs: 0,
      left: goal.needed,
      played: 0,
      lagMs: 0,
      firstMs: 0,
      lastMs: task.pastStarts.at(-1) ?? Number.NEGATIVE_INFINITY,
      widestMs: 0,
      keptMs: 0,
    };
  });
}

const isPlain = (task: DayTask): boolean =>
  task.rest.length === 1 && task.rotation.items.length === 1 && task.hourLimit === 0 && task.minGapMs === 0;

/** Openings of the windows of the day that the parts left of them belong to: now and exact times of others end no rhythm. */
function openings(): (task: DayTask) => readonly number[] {
  const known = new Map<DayTask['rest'], readonly number[]>();
  return ({ rest, windows }) => {
    const found = known.get(rest);
    if (found) return found;
    const opens = rest.map((part) => {
      const whole = windows.find((window) => window.startMs <= part.startMs && part.endMs <= window.endMs);
      return whole?.startMs ?? part.startMs;
    });
    known.set(rest, opens);
    return opens;
  };
}
