/** The planner's core: the rest of a day from what is known at now. */

import { bestSweep } from './best-sweep.ts';
import type { Conflict, DayPlan } from './day-plan.ts';
import type { PlanningDay } from './day-task.ts';
import { type LoopQueue, loopQueue } from './loop-queue.ts';
import { placeSequence } from './place-sequence.ts';
import { accounts, slotsOf } from './plan-account.ts';
import { countConflicts, gapConflicts, shareConflicts } from './plan-conflicts.ts';
import type { Program } from './program.ts';
import { minimumPlays, promisedPlays, rhythmGoals } from './rhythm-goals.ts';
import { MAX_SLOTS } from './rhythm-pass.ts';
import { packCounts, type ShortCause, settleCounts } from './settle-counts.ts';
import { sharePlays } from './share-plays.ts';
import type { SlotColumns } from './slot-columns.ts';

/** Slots of the rest of a day, and what is known of the causes of shortages. */
type Draft = { readonly columns: SlotColumns; readonly causes: ReadonlyMap<number, ShortCause> };

const NO_CAUSES: ReadonlyMap<number, ShortCause> = new Map();

/**
 * Plans the open rest of `day`; `shownFiller` are the loop items shown so far, oldest first, after which the loop goes on. First a
 * rhythm for everything promised; then any placing at all; then the counts, without what largest gaps and shares ask for on top;
 * then the counts that fit.
 */
export function planRest(program: Program, day: PlanningDay, shownFiller: readonly string[]): DayPlan {
  const newLoop = (): LoopQueue => {
    const loop = loopQueue(program.loop);
    for (const item of shownFiller) loop.shown(item);
    return loop;
  };
  const minimum = day.tasks.map(minimumPlays);
  const promised = day.tasks.map(promisedPlays);
  const draft =
    withShares(day, promised, newLoop) ??
    withoutExtras(day, minimum, promised, newLoop) ??
    settled(day, minimum, newLoop);
  return planOf(program, day, draft);
}

/** A plan that keeps counts, gaps and shares; null where none was found. */
function withShares(day: PlanningDay, promised: readonly number[], newLoop: () => LoopQueue): Draft | null {
  for (const needed of sharePlays(day, promised)) {
    const columns = bestSweep(day, needed, true, newLoop) ?? packed(day, needed, true, newLoop);
    if (!columns) return null;
    if (shareConflicts(day, columns).length === 0 && gapConflicts(day, columns).length === 0)
      return { columns, causes: NO_CAUSES };
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
  if (day.tasks.every((task) => task.maxGapMs === null && task.minShare === null)) return null;
  const columns =
    bestSweep(day, promised, true, newLoop) ??
    packed(day, minimum, true, newLoop) ??
    bestSweep(day, minimum, false, newLoop) ??
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
  return outcome.kind === 'found' ? placeSequence(day, packs, indexOf, outcome.plays, newLoop()) : null;
}

/** A plan for the counts that fit: in rhythm where one sweep manages, else as the search found them. */
const settled = (day: PlanningDay, minimum: readonly number[], newLoop: () => LoopQueue): Draft =>
  settleCounts(day, minimum, {
    sweep: (counts) => bestSweep(day, counts, false, newLoop),
    place: (packs, indexOf, plays) => placeSequence(day, packs, indexOf, plays, newLoop()),
  });

function planOf(program: Program, day: PlanningDay, { columns, causes }: Draft): DayPlan {
  const commitments = accounts(day, columns);
  const planned = commitments.map((commitment) => commitment.planned);
  const conflicts: Conflict[] = [
    ...countConflicts(day, planned, causes),
    ...gapConflicts(day, columns),
    ...shareConflicts(day, columns),
  ];
  if (columns.startMs.length >= MAX_SLOTS) conflicts.push(slotBound(day, columns));
  // The account of lateness goes by the rhythm of the whole promise, also where not all of it fits.
  const goals = rhythmGoals(day, day.tasks.map(minimumPlays), true);
  const slots = slotsOf(program, day, goals, columns);
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
