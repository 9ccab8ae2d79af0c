/** Where every task of a rhythm pass stands: flat arrays, one place a task, so that a slot costs no allocation but its own. */
import type { Interval } from '../time/interval.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import { moveToPlace, placeOf } from './ordered-tasks.ts';
import { hasShare } from './promised-plays.ts';
import type { RhythmGoal } from './rhythm-goals.ts';
import { UNTAGGED } from './separation.ts';
import { afterWindowTime, windowFor } from './window-time.ts';

const HOUR_MS = 3_600_000;

const NOWHERE: Interval = { startMs: 0, endMs: 0 };

/** No number of plays left. */
const NEVER = -0x8000_0000;

/** A play may start this share of its period before its aim, where that helps another one to be on time. */
const EARLY_SHARE = 0.3;

/** Share of a task's lag behind its even grid that its next aim makes up. */
const CATCH_UP_SHARE = 0.5;

/**
 * How much an aim may move where there is a share: plays so dense that the films in their way are long beside their period would
 * otherwise fall behind all day and come short of the share at closing.
 */
const SHARE_CATCH_UP_LIMIT = 0.35;

/** A first play, on which no gap depends, is late after this share of its period. */
const FIRST_LATE_SHARE = 0.5;

/**
 * The manner of a sweep, all in periods of each task: how far first plays are moved apart, how much later than its aim a play may start
 * before it counts as late, and how much an aim may move at most to catch up with the even grid.
 */
export type Manner = { readonly spread: number; readonly lateShare: number; readonly catchUpLimit: number };

/** The golden ratio's fractional part: its multiples are spread evenly however many are taken (Weyl). */
const GOLDEN = 0.618_033_988_749_894_9;

/**
 * The next play of task i aims at `aimMs[i]`, may start from `earlyMs[i]` on, is late after `dueMs[i]` and must end by `closeMs[i]`, the end
 * of its window. `left` counts promised plays still to be placed; at 0 and below the next play is bonus, or there is none where it `stops`.
 * With `tailFrom` plays left a task goes over to the period of its tail; its aims move by `catchUpLimit` periods at most.
 * `keptMs` is the start with which the promise was kept, `firstMs` and `widestMs` the first start and the widest gap so far. `order` lists the `live` tasks by due time, `aimOrder` by aim.
 */
export type RhythmState = {
  readonly tasks: readonly DayTask[];
  readonly manner: Manner;
  readonly periodMs: Float64Array;
  readonly aimMs: Float64Array;
  readonly earlyMs: Float64Array;
  readonly dueMs: Float64Array;
  readonly closeMs: Float64Array;
  readonly durationMs: Float64Array;
  /** Item of the next play, by its place among those of the task. */
  readonly item: Int32Array;
  readonly lastMs: Float64Array;
  readonly lagMs: Float64Array;
  readonly left: Int32Array;
  readonly tailFrom: Int32Array;
  readonly tailPeriodMs: Float64Array;
  readonly stops: Uint8Array;
  readonly catchUpLimit: Float64Array;
  readonly maxGapMs: Float64Array;
  readonly played: Int32Array;
  readonly firstMs: Float64Array;
  readonly widestMs: Float64Array;
  readonly keptMs: Float64Array;
  readonly starts: readonly number[][];
  readonly order: Int32Array;
  /** The live tasks by aim. */
  readonly aimOrder: Int32Array;
  /** Whether task i has one window left, no limits and one item, so that its next aim is a sum. */
  readonly isPlain: Uint8Array;
  /** When the whole window of each remaining window opens or opened, by task. */
  readonly opensMs: readonly (readonly number[])[];
  /** Work of one play of every task, milliseconds. */
  readonly roundMs: number;
  /** No play due soon becomes late if the next starts by then; a bound that is looked at anew only when it is reached. */
  safeMs: number;
  /** No item takes longer. */
  readonly longestItemMs: number;
  /** Separation: whether the day has any, the tag of each task, the tags of what was shown last (till `lastEndMs`) and of what ends the span, and what parts two plays of a tag. */
  readonly hasTags: boolean;
  readonly tags: Int32Array;
  readonly separatorMs: readonly number[];
  lastTag: number;
  lastEndMs: number;
  tagAfter: number;
  live: number;
};

/** The state before the first slot. */
export function rhythmState(
  { tasks, nowMs, hasTags, separatorMs }: PlanningDay,
  goals: readonly RhythmGoal[],
  manner: Manner,
): RhythmState {
  const size = tasks.length;
  const longest = tasks.map(longestItemMs);
  const state: RhythmState = {
    tasks,
    manner,
    periodMs: new Float64Array(goals.map((goal) => goal.periodMs)),
    aimMs: new Float64Array(size),
    earlyMs: new Float64Array(size),
    dueMs: new Float64Array(size),
    closeMs: new Float64Array(size),
    durationMs: new Float64Array(size),
    item: new Int32Array(size),
    lastMs: new Float64Array(tasks.map((task) => task.pastStarts.at(-1) ?? Number.NEGATIVE_INFINITY)),
    lagMs: new Float64Array(size),
    left: new Int32Array(goals.map((goal) => goal.needed)),
    tailFrom: new Int32Array(goals.map((goal) => goal.tail?.plays ?? NEVER)),
    tailPeriodMs: new Float64Array(goals.map((goal) => goal.tail?.periodMs ?? 0)),
    stops: new Uint8Array(goals.map((goal) => (goal.stops ? 1 : 0))),
    catchUpLimit: new Float64Array(tasks.map((task) => (hasShare(task) ? SHARE_CATCH_UP_LIMIT : manner.catchUpLimit))),
    maxGapMs: new Float64Array(tasks.map((task) => task.maxGapMs ?? Number.POSITIVE_INFINITY)),
    played: new Int32Array(size),
    firstMs: new Float64Array(size),
    widestMs: new Float64Array(size),
    keptMs: new Float64Array(size),
    starts: tasks.map((task) => (task.hourLimit > 0 ? task.pastStarts.slice(-task.hourLimit) : [])),
    order: new Int32Array(size),
    aimOrder: new Int32Array(size),
    isPlain: new Uint8Array(tasks.map((task) => (isPlain(task) ? 1 : 0))),
    opensMs: openings(tasks),
    roundMs: longest.reduce((sum, ms) => sum + ms, 0),
    safeMs: Number.NEGATIVE_INFINITY,
    longestItemMs: Math.max(0, ...longest),
    hasTags,
    tags: new Int32Array(tasks.map((task) => task.tag)),
    separatorMs,
    lastTag: UNTAGGED,
    lastEndMs: 0,
    tagAfter: UNTAGGED,
    live: 0,
  };
  for (let i = 0; i < size; i += 1) {
    const periodMs = state.periodMs[i] ?? 0;
    if (periodMs === Number.POSITIVE_INFINITY) continue;
    const phase = ((i + 1) * GOLDEN) % 1;
    const resumeMs = (state.lastMs[i] ?? 0) + periodMs;
    aimAt(state, i, Math.max(resumeMs, nowMs), resumeMs > nowMs ? 0 : phase * manner.spread * periodMs);
  }
  return state;
}

const isPlain = (task: DayTask): boolean =>
  task.rest.length === 1 && task.rotation.items.length === 1 && task.hourLimit === 0 && task.minGapMs === 0;

/** Openings of the windows of the day that the parts left of them belong to: now and exact times of others end no rhythm. */
function openings(tasks: readonly DayTask[]): number[][] {
  const known = new Map<readonly Interval[], number[]>();
  return tasks.map(({ rest, windows }) => {
    const found = known.get(rest);
    if (found) return found;
    const opens = rest.map((part) => {
      const whole = windows.find((window) => window.startMs <= part.startMs && part.endMs <= window.endMs);
      return whole?.startMs ?? part.startMs;
    });
    known.set(rest, opens);
    return opens;
  });
}

function longestItemMs({ rotation }: DayTask): number {
  let longest = 0;
  for (const item of rotation.items) longest = Math.max(longest, item.durationMs);
  return longest;
}

/** Enters the play of task `i` at `startMs` and aims at its next one. */
export function advance(state: RhythmState, i: number, startMs: number): void {
  const { aimMs, periodMs, lagMs, lastMs, played, left, starts, tasks } = state;
  const period = periodMs[i] ?? 0;
  const lag = (lagMs[i] ?? 0) + startMs - (aimMs[i] ?? 0);
  const most = period * (state.catchUpLimit[i] ?? 0);
  const correction = Math.max(-most, Math.min(most, lag * CATCH_UP_SHARE));
  lagMs[i] = lag - correction;
  if (played[i] === 0) state.firstMs[i] = startMs;
  else state.widestMs[i] = Math.max(state.widestMs[i] ?? 0, startMs - (lastMs[i] ?? 0));
  lastMs[i] = startMs;
  played[i] = (played[i] ?? 0) + 1;
  left[i] = (left[i] ?? 0) - 1;
  if (left[i] === 0) {
    state.keptMs[i] = startMs;
    if (state.stops[i] === 1) {
      retire(state, i);
      return;
    }
  }
  const limit = tasks[i]?.hourLimit ?? 0;
  const recent = starts[i];
  if (limit > 0 && recent) {
    recent.push(startMs);
    if (recent.length > limit) recent.shift();
  }
  if (left[i] !== state.tailFrom[i]) {
    aimAt(state, i, startMs, period - correction);
    return;
  }
  const tailMs = state.tailPeriodMs[i] ?? period;
  periodMs[i] = tailMs;
  aimAt(state, i, startMs, tailMs - correction);
}

/** Takes task `i` out: it has no more plays in this pass. */
export function retire(state: RhythmState, i: number): void {
  const place = placeOf(state.order, state.live, i);
  if (place === state.live) return;
  state.order.copyWithin(place, place + 1, state.live);
  const aimPlace = placeOf(state.aimOrder, state.live, i);
  state.aimOrder.copyWithin(aimPlace, aimPlace + 1, state.live);
  state.live -= 1;
}

/** Moves the aim of a task that missed its window into the next one. */
export function moveToNextWindow(state: RhythmState, i: number): void {
  aimAt(state, i, state.closeMs[i] ?? 0, 0);
}

/** The first instant at which the limits of task `i` allow a start. */
function limitMs(state: RhythmState, i: number): number {
  const task = state.tasks[i];
  const recent = state.starts[i];
  if (!task) return 0;
  const afterGap = (state.lastMs[i] ?? 0) + task.minGapMs;
  const oldest = recent && recent.length >= task.hourLimit ? recent[0] : undefined;
  return task.hourLimit > 0 && oldest !== undefined ? Math.max(afterGap, oldest + HOUR_MS) : afterGap;
}

/** Aims task `i` at the moment `afterMs` of its own time past `fromMs`, or retires it where no window is left. */
function aimAt(state: RhythmState, i: number, fromMs: number, afterMs: number): void {
  const task = state.tasks[i];
  if (!task) return;
  const earlyByMs = (state.periodMs[i] ?? 0) * EARLY_SHARE;
  if (state.isPlain[i] === 1) {
    const window = task.rest[0] ?? NOWHERE;
    const durationMs = task.rotation.items[0]?.durationMs ?? 0;
    const wantedMs = Math.max(window.startMs, fromMs) + afterMs;
    const lastStartMs = window.endMs - durationMs;
    if (wantedMs >= window.endMs || lastStartMs < Math.max(window.startMs, fromMs, wantedMs - earlyByMs))
      retire(state, i);
    else aimInto(state, i, window, 0, wantedMs, durationMs, Number.NEGATIVE_INFINITY);
    return;
  }
  const item = task.rotation.next(state.played[i] ?? 0);
  state.item[i] = item;
  const durationMs = task.rotation.items[item]?.durationMs ?? 0;
  const allowedMs = limitMs(state, i);
  const wantedMs = Math.max(allowedMs, afterWindowTime(task.rest, fromMs, afterMs));
  const soonestMs = Math.max(allowedMs, wantedMs - earlyByMs, fromMs);
  const nth = windowFor(task.rest, wantedMs, soonestMs, durationMs);
  const window = task.rest[nth];
  if (window) aimInto(state, i, window, nth, wantedMs, durationMs, allowedMs);
  else retire(state, i);
}

/** Sets the aim of task `i` as near to `wantedMs` as its `nth` remaining window and its limits allow. */
function aimInto(
  state: RhythmState,
  i: number,
  window: Interval,
  nth: number,
  wantedMs: number,
  durationMs: number,
  allowedMs: number,
): void {
  const period = state.periodMs[i] ?? 0;
  const lastStartMs = window.endMs - durationMs;
  // Instants are whole milliseconds, however long a period is.
  const aimMs = Math.round(Math.min(Math.max(wantedMs, window.startMs), lastStartMs));
  const opensMs = state.opensMs[i]?.[nth] ?? window.startMs;
  const lastMs = state.lastMs[i] ?? 0;
  const isFirst = lastMs < opensMs;
  const graceMs = period * (isFirst ? FIRST_LATE_SHARE : state.manner.lateShare);
  const keepGapMs = (isFirst ? opensMs : lastMs) + (state.maxGapMs[i] ?? 0);
  const dueMs = Math.min(Math.floor(aimMs + graceMs), lastStartMs, keepGapMs);
  state.durationMs[i] = durationMs;
  state.aimMs[i] = aimMs;
  state.closeMs[i] = window.endMs;
  state.earlyMs[i] = Math.max(window.startMs, allowedMs, isFirst ? 0 : Math.ceil(aimMs - period * EARLY_SHARE));
  state.dueMs[i] = dueMs;
  state.safeMs = Math.min(state.safeMs, dueMs - state.roundMs);
  const place = placeOf(state.order, state.live, i);
  if (place === state.live) {
    state.order[place] = i;
    state.aimOrder[place] = i;
    state.live += 1;
  }
  moveToPlace(state.order, state.dueMs, state.live, place);
  moveToPlace(state.aimOrder, state.aimMs, state.live, placeOf(state.aimOrder, state.live, i));
}
