/** How many plays of each task to aim at, and at what distance: the front-loaded rhythm of a day. */
import type { Interval } from '../time/interval.ts';
import type { DayTask, PlanningDay } from './day-task.ts';

const HOUR_MS = 3_600_000;

/** Share of the time that promised plays may take while front-loaded; the rest absorbs what non-preemptive plays do to each other. */
const FRONT_LOAD_DENSITY = 0.94;

/** A front-loaded rhythm is that of so many plays more, so that the last promised one may be late and still be inside its horizon. */
const MARGIN_PLAYS = 0.4;

/** Aim at most this share of a largest allowed gap, so that a play that has to wait still keeps it. */
const MAX_GAP_AIM = 0.85;

/**
 * Goals of one task: `needed` plays from now on are promised, the others bonus; `periodMs` is the start-to-start distance aimed at
 * (Infinity: no plays wanted); `dayPeriodMs` that of the whole day, by which a play is late or not; `horizonMs` is the
 * window time in which the promise is meant to be kept.
 */
export type RhythmGoal = {
  readonly needed: number;
  readonly periodMs: number;
  readonly dayPeriodMs: number;
  readonly horizonMs: number;
};

/** How many plays of each task are promised from now on for its minimum alone. */
export const minimumPlays = (task: DayTask): number => Math.max(0, task.required - task.tally);

/** The same, also for its largest gap: without a minimum, that still promises plays all through the windows. */
export const promisedPlays = (task: DayTask): number =>
  Math.max(minimumPlays(task), task.maxGapMs === null ? 0 : Math.ceil(task.restMs / task.maxGapMs));

/**
 * One goal a task for `needed` plays each. Repetition j of n is aimed at [jT, (j+1)T) of the task's own time, T = share · H / n with
 * its front-load as the share; where the promised work of tasks sharing a time exceeds what that pace can hold, their horizons
 * stretch, up to the whole window, and from there on if not `frontLoaded`.
 */
export function rhythmGoals(day: PlanningDay, needed: readonly number[], frontLoaded: boolean): RhythmGoal[] {
  const now = stretches(
    day.tasks,
    (t) => t.rest,
    (t, i) => load(needed[i] ?? 0, t, t.restMs),
  );
  const whole = stretches(
    day.tasks,
    (t) => t.windows,
    (t) => load(t.required, t, t.windowMs),
  );
  return day.tasks.map((task, i) => {
    const n = needed[i] ?? 0;
    const share = frontLoaded ? Math.min(1, task.frontLoad * (now[i] ?? 1)) : 1;
    const dayShare = Math.min(1, task.frontLoad * (whole[i] ?? 1));
    const dayPeriodMs = task.required === 0 ? Number.POSITIVE_INFINITY : (dayShare * task.windowMs) / task.required;
    const horizonMs = share * task.restMs;
    const wantedMs = n === 0 ? dayPeriodMs : horizonMs / (n + (frontLoaded ? MARGIN_PLAYS : 0));
    return { needed: n, periodMs: limitedPeriod(task, wantedMs), dayPeriodMs, horizonMs };
  });
}

/** Share of its front-loaded horizon that the task's plays fill. */
const load = (plays: number, task: DayTask, windowMs: number): number =>
  windowMs === 0 ? 0 : (plays * task.meanDurationMs) / (task.frontLoad * windowMs);

function limitedPeriod(task: DayTask, wantedMs: number): number {
  const atLeast = Math.max(task.minGapMs, task.hourLimit > 0 ? HOUR_MS / task.hourLimit : 0, task.meanDurationMs);
  const atMost = task.maxGapMs === null ? Number.POSITIVE_INFINITY : task.maxGapMs * MAX_GAP_AIM;
  return wantedMs === Number.POSITIVE_INFINITY ? wantedMs : Math.max(atLeast, Math.min(atMost, wantedMs));
}

/** By how much each task's horizon has to stretch (1: not at all) so that no moment of its windows is loaded past the bound. */
function stretches(
  tasks: readonly DayTask[],
  windowsOf: (task: DayTask) => readonly Interval[],
  loadOf: (task: DayTask, index: number) => number,
): number[] {
  const loads = new Map<readonly Interval[], number>();
  tasks.forEach((task, i) => {
    const windows = windowsOf(task);
    loads.set(windows, (loads.get(windows) ?? 0) + loadOf(task, i));
  });
  const groups = [...loads];
  // A sum of loads is largest at some group's opening, so those moments are all that need looking at.
  const moments = groups
    .flatMap(([windows]) => windows.map((window) => window.startMs))
    .map((atMs) => ({
      atMs,
      load: groups.reduce((sum, [others, weight]) => (isOpen(others, atMs) ? sum + weight : sum), 0),
    }));
  const stretchOf = new Map(
    groups.map(([windows]) => {
      const peak = moments.reduce((most, m) => (m.load > most && isOpen(windows, m.atMs) ? m.load : most), 0);
      return [windows, peak / FRONT_LOAD_DENSITY] as const;
    }),
  );
  return tasks.map((task) => Math.max(1, stretchOf.get(windowsOf(task)) ?? 1));
}

const isOpen = (windows: readonly Interval[], atMs: number): boolean =>
  windows.some((window) => window.startMs <= atMs && atMs < window.endMs);
