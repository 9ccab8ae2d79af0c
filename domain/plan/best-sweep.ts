/** The best of a few sweeps: the first that is even and early enough, else the least uneven. */
import type { PlanningDay } from './day-task.ts';
import { evenOut } from './even-out.ts';
import { exceedsDay, sweepWork } from './huge-day.ts';
import { layOrder } from './lay-order.ts';
import type { LoopQueue } from './loop-queue.ts';
import { gapConflicts } from './plan-conflicts.ts';
import { playOrder } from './play-order.ts';
import { hasShare } from './promised-plays.ts';
import { type RhythmGoal, rhythmGoals } from './rhythm-goals.ts';
import { type Sweep, sweepDay } from './rhythm-pass.ts';
import { FILLER, type SlotColumns } from './slot-columns.ts';
import type { Manner } from './task-rhythm.ts';

/** Manners tried in turn. The first is the most even on most days; the others put first plays elsewhere or keep closer to the grid. */
const MANNERS: readonly Manner[] = [
  { spread: 0.5, lateShare: 0.4, catchUpLimit: 0.1 },
  { spread: 0.5, lateShare: 0.4, catchUpLimit: 0.15 },
  { spread: 0.3, lateShare: 0.35, catchUpLimit: 0.1 },
  { spread: 0.3, lateShare: 0.4, catchUpLimit: 0.2 },
  { spread: 0.15, lateShare: 0.3, catchUpLimit: 0.1 },
];

/** So much work, tasks times plays, all manners of one sweep together may cost; the first is tried in any case. */
const MANNERS_WORK = 5_000_000;

/** A sweep with a widest gap of so many mean gaps is even enough not to look further; evening one out goes on to the lesser ratio. */
const EVEN_RATIO = 1.24;
const EVENED_RATIO = 1.2;

/** So many of the least uneven sweeps are evened out where none is even enough. */
const EVENED_OUT = 3;

/** Days of more plays than this are left as they were swept. */
const MOST_EVENED_PLAYS = 5000;

/** What a promise kept after its horizon weighs against uneven gaps, per share of the remaining window: an outage at the end costs whole plays. */
const LATE_WEIGHT = 20;

/** The best sweep that places `needed[i]` plays of every task and, if asked, keeps largest gaps; null where none does. */
export function bestSweep(
  day: PlanningDay,
  needed: readonly number[],
  keepsGaps: boolean,
  newLoop: () => LoopQueue,
): SlotColumns | null {
  if (exceedsDay(day, needed)) return null;
  const manners = MANNERS.slice(0, Math.max(1, Math.floor(MANNERS_WORK / (1 + sweepWork(day, needed)))));
  for (const frontLoaded of [true, false]) {
    const goals = rhythmGoals(day, needed, frontLoaded);
    const kept: Ranked[] = [];
    for (const manner of manners) {
      const sweep = sweepDay(day, goals, newLoop(), manner);
      if (!isComplete(sweep)) continue;
      if (keepsGaps && gapConflicts(day, sweep.slots).length > 0) continue;
      const lateRank = LATE_WEIGHT * lateness(day, goals, sweep);
      const rank = unevenness(sweep) + lateRank;
      if (rank <= EVEN_RATIO) return sweep.slots;
      kept.push({ sweep, rank, lateRank });
    }
    if (kept.length > 0) return evenest(day, goals, kept, keepsGaps, newLoop);
  }
  return null;
}

/** Whether the first sweep that {@link bestSweep} tries places `needed[i]` plays of every task. */
export function firstSweepFits(day: PlanningDay, needed: readonly number[], loop: LoopQueue): boolean {
  const [manner] = MANNERS;
  if (!manner || exceedsDay(day, needed)) return false;
  return isComplete(sweepDay(day, rhythmGoals(day, needed, true), loop, manner));
}

/** A sweep, how uneven and late it is, and what of that is lateness. */
type Ranked = { readonly sweep: Sweep; readonly rank: number; readonly lateRank: number };

/** The best of `kept`, the first few of them evened out where the day allows it; the first that is even enough. */
function evenest(
  day: PlanningDay,
  goals: readonly RhythmGoal[],
  kept: Ranked[],
  keepsGaps: boolean,
  newLoop: () => LoopQueue,
): SlotColumns | null {
  kept.sort((a, b) => a.rank - b.rank);
  let best = kept[0]?.sweep.slots ?? null;
  let bestRank = kept[0]?.rank ?? 0;
  if (!canEvenOut(day)) return best;
  for (const { sweep, lateRank } of kept.slice(0, EVENED_OUT)) {
    if (sweep.slots.startMs.length > MOST_EVENED_PLAYS) continue;
    const order = playOrder(day, goals, sweep);
    evenOut(day.tasks, order);
    const laid = layOrder(day, order, newLoop());
    if (!laid || (keepsGaps && gapConflicts(day, laid).length > 0)) continue;
    const rank = unevennessOf(day, laid) + lateRank;
    if (rank < bestRank) {
      best = laid;
      bestRank = rank;
    }
    if (bestRank <= EVENED_RATIO) break;
  }
  return best;
}

/** Tags and exact times bind neighbours, and shares the number of all plays: there the sweep's own order stands. */
const canEvenOut = (day: PlanningDay): boolean =>
  !day.hasTags && day.exactPlays.length === 0 && !day.tasks.some(hasShare);

/** The same as {@link unevenness}, from the slots alone. */
function unevennessOf(day: PlanningDay, { startMs, task }: SlotColumns): number {
  const size = day.tasks.length;
  const plays = new Int32Array(size);
  const firstMs = new Float64Array(size);
  const lastMs = new Float64Array(size);
  const widestMs = new Float64Array(size);
  for (let k = 0; k < startMs.length; k += 1) {
    const i = task[k] ?? FILLER;
    if (i < 0) continue;
    const atMs = startMs[k] ?? 0;
    if (plays[i] === 0) firstMs[i] = atMs;
    else widestMs[i] = Math.max(widestMs[i] ?? 0, atMs - (lastMs[i] ?? 0));
    lastMs[i] = atMs;
    plays[i] = (plays[i] ?? 0) + 1;
  }
  let worst = 1;
  for (let i = 0; i < size; i += 1) {
    const gaps = (plays[i] ?? 0) - 1;
    if (gaps < 2 || (day.tasks[i]?.rest.length ?? 0) > 1) continue;
    worst = Math.max(worst, ((widestMs[i] ?? 0) * gaps) / ((lastMs[i] ?? 0) - (firstMs[i] ?? 0)));
  }
  return worst;
}

/** The largest ratio of a task's widest gap to its mean gap. */
function unevenness({ state }: Sweep): number {
  let worst = 1;
  for (const { task, played, firstMs, lastMs, widestMs } of state.rhythms) {
    // Windows that close in between make gaps that no plan can even out.
    if (played < 3 || task.rest.length > 1) continue;
    const meanMs = (lastMs - firstMs) / (played - 1);
    worst = Math.max(worst, widestMs / meanMs);
  }
  return worst;
}

/** By how much the latest promise is kept after its horizon, as a share of its task's remaining window; 0: all in time. */
function lateness(day: PlanningDay, goals: readonly RhythmGoal[], { state }: Sweep): number {
  let worst = 0;
  for (const { index, task, keptMs } of state.rhythms) {
    const goal = goals[index];
    if (!goal || goal.needed === 0 || task.rest.length > 1) continue;
    const startMs = Math.max(day.nowMs, task.rest[0]?.startMs ?? 0);
    const overMs = keptMs + task.meanDurationMs - startMs - goal.horizonMs;
    worst = Math.max(worst, overMs / task.restMs);
  }
  return worst;
}

/** Whether a sweep has placed every play it was to. */
const isComplete = ({ state }: Sweep): boolean => state.rhythms.every((rhythm) => rhythm.left <= 0);
