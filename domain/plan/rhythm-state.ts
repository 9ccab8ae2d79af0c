/** Where a sweep stands: all tasks, in order of what is due and of what is aimed at. */
import type { Interval } from '../time/interval.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import { isListed, type OrderedTasks, orderedTasks, put, takeOut } from './ordered-tasks.ts';
import type { RhythmGoal } from './rhythm-goals.ts';
import { UNTAGGED } from './separation.ts';
import { type Manner, type TaskRhythm, taskRhythms } from './task-rhythm.ts';
import { afterWindowTime, windowFor } from './window-time.ts';

const HOUR_MS = 3_600_000;

/** A play may start this share of its period before its aim, where that helps another one to be on time. */
const EARLY_SHARE = 0.3;

/** Share of a task's lag behind its even grid that its next aim makes up. */
const CATCH_UP_SHARE = 0.5;

/** A first play, on which no gap depends, is late after this share of its period. */
const FIRST_LATE_SHARE = 0.5;

/** The golden ratio's fractional part: its multiples are spread evenly however many are taken (Weyl). */
const GOLDEN = 0.618_033_988_749_894_9;

/**
 * All tasks, and the `live` ones, those with plays to come, in two orders: `order` by when the next play is late (`dueMs`), `aimOrder` by
 * when it is aimed at (`aimMs`).
 */
export type RhythmState = {
  readonly rhythms: readonly TaskRhythm[];
  readonly manner: Manner;
  readonly order: OrderedTasks;
  readonly aimOrder: OrderedTasks;
  readonly dueMs: Float64Array;
  readonly aimMs: Float64Array;
  /** Work of one play of every task, milliseconds. */
  readonly roundMs: number;
  /** No play due soon becomes late if the next starts by then; a bound that is looked at anew only when it is reached. */
  safeMs: number;
  /** No item takes longer. */
  readonly longestItemMs: number;
  /** Separation: whether the day has any, the tags of what was shown last (till `lastEndMs`) and of what ends the span, and what parts two plays of a tag. */
  readonly hasTags: boolean;
  readonly separatorMs: readonly number[];
  lastTag: number;
  lastEndMs: number;
  tagAfter: number;
  live: number;
  /** The least time that the promised plays still to be placed take. */
  owedMs: number;
};

/** The state before the first slot. */
export function rhythmState(
  { tasks, nowMs, hasTags, separatorMs }: PlanningDay,
  goals: readonly RhythmGoal[],
  manner: Manner,
): RhythmState {
  const order = orderedTasks(tasks.length);
  const aimOrder = orderedTasks(tasks.length);
  let roundMs = 0;
  let longestMs = 0;
  for (const task of tasks) {
    const taskMs = longestItemMs(task);
    roundMs += taskMs;
    longestMs = Math.max(longestMs, taskMs);
  }
  const state: RhythmState = {
    rhythms: taskRhythms(tasks, goals, manner),
    manner,
    order,
    aimOrder,
    dueMs: order.keyMs,
    aimMs: aimOrder.keyMs,
    roundMs,
    safeMs: Number.NEGATIVE_INFINITY,
    longestItemMs: longestMs,
    hasTags,
    separatorMs,
    lastTag: UNTAGGED,
    lastEndMs: 0,
    tagAfter: UNTAGGED,
    live: 0,
    owedMs: 0,
  };
  for (const rhythm of state.rhythms) {
    const { periodMs } = rhythm;
    state.owedMs += rhythm.left * rhythm.shortestMs;
    if (periodMs === Number.POSITIVE_INFINITY) continue;
    const phase = ((rhythm.index + 1) * GOLDEN) % 1;
    const resumeMs = rhythm.lastMs + periodMs;
    aimAt(state, rhythm, Math.max(resumeMs, nowMs), resumeMs > nowMs ? 0 : phase * manner.spread * periodMs);
  }
  return state;
}

function longestItemMs({ rotation }: DayTask): number {
  let longest = 0;
  for (const item of rotation.items) longest = Math.max(longest, item.durationMs);
  return longest;
}

/** Enters a play at `startMs` and aims at the next one of its task. */
export function advance(state: RhythmState, rhythm: TaskRhythm, startMs: number): void {
  const { periodMs } = rhythm;
  const lagMs = rhythm.lagMs + startMs - (state.aimMs[rhythm.index] ?? 0);
  const most = periodMs * rhythm.catchUpLimit;
  const correction = Math.max(-most, Math.min(most, lagMs * CATCH_UP_SHARE));
  rhythm.lagMs = lagMs - correction;
  if (rhythm.played === 0) rhythm.firstMs = startMs;
  else rhythm.widestMs = Math.max(rhythm.widestMs, startMs - rhythm.lastMs);
  rhythm.lastMs = startMs;
  rhythm.played += 1;
  if (rhythm.left > 0) state.owedMs -= rhythm.shortestMs;
  rhythm.left -= 1;
  if (rhythm.left === 0) {
    rhythm.keptMs = startMs;
    if (rhythm.stops) {
      retire(state, rhythm);
      return;
    }
  }
  const limit = rhythm.task.hourLimit;
  if (limit > 0) {
    rhythm.starts.push(startMs);
    if (rhythm.starts.length > limit) rhythm.starts.shift();
  }
  if (rhythm.left === rhythm.tailFrom) rhythm.periodMs = rhythm.tailPeriodMs;
  aimAt(state, rhythm, startMs, rhythm.periodMs - correction);
}

/** Takes a task out: it has no more plays in this pass. */
export function retire(state: RhythmState, { index }: TaskRhythm): void {
  if (!isListed(state.order, index)) return;
  takeOut(state.order, index);
  takeOut(state.aimOrder, index);
  state.live -= 1;
}

/** Moves the aim of a task that missed its window into the next one. */
export function moveToNextWindow(state: RhythmState, rhythm: TaskRhythm): void {
  aimAt(state, rhythm, rhythm.closeMs, 0);
}

/** The first instant at which the limits of a task allow a start. */
function limitMs({ task, starts, lastMs }: TaskRhythm): number {
  const afterGap = lastMs + task.minGapMs;
  const oldest = starts.length >= task.hourLimit ? starts[0] : undefined;
  return task.hourLimit > 0 && oldest !== undefined ? Math.max(afterGap, oldest + HOUR_MS) : afterGap;
}

/** Aims a task at the moment `afterMs` of its own time past `fromMs`, or retires it where no window is left. */
function aimAt(state: RhythmState, rhythm: TaskRhythm, fromMs: number, afterMs: number): void {
  const { task, onlyWindow } = rhythm;
  const earlyByMs = rhythm.periodMs * EARLY_SHARE;
  if (onlyWindow) {
    const { startMs, endMs } = onlyWindow;
    const wantedMs = Math.max(startMs, fromMs) + afterMs;
    const lastStartMs = endMs - rhythm.durationMs;
    if (wantedMs >= endMs || lastStartMs < Math.max(startMs, fromMs, wantedMs - earlyByMs)) retire(state, rhythm);
    else aimInto(state, rhythm, onlyWindow, 0, wantedMs, Number.NEGATIVE_INFINITY);
    return;
  }
  const item = task.rotation.next(rhythm.played);
  const durationMs = task.rotation.items[item]?.durationMs ?? 0;
  rhythm.item = item;
  rhythm.durationMs = durationMs;
  const allowedMs = limitMs(rhythm);
  const wantedMs = Math.max(allowedMs, afterWindowTime(task.rest, fromMs, afterMs));
  const soonestMs = Math.max(allowedMs, wantedMs - earlyByMs, fromMs);
  const nth = windowFor(task.rest, wantedMs, soonestMs, durationMs);
  const window = task.rest[nth];
  if (window) aimInto(state, rhythm, window, nth, wantedMs, allowedMs);
  else retire(state, rhythm);
}

/** Sets the aim of a task as near to `wantedMs` as its `nth` remaining window and its limits allow. */
function aimInto(
  state: RhythmState,
  rhythm: TaskRhythm,
  window: Interval,
  nth: number,
  wantedMs: number,
  allowedMs: number,
): void {
  const { index, periodMs, lastMs } = rhythm;
  const lastStartMs = window.endMs - rhythm.durationMs;
  // Instants are whole milliseconds, however long a period is.
  const aimMs = Math.round(Math.min(Math.max(wantedMs, window.startMs), lastStartMs));
  const opensMs = rhythm.opensMs[nth] ?? window.startMs;
  const isFirst = lastMs < opensMs;
  const graceMs = periodMs * (isFirst ? FIRST_LATE_SHARE : state.manner.lateShare);
  const keepGapMs = (isFirst ? opensMs : lastMs) + rhythm.maxGapMs;
  const dueMs = Math.min(Math.floor(aimMs + graceMs), lastStartMs, keepGapMs);
  rhythm.closeMs = window.endMs;
  rhythm.earlyMs = Math.max(window.startMs, allowedMs, isFirst ? 0 : Math.ceil(aimMs - periodMs * EARLY_SHARE));
  state.safeMs = Math.min(state.safeMs, dueMs - state.roundMs);
  if (!isListed(state.order, index)) state.live += 1;
  put(state.order, index, dueMs);
  put(state.aimOrder, index, aimMs);
}
