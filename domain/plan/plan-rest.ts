/** The planner's core: the rest of a day from what is known at now. */

import { bestSweep } from './best-sweep.ts';
import type { Conflict, DayPlan } from './day-plan.ts';
import type { PlanningDay } from './day-task.ts';
import { type LoopQueue, loopQueue } from './loop-queue.ts';
import { dayTotal, mergeExact } from './merge-exact.ts';
import { exactConflicts, separationConflicts } from './neighbour-conflicts.ts';
import { placeSequence } from './place-sequence.ts';
import { accounts, slotsOf } from './plan-account.ts';
import { countConflicts, gapConflicts, shareConflicts } from './plan-conflicts.ts';
import type { Program } from './program.ts';
import { hasShare, isShareBound, minimumPlays, promisedPlays } from './promised-plays.ts';
import { rhythmGoals } from './rhythm-goals.ts';
import { MAX_SLOTS } from './rhythm-pass.ts';
import { packCounts, type ShortCause, settleCounts } from './settle-counts.ts';
import { expectedDay, neededPlays, playsOfShare } from './share-plays.ts';
import type { SlotColumns } from './slot-columns.ts';

/** Slots of the rest of a day, and what is known of the causes of shortages. */
type Draft = { readonly columns: SlotColumns; readonly causes: ReadonlyMap<number, ShortCause> };

const NO_CAUSES: ReadonlyMap<number, ShortCause> = new Map();

/** Plans made at most to meet shares, each with what the one before it has taught. */
const SHARE_ROUNDS = 8;

/** By how much the plays of shares are raised after a plan that came short of one; doubles from time to time. */
const SHARE_MARGIN = 0.001;

/** A share may be exceeded by this share of all plays without looking for a closer plan. */
const SHARE_EXCESS = 0.005;

/** What part of every share is tried where all of them cannot be had. */
const PARTS_OF_SHARES = [0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.35, 0.2];

/**
 * Plans the open rest of `day`; `shownFiller` are the loop items shown so far, oldest first, after which the loop goes on. First a
 * rhythm for everything promised; then any placing at all; then as much of the shares as a rhythm holds; then the counts, without
 * what largest gaps and shares ask for on top; then the counts that fit.
 */
export function planRest(program: Program, day: PlanningDay, shownFiller: readonly string[]): DayPlan {
  const newLoop = (): LoopQueue => {
    const loop = loopQueue(day.loop, program.loop.length);
    for (const item of shownFiller) loop.shown(item);
    return loop;
  };
  const minimum = day.tasks.map(minimumPlays);
  const promised = day.tasks.map(promisedPlays);
  const draft =
    (hasShares(day) ? withShares(day, promised, newLoop) : inFull(day, promised, newLoop)) ??
    withoutExtras(day, minimum, promised, newLoop) ??
    settled(day, minimum, newLoop);
  return planOf(program, day, draft);
}

const hasShares = (day: PlanningDay): boolean => day.tasks.some(hasShare);

/** The best sweep with the exact plays among its slots; see {@link bestSweep}. */
function swept(
  day: PlanningDay,
  needed: readonly number[],
  keepsGaps: boolean,
  newLoop: () => LoopQueue,
): SlotColumns | null {
  const columns = bestSweep(day, needed, keepsGaps, newLoop);
  return columns && mergeExact(day, columns);
}

/** A plan that keeps counts and gaps; null where none was found. */
function inFull(day: PlanningDay, promised: readonly number[], newLoop: () => LoopQueue): Draft | null {
  const columns = swept(day, promised, true, newLoop) ?? packed(day, promised, true, newLoop);
  return columns && gapConflicts(day, columns).length === 0 ? { columns, causes: NO_CAUSES } : null;
}

/**
 * A plan that keeps counts, gaps and shares, and exceeds no share by much; else one that keeps as much of the shares as was found; null
 * where none was. How many plays a day has is known only once it is planned, so a plan is made again with what the last one had.
 */
function withShares(day: PlanningDay, promised: readonly number[], newLoop: () => LoopQueue): Draft | null {
  let best: SlotColumns | null = null;
  let bestExcess = Number.POSITIVE_INFINITY;
  let surplus = 0;
  let margin = 0;
  for (let round = 0; round < SHARE_ROUNDS; round += 1) {
    const expected = expectedDay(day, promised, surplus, margin);
    const columns: SlotColumns | null =
      swept(day, expected.plays, true, newLoop) ?? (best ? null : packed(day, expected.plays, true, newLoop));
    if (!columns) break;
    const isKept = shareConflicts(day, columns).length === 0 && gapConflicts(day, columns).length === 0;
    const excess = isKept ? shareExcess(day, expected.plays, columns) : Number.POSITIVE_INFINITY;
    if (excess < bestExcess) {
      best = columns;
      bestExcess = excess;
    }
    if (bestExcess <= SHARE_EXCESS) break;
    surplus += day.playsSoFar + columns.startMs.length - expected.total;
    if (!isKept) margin = Math.max(SHARE_MARGIN, 2 * margin);
  }
  const columns = best ?? partOfShares(day, promised, newLoop);
  return columns && { columns, causes: NO_CAUSES };
}

/** By how much of all plays of the day the share exceeded most is exceeded, of those that decide how often their task plays. */
function shareExcess(day: PlanningDay, plays: readonly number[], columns: SlotColumns): number {
  const total = dayTotal(day, columns);
  const planned = day.tasks.map(() => 0);
  for (const i of columns.task) if (i >= 0) planned[i] = (planned[i] ?? 0) + 1;
  return day.tasks.reduce((most, task, i) => {
    if (!isShareBound(task, plays[i] ?? 0)) return most;
    const needed = Math.max(minimumPlays(task), playsOfShare(task, total)) + task.exactPlays;
    return Math.max(most, ((planned[i] ?? 0) - needed) / total.plays);
  }, 0);
}

/** A plan with the largest part of the shares that a sweep manages, for a day that cannot hold them; null where there is none. */
function partOfShares(day: PlanningDay, promised: readonly number[], newLoop: () => LoopQueue): SlotColumns | null {
  for (const part of PARTS_OF_SHARES) {
    const lesser = expectedDay(day, promised, 0, part - 1).plays;
    const columns = swept(day, lesser, true, newLoop);
    if (columns) return columns;
  }
  return null;
}

/** A plan that keeps every minimum, and gaps if that can be had; null where none was found. */
function withoutExtras(
  day: PlanningDay,
  minimum: readonly number[],
  promised: readonly number[],
  newLoop: () => LoopQueue,
): Draft | null {
  if (day.tasks.every((task) => task.maxGapMs === null && !hasShare(task))) return null;
  const columns =
    swept(day, promised, true, newLoop) ??
    packed(day, minimum, true, newLoop) ??
    swept(day, minimum, false, newLoop) ??
    packed(day, minimum, false, newLoop);
  return columns && { columns, causes: NO_CAUSES };
}

function packed(
  day: PlanningDay,
  counts: readonly number[],
  keepsGaps: boolean,
  newLoop: () => LoopQueue,
): SlotColumns | null {
  const { packs, indexOf, outcome } = packCounts(day, counts, keepsGaps);
  return outcome.kind === 'found'
    ? mergeExact(day, placeSequence(day, packs, indexOf, outcome.plays, newLoop()))
    : null;
}

/** A plan for the counts that fit: in rhythm where one sweep manages, else as the search found them. */
const settled = (day: PlanningDay, minimum: readonly number[], newLoop: () => LoopQueue): Draft =>
  settleCounts(day, minimum, {
    sweep: (counts) => swept(day, counts, false, newLoop),
    place: (packs, indexOf, plays) => mergeExact(day, placeSequence(day, packs, indexOf, plays, newLoop())),
  });

function planOf(program: Program, day: PlanningDay, { columns, causes }: Draft): DayPlan {
  const needed = neededPlays(day, dayTotal(day, columns));
  const commitments = accounts(day, needed, columns);
  const planned = commitments.map((commitment) => commitment.planned);
  const conflicts: Conflict[] = [
    ...countConflicts(day, planned, causes),
    ...gapConflicts(day, columns),
    ...shareConflicts(day, columns),
    ...exactConflicts(day),
    ...separationConflicts(day, columns),
  ];
  if (columns.startMs.length >= MAX_SLOTS) conflicts.push(slotBound(day, columns));
  // The account of lateness goes by the rhythm of the whole promise, also where not all of it fits.
  const goals = rhythmGoals(day, needed, true);
  const slots = slotsOf(program, day, goals, columns, planned);
  return { date: day.date, feasible: conflicts.length === 0, slots, commitments, conflicts };
}

/** Planning stopped because the day would have more slots than a plan may have: its items are too short to be meant. */
const slotBound = (day: PlanningDay, columns: SlotColumns): Conflict => ({
  kind: 'work-bound',
  commitments: [],
  startMs: columns.startMs.at(-1) ?? day.nowMs,
  endMs: day.openRest.at(-1)?.endMs ?? day.nowMs,
  overflowMs: (day.openRest.at(-1)?.endMs ?? day.nowMs) - (columns.startMs.at(-1) ?? day.nowMs),
  fits: MAX_SLOTS,
});
