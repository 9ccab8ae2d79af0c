/** One sweep through the day: every task at its rhythm, the loop in between. */
import { totalMs } from '../time/interval.ts';
import type { PlanningDay } from './day-task.ts';
import { isStarving, type LoopQueue, takeItem } from './loop-queue.ts';
import { show } from './loop-run.ts';
import { firstOf, isListed } from './ordered-tasks.ts';
import { hasShare } from './promised-plays.ts';
import type { RhythmGoal } from './rhythm-goals.ts';
import { advance, moveToNextWindow, type RhythmState, retire, rhythmState } from './rhythm-state.ts';
import { isClash, PARTING_MS, UNTAGGED } from './separation.ts';
import { playsUntilClosing } from './share-plays.ts';
import {
  addSlot,
  closeColumns,
  FILLER,
  MAX_SLOTS,
  type OpenColumns,
  openColumns,
  type SlotColumns,
} from './slot-columns.ts';
import type { Manner, TaskRhythm } from './task-rhythm.ts';

/** What a sweep gives: its slots, and where every task stood at its end. */
export type Sweep = { readonly slots: SlotColumns; readonly state: RhythmState };

/** A bonus play that would start later than this share of its period after its aim is not worth having: there is no room for its rhythm. */
const BONUS_LATE_SHARE = 0.3;

/** The same where there is a share, which is to be held at every hour also by plays that it does not need. */
const SHARE_BONUS_LATE_SHARE = 1;

/** How many of the next due plays a start is checked against; past that the estimate is too rough to matter. */
const LOOKAHEAD = 16;

/**
 * Sweeps through the open rest of `day`: non-preemptive earliest-deadline-first over the windows of the goals, not starting what would
 * make a play due soon late (Jeffay, Stanat & Martel 1991 for the order; the look ahead is what idle time inserted on purpose is there).
 * Ends where the promised plays to come need more time than is left, for whoever wants all of them.
 */
export function sweepDay(day: PlanningDay, goals: readonly RhythmGoal[], loop: LoopQueue, manner: Manner): Sweep {
  const state = rhythmState(day, goals, manner);
  const needed = goals.map((goal) => goal.needed);
  const slots = openColumns(Math.min(MAX_SLOTS, Math.ceil(playsUntilClosing(day, needed))));
  let laterMs = totalMs(day.openRest);
  for (const span of day.openRest) {
    let atMs = span.startMs;
    laterMs -= span.endMs - span.startMs;
    state.lastTag = span.tagBefore;
    state.lastEndMs = span.startMs;
    state.tagAfter = span.tagAfter;
    while (atMs < span.endMs && slots.count < MAX_SLOTS) {
      if (state.owedMs > span.endMs - atMs + laterMs) return { slots: closeColumns(slots), state };
      const chosen = choose(state, atMs, span.endMs);
      atMs = chosen ? play(state, slots, chosen, atMs) : fill(state, slots, loop, atMs, span.endMs);
    }
  }
  return { slots: closeColumns(slots), state };
}

/** The task to start now, or null where filler (or nothing) should run. */
function choose(state: RhythmState, atMs: number, spanEndMs: number): TaskRhythm | null {
  const { order, aimOrder, aimMs, rhythms } = state;
  let i = firstOf(aimOrder);
  if (i === aimOrder.ends || (aimMs[i] ?? 0) > atMs) return null;
  const second = aimOrder.next[i] ?? aimOrder.ends;
  // Of several that have reached their aim the one due first; most often it may start, and there is no need to look at the others.
  if (second !== aimOrder.ends && (aimMs[second] ?? 0) <= atMs) {
    i = firstOf(order);
    while ((aimMs[i] ?? 0) > atMs) i = order.next[i] ?? order.ends;
  }
  const rhythm = rhythms[i];
  return rhythm && mayStart(state, rhythm, atMs, spanEndMs) ? rhythm : chooseAmong(state, atMs, spanEndMs);
}

/** Whether a task that has reached its aim may start now: worth it, inside its window and the span, apart from its tag, and nobody's hindrance. */
function mayStart(state: RhythmState, rhythm: TaskRhythm, atMs: number, spanEndMs: number): boolean {
  const endMs = atMs + rhythm.durationMs;
  return (
    (rhythm.left > 0 || atMs <= bonusEndMs(state, rhythm)) &&
    endMs <= Math.min(rhythm.closeMs, spanEndMs) &&
    !(state.hasTags && clashes(state, rhythm, atMs, spanEndMs)) &&
    isSafe(state, endMs)
  );
}

/** The same where the first is not to start as a matter of course. */
function chooseAmong(state: RhythmState, atMs: number, spanEndMs: number): TaskRhythm | null {
  const { order, aimMs, rhythms } = state;
  let ripe = ripeTasks(state, atMs);
  let fallback: TaskRhythm | null = null;
  let next = firstOf(order);
  for (let seen = 0; seen < ripe; ) {
    const i = next;
    next = order.next[i] ?? order.ends;
    const rhythm = rhythms[i];
    if ((aimMs[i] ?? 0) > atMs || !rhythm) continue;
    seen += 1;
    const isBonus = rhythm.left <= 0;
    const endMs = atMs + rhythm.durationMs;
    if (isBonus && atMs > bonusEndMs(state, rhythm)) {
      retire(state, rhythm);
      ripe -= 1;
      seen -= 1;
    } else if (endMs > rhythm.closeMs) {
      moveToNextWindow(state, rhythm);
      ripe = ripeTasks(state, atMs);
      seen = 0;
      next = firstOf(order);
    } else if (endMs <= spanEndMs && !(state.hasTags && clashes(state, rhythm, atMs, spanEndMs))) {
      if (isSafe(state, endMs)) return rhythm;
      const hindered = hinderedBy(state, rhythm, endMs);
      if (!hindered || !isBetterFirst(state, hindered, rhythm, atMs, spanEndMs)) return rhythm;
      if (hindered.earlyMs <= atMs && !(state.hasTags && clashes(state, hindered, atMs, spanEndMs))) return hindered;
      if (!isBonus) fallback ??= rhythm;
    }
  }
  return fallback;
}

/** How many tasks have reached their aim. */
function ripeTasks({ aimOrder, aimMs }: RhythmState, atMs: number): number {
  let ripe = 0;
  for (let i = firstOf(aimOrder); i !== aimOrder.ends && (aimMs[i] ?? 0) <= atMs; i = aimOrder.next[i] ?? 0) ripe += 1;
  return ripe;
}

/** When the next task reaches its aim; Infinity where all that are live have reached theirs. */
function nextAim({ aimOrder, aimMs }: RhythmState, atMs: number): number {
  let i = firstOf(aimOrder);
  while (i !== aimOrder.ends && (aimMs[i] ?? 0) <= atMs) i = aimOrder.next[i] ?? 0;
  return i === aimOrder.ends ? Number.POSITIVE_INFINITY : (aimMs[i] ?? 0);
}

/** Whether a next start at `atMs` makes nothing late that is due soon. */
function isSafe(state: RhythmState, atMs: number): boolean {
  if (atMs <= state.safeMs) return true;
  state.safeMs = latestStartMs(state);
  return atMs <= state.safeMs;
}

/** Whether the separation tag of a task forbids a play from `atMs` on next to what was shown last or to what ends the span. */
function clashes(
  state: RhythmState,
  { task: { tag }, durationMs }: TaskRhythm,
  atMs: number,
  spanEndMs: number,
): boolean {
  if (tag === UNTAGGED) return false;
  const partedMs = atMs + durationMs + (state.separatorMs[tag] ?? 0);
  return tag === tagBehind(state, atMs) || (tag === state.tagAfter && partedMs > spanEndMs);
}

/** The tag that what starts at `atMs` may not have. */
const tagBehind = ({ lastTag, lastEndMs }: RhythmState, atMs: number): number =>
  atMs - lastEndMs < PARTING_MS ? lastTag : UNTAGGED;

/** Until when a bonus play of a task is worth starting. */
function bonusEndMs(state: RhythmState, { index, task, periodMs }: TaskRhythm): number {
  // A largest gap is to be kept to the window's end, so that its plays are never given up.
  if (task.maxGapMs !== null) return Number.POSITIVE_INFINITY;
  return (state.aimMs[index] ?? 0) + periodMs * (hasShare(task) ? SHARE_BONUS_LATE_SHARE : BONUS_LATE_SHARE);
}

/** The first task that a play ending at `endMs` makes late, though it could still be on time; null where there is none. */
function hinderedBy(state: RhythmState, playing: TaskRhythm, endMs: number): TaskRhythm | null {
  const { order, dueMs, rhythms } = state;
  let freeMs = endMs;
  const upTo = Math.min(state.live, LOOKAHEAD);
  for (let k = 0, i = firstOf(order); k < upTo; k += 1, i = order.next[i] ?? 0) {
    const other = rhythms[i];
    if (!other || other === playing) continue;
    const due = dueMs[i] ?? 0;
    if (due > freeMs + (upTo - k) * state.longestItemMs) return null;
    const startMs = Math.max(freeMs, other.earlyMs);
    if (startMs > due && startMs - playing.durationMs <= due) return other;
    freeMs = startMs + other.durationMs;
  }
  return null;
}

/** Whether task `x` before task `y` makes the later of the two less late, each measured in its own periods, than `y` before `x`. */
function isBetterFirst({ aimMs }: RhythmState, x: TaskRhythm, y: TaskRhythm, atMs: number, spanEndMs: number): boolean {
  const xEndMs = Math.max(atMs, x.earlyMs) + x.durationMs;
  if (xEndMs > Math.min(x.closeMs, spanEndMs)) return false;
  const xLate = (atMs + y.durationMs - (aimMs[x.index] ?? 0)) / x.periodMs;
  const yLate = (xEndMs - (aimMs[y.index] ?? 0)) / y.periodMs;
  return yLate < xLate;
}

function play(state: RhythmState, slots: OpenColumns, rhythm: TaskRhythm, atMs: number): number {
  addSlot(slots, atMs, rhythm.index, rhythm.item);
  const endMs = atMs + rhythm.durationMs;
  state.lastTag = rhythm.task.tag;
  state.lastEndMs = endMs;
  advance(state, rhythm, atMs);
  return endMs;
}

/** The latest start of the next play due that leaves all of those due soon on time: the least due time less the work due before it. */
function latestStartMs({ order, dueMs, rhythms, live, longestItemMs }: RhythmState): number {
  const upTo = Math.min(live, LOOKAHEAD);
  let latestMs = Number.POSITIVE_INFINITY;
  let workMs = 0;
  for (let k = 0, i = firstOf(order); k < upTo; k += 1, i = order.next[i] ?? 0) {
    const due = dueMs[i] ?? 0;
    if (due - workMs < latestMs) latestMs = due - workMs;
    workMs += rhythms[i]?.durationMs ?? 0;
    if (due - workMs - (upTo - k) * longestItemMs > latestMs) break;
  }
  return latestMs;
}

/** The same where only closing windows and largest gaps bind, for a loop item that the rhythm would never let through. */
function hardLatestMs({ order, rhythms, dueMs }: RhythmState): number {
  let latestMs = Number.POSITIVE_INFINITY;
  for (const { index, task, closeMs, durationMs } of rhythms) {
    if (!isListed(order, index)) continue;
    latestMs = Math.min(latestMs, task.maxGapMs === null ? closeMs - 2 * durationMs : (dueMs[index] ?? 0));
  }
  return latestMs;
}

/** The tag that a loop item had better not have because it may be the last before the end of the span. */
const tagAhead = ({ tagAfter }: RhythmState, loop: LoopQueue, roomMs: number): number =>
  tagAfter !== UNTAGGED && roomMs < 2 * loop.longestMs ? tagAfter : UNTAGGED;

/** {@link show} where separation tags bind: between two plays of a tag something else has to be shown, whatever becomes late by it. */
function showApart(
  state: RhythmState,
  slots: OpenColumns,
  loop: LoopQueue,
  fromMs: number,
  aimMs: number,
  latestMs: number,
  spanEndMs: number,
): number {
  const isForOne = isStarving(loop);
  let atMs = fromMs;
  while (atMs < aimMs && slots.count < MAX_SLOTS) {
    const lastTag = tagBehind(state, atMs);
    const isBlocked = isClash(lastTag, state.rhythms[firstOf(state.order)]?.task.tag ?? UNTAGGED);
    const roomMs = Math.min(spanEndMs, isBlocked ? spanEndMs : latestMs) - atMs;
    const item = takeItem(loop, roomMs, atMs, lastTag, tagAhead(state, loop, spanEndMs - atMs));
    if (item < 0) break;
    addSlot(slots, atMs, FILLER, item);
    atMs += loop.durations[item] ?? 0;
    state.lastTag = loop.tags[item] ?? UNTAGGED;
    state.lastEndMs = atMs;
    if (isForOne) break;
  }
  return atMs;
}

/** Runs loop items until a task's aim is reached; where none fits any more, the next task may start early. Gives the time reached. */
function fill(state: RhythmState, slots: OpenColumns, loop: LoopQueue, fromMs: number, spanEndMs: number): number {
  let nextAimMs = Math.min(spanEndMs, nextAim(state, fromMs));
  // Where any loop item fits, there is no need to know how many more would.
  const isRoomy = isSafe(state, Math.min(nextAimMs, spanEndMs) + loop.longestMs);
  const latestMs = isStarving(loop) ? hardLatestMs(state) : isRoomy ? Number.POSITIVE_INFINITY : latestStartMs(state);
  const atMs = state.hasTags
    ? showApart(state, slots, loop, fromMs, nextAimMs, latestMs, spanEndMs)
    : show(slots, loop, fromMs, nextAimMs, Math.min(spanEndMs, latestMs));
  if (atMs > fromMs) return atMs;
  if (state.hasTags && tagBehind(state, fromMs) !== UNTAGGED)
    nextAimMs = Math.min(nextAimMs, state.lastEndMs + PARTING_MS);
  // An empty loop leaves nothing to bridge a wait with, so waiting costs nothing; else a hole too short for the loop is closed by an early start.
  if (loop.isEmpty && latestMs > fromMs) return Math.min(nextAimMs, latestMs);
  return startEarly(state, slots, fromMs, nextAimMs, spanEndMs);
}

/** Starts the first task due that may start early; where none may, gives when the first may, `untilMs` at most. */
function startEarly(
  state: RhythmState,
  slots: OpenColumns,
  fromMs: number,
  untilMs: number,
  spanEndMs: number,
): number {
  const { order, rhythms } = state;
  let nextMs = untilMs;
  for (let i = firstOf(order); i !== order.ends; i = order.next[i] ?? 0) {
    const rhythm = rhythms[i];
    if (!rhythm) continue;
    if (rhythm.earlyMs > fromMs) nextMs = Math.min(nextMs, rhythm.earlyMs);
    else if (
      fromMs + rhythm.durationMs <= Math.min(rhythm.closeMs, spanEndMs) &&
      !(state.hasTags && clashes(state, rhythm, fromMs, spanEndMs))
    )
      return play(state, slots, rhythm, fromMs);
  }
  return nextMs;
}
