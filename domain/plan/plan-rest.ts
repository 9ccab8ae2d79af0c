/** The planner's core: the rest of a day from what is known at now. */

import { bestSweep } from './best-sweep.ts';
import type { Conflict, DayPlan } from './day-plan.ts';
import type { PlanningDay } from './day-task.ts';
import { evenPlaces } from './even-places.ts';
import { keepShares } from './keep-shares.ts';
import { type LoopQueue, loopQueue, noteShown } from './loop-queue.ts';
import { dayTotal, mergeExact } from './merge-exact.ts';
import { exactConflicts, separationConflicts } from './neighbour-conflicts.ts';
import { evenSequence, type Placed } from './pack-search.ts';
import type { PackTask } from './pack-task.ts';
import { placeSequence } from './place-sequence.ts';
import { writePlan } from './plan-account.ts';
import { countConflicts, gapConflicts, shareConflicts } from './plan-conflicts.ts';
import type { Program } from './program.ts';
import { hasShare, minimumPlays, promisedPlays } from './promised-plays.ts';
import { packCounts, type ShortCause, settleCounts } from './settle-counts.ts';
import { neededPlays } from './share-plays.ts';
import { MAX_SLOTS, playsOfTasks, type SlotColumns } from './slot-columns.ts';

/** Slots of the rest of a day, and what is known of the causes of shortages. */
type Draft = { readonly columns: SlotColumns; readonly causes: ReadonlyMap<number, ShortCause> };

const NO_CAUSES: ReadonlyMap<number, ShortCause> = new Map();

/**
 * Plans the open rest of `day`; `shownFiller` are the loop items shown so far, oldest first, after which the loop goes on. First a
 * rhythm for everything promised; then any placing at all; then as much of the shares as a rhythm holds; then the counts, without
 * what largest gaps and shares ask for on top; then the counts that fit.
 */
export function planRest(program: Program, day: PlanningDay, shownFiller: readonly string[]): DayPlan {
  const newLoop = (): LoopQueue => {
    const loop = loopQueue(day.loop, program.loop.length);
    for (const item of shownFiller) noteShown(loop, item);
    return loop;
  };
  const minimum = day.tasks.map(minimumPlays);
  const promised = day.tasks.map(promisedPlays);
  const draft =
    (hasShares(day) ? inShares(day, promised, newLoop) : inFull(day, promised, newLoop)) ??
    withoutExtras(day, minimum, promised, newLoop) ??
    sharesOnTop(day, settled(day, minimum, newLoop), newLoop);
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

/** A plan that keeps counts and gaps, and shares as far as they can be had; null where none was found. */
function inShares(day: PlanningDay, promised: readonly number[], newLoop: () => LoopQueue): Draft | null {
  const columns = keepShares(day, promised, {
    sweep: (counts) => swept(day, counts, true, newLoop),
    pack: (counts) => packed(day, counts, true, newLoop),
  });
  return columns && { columns, causes: NO_CAUSES };
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
  if (outcome.kind !== 'found') return null;
  const even = placedEvenly(day, packs, indexOf, outcome.plays, newLoop);
  if (!keepsGaps || gapConflicts(day, even).length === 0) return even;
  // Turns may break a largest gap at the end of a window, which no search looks at; the placing found may keep it.
  return mergeExact(day, placeSequence(day, packs, indexOf, outcome.plays, evenPlaces(packs), newLoop()));
}

function placedEvenly(
  day: PlanningDay,
  packs: readonly PackTask[],
  indexOf: readonly number[],
  plays: readonly Placed[],
  newLoop: () => LoopQueue,
): SlotColumns {
  const even = evenPlaces(packs);
  const sequence = evenSequence(packs, plays, even, day.hasTags ? day : null);
  return mergeExact(day, placeSequence(day, packs, indexOf, sequence, even, newLoop()));
}

/** A plan for the counts that fit: in rhythm where one sweep manages, else as the search found them. */
const settled = (day: PlanningDay, minimum: readonly number[], newLoop: () => LoopQueue): Draft =>
  settleCounts(day, minimum, {
    sweep: (counts) => swept(day, counts, false, newLoop),
    place: (packs, indexOf, plays) => placedEvenly(day, packs, indexOf, plays, newLoop),
  });

/** Where not all counts fit, shares are kept beside those that do. */
function sharesOnTop(day: PlanningDay, draft: Draft, newLoop: () => LoopQueue): Draft {
  if (!hasShares(day)) return draft;
  const planned = playsOfTasks(draft.columns, day.tasks.length);
  const counts = day.tasks.map((task, i) => Math.min(minimumPlays(task), (planned[i] ?? 0) - task.exactPlays));
  const columns = keepShares(day, counts, {
    sweep: (plays) => swept(day, plays, false, newLoop),
    pack: (plays) => packed(day, plays, false, newLoop),
  });
  return columns ? { ...draft, columns } : draft;
}

function planOf(program: Program, day: PlanningDay, { columns, causes }: Draft): DayPlan {
  const needed = neededPlays(day, dayTotal(day, columns));
  // The account of lateness goes by the rhythm of the whole promise, also where not all of it fits.
  const { slots, commitments } = writePlan(program, day, needed, columns);
  const planned = commitments.map((commitment) => commitment.planned);
  const conflicts: Conflict[] = [
    ...countConflicts(day, planned, causes),
    ...gapConflicts(day, columns),
    ...shareConflicts(day, columns),
    ...exactConflicts(day),
    ...separationConflicts(day, columns),
  ];
  if (columns.startMs.length >= MAX_SLOTS) conflicts.push(slotBound(day, columns));
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
