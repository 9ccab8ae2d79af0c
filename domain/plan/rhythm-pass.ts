/** One sweep through the day: every task at its rhythm, the loop in between. */
import type { PlanningDay } from './day-task.ts';
import type { LoopQueue } from './loop-queue.ts';
import { hasShare } from './promised-plays.ts';
import type { RhythmGoal } from './rhythm-goals.ts';
import { advance, type Manner, moveToNextWindow, type RhythmState, retire, rhythmState } from './rhythm-state.ts';
import { isClash, PARTING_MS, UNTAGGED } from './separation.ts';
import { emptyColumns, FILLER, type SlotColumns } from './slot-columns.ts';

/** What a sweep gives: its slots, and where every task stood at its end. */
export type Sweep = { readonly slots: SlotColumns; readonly state: RhythmState };

/** A bonus play that would start later than this share of its period after its aim is not worth having: there is no room for its rhythm. */
const BONUS_LATE_SHARE = 0.3;

/** The same where there is a share, which is to be held at every hour also by plays that it does not need. */
const SHARE_BONUS_LATE_SHARE = 1;

/** How many of the next due plays a start is checked against; past that the estimate is too rough to matter. */
const LOOKAHEAD = 16;

/** Slots of one sweep at most: the bound on its work. */
export const MAX_SLOTS = 200_000;

/**
 * Sweeps through the open rest of `day`: non-preemptive earliest-deadline-first over the windows of the goals, not starting what would
 * make a play due soon late (Jeffay, Stanat & Martel 1991 for the order; the look ahead is what idle time inserted on purpose is there).
 */
export function sweepDay(day: PlanningDay, goals: readonly RhythmGoal[], loop: LoopQueue, manner: Manner): Sweep {
  const state = rhythmState(day, goals, manner);
  const slots = emptyColumns();
  for (const span of day.openRest) {
    let atMs = span.startMs;
    state.lastTag = span.tagBefore;
    state.lastEndMs = span.startMs;
    state.tagAfter = span.tagAfter;
    while (atMs < span.endMs && slots.startMs.length < MAX_SLOTS) {
      const i = choose(state, atMs, span.endMs);
      atMs = i >= 0 ? play(state, slots, i, atMs) : fill(state, slots, loop, atMs, span.endMs);
    }
  }
  return { slots, state };
}

/** The task to start now, or -1 where filler (or nothing) should run. */
function choose(state: RhythmState, atMs: number, spanEndMs: number): number {
  const { order, aimMs, closeMs, durationMs, earlyMs, left } = state;
  let ripe = ripeTasks(state, atMs);
  let fallback = -1;
  for (let k = 0, seen = 0; seen < ripe; k += 1) {
    const i = order[k] ?? 0;
    if ((aimMs[i] ?? 0) > atMs) continue;
    seen += 1;
    const isBonus = (left[i] ?? 0) <= 0;
    const endMs = atMs + (durationMs[i] ?? 0);
    if (isBonus && atMs > bonusEndMs(state, i)) {
      retire(state, i);
      ripe -= 1;
      seen -= 1;
      k -= 1;
    } else if (endMs > (closeMs[i] ?? 0)) {
      moveToNextWindow(state, i);
      ripe = ripeTasks(state, atMs);
      seen = 0;
      k = -1;
    } else if (endMs <= spanEndMs && !(state.hasTags && clashes(state, i, atMs, spanEndMs))) {
      if (isSafe(state, endMs)) return i;
      const hindered = hinderedBy(state, i, endMs);
      if (hindered < 0 || !isBetterFirst(state, hindered, i, atMs, spanEndMs)) return i;
      if ((earlyMs[hindered] ?? 0) <= atMs && !(state.hasTags && clashes(state, hindered, atMs, spanEndMs)))
        return hindered;
      if (fallback < 0 && !isBonus) fallback = i;
    }
  }
  return fallback;
}

/** How many tasks have reached their aim. */
function ripeTasks({ aimOrder, aimMs, live }: RhythmState, atMs: number): number {
  let ripe = 0;
  while (ripe < live && (aimMs[aimOrder[ripe] ?? 0] ?? 0) <= atMs) ripe += 1;
  return ripe;
}

/** Whether a next start at `atMs` makes nothing late that is due soon. */
function isSafe(state: RhythmState, atMs: number): boolean {
  if (atMs <= state.safeMs) return true;
  state.safeMs = latestStartMs(state);
  return atMs <= state.safeMs;
}

/** Whether the separation tag of task `i` forbids a play from `atMs` on next to what was shown last or to what ends the span. */
function clashes(state: RhythmState, i: number, atMs: number, spanEndMs: number): boolean {
  const tag = state.tags[i] ?? UNTAGGED;
  if (tag === UNTAGGED) return false;
  const endMs = atMs + (state.durationMs[i] ?? 0);
  return (
    tag === tagBehind(state, atMs) || (tag === state.tagAfter && endMs + (state.separatorMs[tag] ?? 0) > spanEndMs)
  );
}

/** The tag that what starts at `atMs` may not have. */
const tagBehind = ({ lastTag, lastEndMs }: RhythmState, atMs: number): number =>
  atMs - lastEndMs < PARTING_MS ? lastTag : UNTAGGED;

/** Until when a bonus play of task `i` is worth starting. */
function bonusEndMs(state: RhythmState, i: number): number {
  const task = state.tasks[i];
  const lateShare = task && hasShare(task) ? SHARE_BONUS_LATE_SHARE : BONUS_LATE_SHARE;
  const lateMs = (state.aimMs[i] ?? 0) + (state.periodMs[i] ?? 0) * lateShare;
  // A largest gap is to be kept to the window's end, so that its plays are never given up.
  return (task?.maxGapMs ?? null) === null ? lateMs : Number.POSITIVE_INFINITY;
}

/** The first task that a play ending at `endMs` makes late, though it could still be on time; -1 where there is none. */
function hinderedBy(state: RhythmState, playing: number, endMs: number): number {
  const { order, earlyMs, dueMs, durationMs } = state;
  const playingMs = durationMs[playing] ?? 0;
  let freeMs = endMs;
  const upTo = Math.min(state.live, LOOKAHEAD);
  for (let k = 0; k < upTo; k += 1) {
    const i = order[k] ?? 0;
    if (i === playing) continue;
    const due = dueMs[i] ?? 0;
    if (due > freeMs + (upTo - k) * state.longestItemMs) return -1;
    const startMs = Math.max(freeMs, earlyMs[i] ?? 0);
    if (startMs > due && startMs - playingMs <= due) return i;
    freeMs = startMs + (durationMs[i] ?? 0);
  }
  return -1;
}

/** Whether task `x` before task `i` makes the later of the two less late, each measured in its own periods, than `i` before `x`. */
function isBetterFirst(state: RhythmState, x: number, i: number, atMs: number, spanEndMs: number): boolean {
  const { aimMs, closeMs, durationMs, earlyMs, periodMs } = state;
  const xEndMs = Math.max(atMs, earlyMs[x] ?? 0) + (durationMs[x] ?? 0);
  if (xEndMs > Math.min(closeMs[x] ?? 0, spanEndMs)) return false;
  const xLate = (atMs + (durationMs[i] ?? 0) - (aimMs[x] ?? 0)) / (periodMs[x] ?? 1);
  const iLate = (xEndMs - (aimMs[i] ?? 0)) / (periodMs[i] ?? 1);
  return iLate < xLate;
}

function play(state: RhythmState, slots: SlotColumns, i: number, atMs: number): number {
  slots.startMs.push(atMs);
  slots.task.push(i);
  slots.item.push(state.item[i] ?? 0);
  const endMs = atMs + (state.durationMs[i] ?? 0);
  state.lastTag = state.tags[i] ?? UNTAGGED;
  state.lastEndMs = endMs;
  advance(state, i, atMs);
  return endMs;
}

/** The latest start of the next play due that leaves all of those due soon on time: the least due time less the work due before it. */
function latestStartMs({ order, dueMs, durationMs, live, longestItemMs }: RhythmState): number {
  const upTo = Math.min(live, LOOKAHEAD);
  let latestMs = Number.POSITIVE_INFINITY;
  let workMs = 0;
  for (let k = 0; k < upTo; k += 1) {
    const i = order[k] ?? 0;
    const due = dueMs[i] ?? 0;
    if (due - workMs < latestMs) latestMs = due - workMs;
    workMs += durationMs[i] ?? 0;
    if (due - workMs - (upTo - k) * longestItemMs > latestMs) break;
  }
  return latestMs;
}

/** The same where only closing windows and largest gaps bind, for a loop item that the rhythm would never let through. */
function hardLatestMs({ order, tasks, closeMs, dueMs, durationMs, live }: RhythmState): number {
  let latestMs = Number.POSITIVE_INFINITY;
  for (let k = 0; k < live; k += 1) {
    const i = order[k] ?? 0;
    const hardMs =
      (tasks[i]?.maxGapMs ?? null) === null ? (closeMs[i] ?? 0) - 2 * (durationMs[i] ?? 0) : (dueMs[i] ?? 0);
    latestMs = Math.min(latestMs, hardMs);
  }
  return latestMs;
}

/** The tag that a loop item had better not have because it may be the last before the end of the span. */
const tagAhead = ({ tagAfter }: RhythmState, loop: LoopQueue, roomMs: number): number =>
  tagAfter !== UNTAGGED && roomMs < 2 * loop.longestMs ? tagAfter : UNTAGGED;

/** Runs loop items until a task's aim is reached; where none fits any more, the next task may start early. Gives the time reached. */
function fill(state: RhythmState, slots: SlotColumns, loop: LoopQueue, fromMs: number, spanEndMs: number): number {
  const { order, earlyMs, durationMs, closeMs } = state;
  const ripe = ripeTasks(state, fromMs);
  const next = ripe < state.live ? state.aimMs[state.aimOrder[ripe] ?? 0] : undefined;
  let nextAimMs = Math.min(spanEndMs, next ?? spanEndMs);
  const isStarving = loop.isStarving();
  // Where any loop item fits, there is no need to know how many more would.
  const isRoomy = isSafe(state, Math.min(nextAimMs, spanEndMs) + loop.longestMs);
  const latestMs = isStarving ? hardLatestMs(state) : isRoomy ? Number.POSITIVE_INFINITY : latestStartMs(state);
  let atMs = fromMs;
  while (atMs < nextAimMs && slots.startMs.length < MAX_SLOTS) {
    // Between two plays of a tag something else has to be shown, whatever becomes late by it.
    const lastTag = tagBehind(state, atMs);
    const isBlocked = isClash(lastTag, state.tags[order[0] ?? 0] ?? UNTAGGED);
    const roomMs = Math.min(spanEndMs, isBlocked ? spanEndMs : latestMs) - atMs;
    const item = loop.take(roomMs, atMs, lastTag, tagAhead(state, loop, spanEndMs - atMs));
    if (item < 0) break;
    slots.startMs.push(atMs);
    slots.task.push(FILLER);
    slots.item.push(item);
    atMs += loop.durations[item] ?? 0;
    state.lastTag = loop.tags[item] ?? UNTAGGED;
    state.lastEndMs = atMs;
    // Room beyond the rhythm is for the one item that starved.
    if (isStarving) break;
  }
  if (atMs > fromMs) return atMs;
  if (state.hasTags && tagBehind(state, fromMs) !== UNTAGGED)
    nextAimMs = Math.min(nextAimMs, state.lastEndMs + PARTING_MS);
  // An empty loop leaves nothing to bridge a wait with, so waiting costs nothing; else a hole too short for the loop is closed by an early start.
  if (loop.isEmpty && latestMs > fromMs) return Math.min(nextAimMs, latestMs);
  for (let k = 0; k < state.live; k += 1) {
    const i = order[k] ?? 0;
    const early = earlyMs[i] ?? 0;
    if (early > fromMs) nextAimMs = Math.min(nextAimMs, early);
    else if (
      fromMs + (durationMs[i] ?? 0) <= Math.min(closeMs[i] ?? 0, spanEndMs) &&
      !(state.hasTags && clashes(state, i, fromMs, spanEndMs))
    )
      return play(state, slots, i, fromMs);
  }
  return nextAimMs;
}
