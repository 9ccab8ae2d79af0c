/** Sums of a run: promises by verdict, plays by stage, and every difference between stages by its cause. */

/** Causes of a difference, with how many plays each takes. */
export type Causes = Record<string, number>;

/** What a screen, or a whole run, adds up to. Only numbers, so that runs of any length stay small. */
export type Sums = {
  screens: number;
  screenDays: number;
  promises: { made: number; kept: number; keptByMakeGood: number; unknown: number; short: Causes };
  plays: { played: number; recorded: number; ingested: number; counted: number };
  unrecorded: Causes;
  uningested: Causes;
  uncounted: Causes;
  segments: Causes;
  faults: Causes;
  /** Crash points that ended an agent. */
  crashes: Causes;
  /** What was looked at once the faults had stopped, and what was found wrong by rule. */
  checked: Causes;
  broken: Causes;
  /** Minutes until everything was in the log then, at the longest. */
  loggedWithinMin: number;
};

/** Nothing yet. */
export const emptySums = (): Sums => ({
  screens: 0,
  screenDays: 0,
  promises: { made: 0, kept: 0, keptByMakeGood: 0, unknown: 0, short: {} },
  plays: { played: 0, recorded: 0, ingested: 0, counted: 0 },
  unrecorded: {},
  uningested: {},
  uncounted: {},
  segments: {},
  faults: {},
  crashes: {},
  checked: {},
  broken: {},
  loggedWithinMin: 0,
});

/** Adds `count` to a cause. */
export function addTo(causes: Causes, cause: string, count = 1): void {
  causes[cause] = (causes[cause] ?? 0) + count;
}

const CAUSES = [
  'unrecorded',
  'uningested',
  'uncounted',
  'segments',
  'faults',
  'crashes',
  'checked',
  'broken',
] as const satisfies (keyof Sums)[];

/** Adds what `part` says to `total`, in place. */
export function addSums(total: Sums, part: Sums): void {
  total.screens += part.screens;
  total.screenDays += part.screenDays;
  for (const key of ['made', 'kept', 'keptByMakeGood', 'unknown'] as const) total.promises[key] += part.promises[key];
  for (const key of ['played', 'recorded', 'ingested', 'counted'] as const) total.plays[key] += part.plays[key];
  addAll(total.promises.short, part.promises.short);
  for (const key of CAUSES) addAll(total[key], part[key]);
  total.loggedWithinMin = Math.max(total.loggedWithinMin, part.loggedWithinMin);
}

function addAll(total: Causes, part: Causes): void {
  for (const [cause, count] of Object.entries(part)) addTo(total, cause, count);
}

/** All plays of a difference that have a cause. */
export const explained = (causes: Causes): number => Object.values(causes).reduce((sum, count) => sum + count, 0);
