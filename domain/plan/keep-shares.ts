/** Plans that keep shares of plays and of airtime, as far as they can be had. */
import type { PlanningDay } from './day-task.ts';
import { sweepWork } from './huge-day.ts';
import { dayTotal } from './merge-exact.ts';
import { gapConflicts, shareConflicts } from './plan-conflicts.ts';
import { hasShare, isShareBound, minimumPlays } from './promised-plays.ts';
import { yieldingOrder } from './settle-counts.ts';
import { expectedDay, mostPlays, playsOfShare } from './share-plays.ts';
import type { SlotColumns } from './slot-columns.ts';

/** Plans made at most to meet shares, each with what the one before it has taught. */
const SHARE_ROUNDS = 8;

/** By how much the plays of shares are raised after a plan that came short of one; doubles from time to time. */
const SHARE_MARGIN = 0.001;

/** A share may be exceeded by this share of all plays without looking for a closer plan. */
const SHARE_EXCESS = 0.005;

/** Steps of halving towards the largest part of its share that the task that has to give way can keep. */
const PART_STEPS = 5;

/** Work of all sweeps for shares of one day, tasks times plays; two dozen tasks use a thousandth of it in one sweep. */
const SHARE_WORK = 100_000_000;

/** Ways to make slots for counts: in rhythm, else any placing; null where they do not manage. */
export type CountsPlanner = {
  readonly sweep: (counts: readonly number[]) => SlotColumns | null;
  readonly pack: (counts: readonly number[]) => SlotColumns | null;
};

/**
 * A plan that keeps counts, gaps and every share, and exceeds no share by much; where not all shares can be had, the least important
 * give way first, and no more of the last of them than has to. A share that limits or windows forbid hinders no other. Null: none found.
 */
export function keepShares(day: PlanningDay, promised: readonly number[], maker: CountsPlanner): SlotColumns | null {
  const make = boundedPlanner(day, maker);
  const parts = day.tasks.map(() => 1);
  const whole = keepParts(day, promised, parts, make);
  if (whole) return whole;
  const given: number[] = [];
  let best: SlotColumns | null = null;
  for (const i of yieldingOrder(day.tasks)) {
    const task = day.tasks[i];
    if (!task || !hasShare(task)) continue;
    if (make.isSpent()) break;
    parts[i] = 0;
    given.push(i);
    best = keepParts(day, promised, parts, make);
    if (best) break;
  }
  if (!best) return null;
  // What gave way last is the most important of them, and takes back first what it can.
  for (const i of given.reverse()) {
    if (make.isSpent()) break;
    parts[i] = 1;
    best = keepParts(day, promised, parts, make) ?? largestPart(day, promised, parts, i, make) ?? best;
  }
  return best;
}

/** The same planner while there is work left; then it manages nothing any more. */
function boundedPlanner(day: PlanningDay, make: CountsPlanner): CountsPlanner & { readonly isSpent: () => boolean } {
  let left = SHARE_WORK;
  const isPaid = (counts: readonly number[]): boolean => {
    left -= sweepWork(day, counts);
    return left >= 0;
  };
  return {
    sweep: (counts) => (isPaid(counts) ? make.sweep(counts) : null),
    pack: (counts) => (isPaid(counts) ? make.pack(counts) : null),
    isSpent: () => left <= 0,
  };
}

/** The plan with the largest part of the share of task `i` that was found; null where any is too much. `parts` is changed. */
function largestPart(
  day: PlanningDay,
  promised: readonly number[],
  parts: number[],
  i: number,
  make: CountsPlanner,
): SlotColumns | null {
  let best: SlotColumns | null = null;
  let low = 0;
  let high = 1;
  for (let step = 0; step < PART_STEPS; step += 1) {
    parts[i] = (low + high) / 2;
    const columns = keepParts(day, promised, parts, make);
    if (columns) {
      best = columns;
      low = parts[i] ?? 0;
    } else high = parts[i] ?? 0;
  }
  parts[i] = low;
  return best;
}

/** The same with `parts[i]` of the shares of every task. How many plays a day has is known only once it is planned, so it is planned again with what the last plan had. */
function keepParts(
  day: PlanningDay,
  promised: readonly number[],
  parts: readonly number[],
  make: CountsPlanner,
): SlotColumns | null {
  const most = mostPlays(day);
  let best: SlotColumns | null = null;
  let bestExcess = Number.POSITIVE_INFINITY;
  let surplus = 0;
  let margin = 0;
  for (let round = 0; round < SHARE_ROUNDS; round += 1) {
    const expected = expectedDay(day, promised, surplus, margin, parts);
    const columns: SlotColumns | null = make.sweep(expected.plays) ?? (round === 0 ? make.pack(expected.plays) : null);
    if (!columns) break;
    const demanded = new Set(
      day.tasks
        .filter((_, i) => parts[i] === 1 && (expected.plays[i] ?? 0) < Math.floor(most[i] ?? 0))
        .map((task) => task.id),
    );
    const isKept =
      shareConflicts(day, columns).every(({ commitments }) => !demanded.has(commitments[0] ?? '')) &&
      gapConflicts(day, columns).length === 0;
    const excess = isKept ? shareExcess(day, expected.plays, columns) : Number.POSITIVE_INFINITY;
    if (excess < bestExcess) {
      best = columns;
      bestExcess = excess;
    }
    if (bestExcess <= SHARE_EXCESS) break;
    surplus += day.playsSoFar + columns.startMs.length - expected.total;
    if (!isKept) margin = Math.max(SHARE_MARGIN, 2 * margin);
  }
  return best;
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
