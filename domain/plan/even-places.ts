/** Where the plays of a crowded day would be if all tasks ran side by side, each as evenly as the others leave room for. */
import type { Interval } from '../time/interval.ts';
import type { PackTask } from './pack-task.ts';

/** Rounds of scaling towards shares that fit, and the looks at stretches of groups that all of them together may cost. */
const ROUNDS = 200;
const ROUNDS_WORK = 4_000_000;

/** A stretch of time may be overfull by this share of it. */
const TOLERANCE = 0.001;

/** Tasks of the same windows: the time they ask for together, the stretches their windows consist of, and how much of each falls to them. */
type Group = { readonly demandMs: number; readonly cells: readonly number[]; readonly sharesMs: number[] };

/**
 * For every task the even places of its plays: play k of n is where (k + ½)/n of the time given to its task have passed. Each task is
 * given time evenly over its windows; where tasks together ask for more than there is, all of them are scaled down there and up elsewhere,
 * by turns, until what is given fits (iterative proportional fitting, Deming & Stephan 1940).
 */
export function evenPlaces(tasks: readonly PackTask[]): Float64Array[] {
  const longestMs = tasks.reduce((most, { durationsMs }) => durationsMs.reduce((a, b) => Math.max(a, b), most), 0);
  const windowsOf = new Map(
    tasks.map(({ task }) => [task.rest, task.rest.map((window) => closedEarly(window, longestMs))]),
  );
  const edges = [...windowsOf.values()].flat().flatMap(({ startMs, endMs }) => [startMs, endMs]);
  const bounds = [...new Set(edges)].sort((a, b) => a - b);
  const stretches = bounds.slice(1).map((endMs, k): Interval => ({ startMs: bounds[k] ?? 0, endMs }));
  const groups = new Map([...windowsOf].map(([rest, windows]) => [rest, groupOf(tasks, rest, windows, stretches)]));
  settle([...groups.values()], stretches);
  return tasks.map(({ task, plays }) => {
    const group = groups.get(task.rest);
    return group ? placesIn(group, stretches, plays) : new Float64Array();
  });
}

/** A window that closes a film earlier: one that is still on then may make the last play late, but does not keep it out. */
const closedEarly = ({ startMs, endMs }: Interval, filmMs: number): Interval => ({
  startMs,
  endMs: Math.max(endMs - filmMs, (startMs + endMs) / 2),
});

/** The group of the tasks of `rest`, whose windows are taken to be `windows`. */
function groupOf(
  tasks: readonly PackTask[],
  rest: readonly Interval[],
  windows: readonly Interval[],
  stretches: readonly Interval[],
): Group {
  let demandMs = 0;
  for (const { task, durationsMs } of tasks) if (task.rest === rest) for (const ms of durationsMs) demandMs += ms;
  const cells: number[] = [];
  let nth = 0;
  for (const [k, { startMs }] of stretches.entries()) {
    while ((windows[nth]?.endMs ?? Number.POSITIVE_INFINITY) <= startMs) nth += 1;
    if ((windows[nth]?.startMs ?? Number.POSITIVE_INFINITY) <= startMs) cells.push(k);
  }
  const sharesMs = cells.map((k) => lengthOf(stretches[k]));
  scaleTo(sharesMs, demandMs);
  return { demandMs, cells, sharesMs };
}

const lengthOf = (stretch: Interval | undefined): number => (stretch ? stretch.endMs - stretch.startMs : 0);

/** Scales `sharesMs` so that they sum up to `demandMs`. */
function scaleTo(sharesMs: number[], demandMs: number): void {
  const sumMs = sharesMs.reduce((sum, ms) => sum + ms, 0);
  for (let k = 0; k < sharesMs.length; k += 1) sharesMs[k] = ((sharesMs[k] ?? 0) * demandMs) / sumMs;
}

/** Moves shares out of stretches that are asked for more than they last. */
function settle(groups: readonly Group[], stretches: readonly Interval[]): void {
  const looks = groups.reduce((sum, { cells }) => sum + cells.length, stretches.length);
  const rounds = Math.min(ROUNDS, Math.ceil(ROUNDS_WORK / looks));
  for (let round = 0; round < rounds; round += 1) {
    const loadsMs = stretches.map(() => 0);
    for (const { cells, sharesMs } of groups)
      cells.forEach((k, at) => {
        loadsMs[k] = (loadsMs[k] ?? 0) + (sharesMs[at] ?? 0);
      });
    const fits = stretches.map((stretch, k) => Math.min(1, lengthOf(stretch) / (loadsMs[k] ?? 0)));
    if (fits.every((part) => part >= 1 - TOLERANCE)) return;
    for (const { demandMs, cells, sharesMs } of groups) {
      cells.forEach((k, at) => {
        sharesMs[at] = (sharesMs[at] ?? 0) * (fits[k] ?? 1);
      });
      scaleTo(sharesMs, demandMs);
    }
  }
}

/** The even places of `plays` plays in the shares of a group. */
function placesIn({ demandMs, cells, sharesMs }: Group, stretches: readonly Interval[], plays: number): Float64Array {
  const places = new Float64Array(plays);
  let passedMs = 0;
  let at = 0;
  for (let k = 0; k < plays; k += 1) {
    const wantedMs = ((k + 0.5) * demandMs) / plays;
    while (at < cells.length - 1 && passedMs + (sharesMs[at] ?? 0) < wantedMs) {
      passedMs += sharesMs[at] ?? 0;
      at += 1;
    }
    const stretch = stretches[cells[at] ?? 0];
    const part = (wantedMs - passedMs) / (sharesMs[at] ?? 1);
    places[k] = Math.round((stretch?.startMs ?? 0) + Math.min(1, part) * lengthOf(stretch));
  }
  return places;
}
