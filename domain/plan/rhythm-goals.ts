/** How many plays of each task to aim at, and at what distance: the front-loaded rhythm of a day. */
import { type Interval, totalMs } from '../time/interval.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import { isShareBound, minimumPlays } from './promised-plays.ts';
import { playsUntilClosing } from './share-plays.ts';

const HOUR_MS = 3_600_000;

/** Share of the time that promised plays may take while front-loaded; the rest absorbs what non-preemptive plays do to each other. */
const FRONT_LOAD_DENSITY = 0.94;

/** A front-loaded rhythm is that of so many plays more, so that the last promised one may be late and still be inside its horizon. */
const MARGIN_PLAYS = 0.4;

/** Aim at most this share of a largest allowed gap, so that a play that has to wait still keeps it. */
const MAX_GAP_AIM = 0.85;

/**
 * Goals of one task: `needed` plays from now on are promised, the others bonus; `periodMs` is the start-to-start distance aimed at
 * (Infinity: no plays wanted); `horizonMs` is the window time in which the promise is meant to be kept. A `tail` is the slower rhythm of the last `plays` needed and of bonus ones:
 * that of a share on top of a front-loaded count. `stops`: no bonus plays, because more than its share would cost the others theirs.
 */
export type RhythmGoal = {
  readonly needed: number;
  readonly periodMs: number;
  readonly horizonMs: number;
  readonly tail: { readonly plays: number; readonly periodMs: number } | null;
  readonly stops: boolean;
};

/**
 * One goal a task for `needed` plays each. Repetition j of n is aimed at [jT, (j+1)T) of the task's own time, T = share · H / n with
 * its front-load as the share; where the promised work of tasks sharing a time exceeds what that pace can hold, their horizons
 * stretch, up to the whole window, and from there on if not `frontLoaded`. Plays of a share are not front-loaded but spread over the
 * whole window, so that the share holds at every hour; only the count among them is kept in its front-loaded time.
 */
export function rhythmGoals(day: PlanningDay, needed: readonly number[], frontLoaded: boolean): RhythmGoal[] {
  const isBound = day.tasks.map((task, i) => isShareBound(task, needed[i] ?? 0));
  const now = stretches(
    day.tasks,
    (t) => t.rest,
    (t, i) =>
      isBound[i] ? shareLoad(t, needed[i] ?? 0, minimumPlays(t), t.restMs) : load(t, needed[i] ?? 0, t.restMs),
  );
  // Only what nothing more is needed of goes on at the pace of the whole day.
  const dayPeriodsMs = day.tasks.every((_, i) => needed[i] !== 0) ? [] : dayPeriods(day, needed);
  const untilClosing = playsUntilClosing(day, needed);
  const openMs = totalMs(day.openRest);
  return day.tasks.map((task, i) => {
    const n = needed[i] ?? 0;
    const share = frontLoaded ? Math.min(1, task.frontLoad * (now[i] ?? 1)) : 1;
    if (isBound[i]) return shareGoal(task, n, share);
    const horizonMs = share * task.restMs;
    const countMs = n === 0 ? (dayPeriodsMs[i] ?? 0) : horizonMs / (n + (frontLoaded ? MARGIN_PLAYS : 0));
    // Beside its exact times a task only makes up for missed ones.
    if (task.isExact && n === 0) return NO_PLAYS;
    const sharePlays = Math.max(
      (task.minShare ?? 0) * untilClosing,
      ((task.minAirtimeShare ?? 0) * openMs) / task.meanDurationMs,
    );
    const bonusMs = sharePlays > 0 ? Math.max(countMs, task.restMs / sharePlays) : countMs;
    const periodMs = limitedPeriod(task, n === 0 ? bonusMs : countMs, n);
    const tail = bonusMs > countMs ? { plays: 0, periodMs: limitedPeriod(task, bonusMs, n) } : null;
    return { needed: n, periodMs, horizonMs, tail, stops: task.isExact };
  });
}

/**
 * The start-to-start distance that the whole day's count of each task has, by which a play is late or not, where it goes on with `needed`
 * plays from now on; Infinity where no count is promised. Milliseconds.
 */
export function dayPeriods(day: PlanningDay, needed: readonly number[]): number[] {
  const whole = stretches(
    day.tasks,
    (t) => t.windows,
    (t, i) =>
      isShareBound(t, needed[i] ?? 0)
        ? shareLoad(t, t.tally + (needed[i] ?? 0), t.required, t.windowMs)
        : load(t, t.required, t.windowMs),
  );
  return day.tasks.map((task, i) => {
    if (task.required === 0) return Number.POSITIVE_INFINITY;
    return (Math.min(1, task.frontLoad * (whole[i] ?? 1)) * task.windowMs) / task.required;
  });
}

/** The goal of a task that is to have no plays. */
const NO_PLAYS: RhythmGoal = {
  needed: 0,
  periodMs: Number.POSITIVE_INFINITY,
  horizonMs: 0,
  tail: null,
  stops: true,
};

/** The goal of `n` plays that a share asks for: evenly over the window, unless the count among them has to be quicker than that. */
function shareGoal(task: DayTask, n: number, frontShare: number): RhythmGoal {
  const count = minimumPlays(task);
  const evenMs = task.restMs / (n + MARGIN_PLAYS);
  const countMs = count === 0 ? evenMs : (frontShare * task.restMs) / (count + MARGIN_PLAYS);
  const isQuicker = countMs < evenMs;
  const wantedMs = isQuicker ? countMs : evenMs;
  const wantedTailMs = isQuicker ? (task.restMs - count * countMs) / (n - count + MARGIN_PLAYS) : evenMs;
  return {
    needed: n,
    periodMs: limitedPeriod(task, wantedMs, n),
    horizonMs: task.restMs,
    tail: isQuicker ? { plays: n - count, periodMs: limitedPeriod(task, wantedTailMs, n) } : null,
    // A largest gap closer than the rhythm of the share has to be held to closing all the same.
    stops: task.maxGapMs === null || task.maxGapMs * MAX_GAP_AIM >= wantedTailMs,
  };
}

/** Shares of the time that a task's plays fill: `even` at their rhythm over the whole window, `front` inside the front-loaded horizon. */
type Load = { readonly even: number; readonly front: number };

/** Share of its front-loaded horizon that the task's plays fill. */
const load = (task: DayTask, plays: number, windowMs: number): Load => ({
  even: 0,
  front: windowMs === 0 ? 0 : (plays * task.meanDurationMs) / (task.frontLoad * windowMs),
});

/** The same where a share decides: its plays are even all day, unless the `count` among them has to be quicker. */
function shareLoad(task: DayTask, plays: number, count: number, windowMs: number): Load {
  if (plays * task.frontLoad < count) return load(task, count, windowMs);
  return { even: windowMs === 0 ? 0 : (plays * task.meanDurationMs) / windowMs, front: 0 };
}

/** The period wanted for `plays` plays, within what gaps and the hourly limit allow. */
function limitedPeriod(task: DayTask, wantedMs: number, plays: number): number {
  const hourlyMs = task.hourLimit > 0 ? HOUR_MS / task.hourLimit : 0;
  // In a window of less than an hour or so the limit allows a quicker rhythm than its own.
  const isHourly = hourlyMs * (plays - 1) + task.meanDurationMs <= task.restMs;
  const atLeast = Math.max(task.minGapMs, isHourly ? hourlyMs : 0, task.meanDurationMs);
  const atMost = task.maxGapMs === null ? Number.POSITIVE_INFINITY : task.maxGapMs * MAX_GAP_AIM;
  return wantedMs === Number.POSITIVE_INFINITY ? wantedMs : Math.max(atLeast, Math.min(atMost, wantedMs));
}

/** By how much each task's horizon has to stretch (1: not at all) so that no moment of its windows is loaded past the bound. */
function stretches(
  tasks: readonly DayTask[],
  windowsOf: (task: DayTask) => readonly Interval[],
  loadOf: (task: DayTask, index: number) => Load,
): number[] {
  const loads = new Map<readonly Interval[], { even: number; front: number }>();
  tasks.forEach((task, i) => {
    const windows = windowsOf(task);
    const sum = loads.get(windows) ?? { even: 0, front: 0 };
    const { even, front } = loadOf(task, i);
    sum.even += even;
    sum.front += front;
    loads.set(windows, sum);
  });
  const groups = [...loads];
  // A sum of loads is largest at some group's opening, so those moments are all that need looking at.
  const moments = groups
    .flatMap(([windows]) => windows.map((window) => window.startMs))
    .map((atMs) => ({ atMs, stretch: stretchAt(groups, atMs) }));
  const stretchOf = new Map(
    groups.map(([windows]) => {
      const most = moments.reduce((peak, m) => (m.stretch > peak && isOpen(windows, m.atMs) ? m.stretch : peak), 0);
      return [windows, most] as const;
    }),
  );
  return tasks.map((task) => Math.max(1, stretchOf.get(windowsOf(task)) ?? 1));
}

/** By how much front-loaded horizons have to stretch at one moment: even loads do not give way, so the others share what they leave. */
function stretchAt(groups: readonly (readonly [readonly Interval[], Load])[], atMs: number): number {
  let even = 0;
  let front = 0;
  for (const [windows, weight] of groups) {
    if (!isOpen(windows, atMs)) continue;
    even += weight.even;
    front += weight.front;
  }
  if (front === 0) return 0;
  return even < FRONT_LOAD_DENSITY ? front / (FRONT_LOAD_DENSITY - even) : Number.POSITIVE_INFINITY;
}

const isOpen = (windows: readonly Interval[], atMs: number): boolean =>
  windows.some((window) => window.startMs <= atMs && atMs < window.endMs);
