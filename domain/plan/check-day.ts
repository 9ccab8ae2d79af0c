/** Whether a program can be kept on one date planned from opening, and how full that makes the day. */
import type { LocalDate } from '../time/zone-time.ts';
import { bestSweep } from './best-sweep.ts';
import { bookedShare } from './booked-share.ts';
import type { Conflict, DayPlan } from './day-plan.ts';
import { NO_LOOP_HISTORY, type PlanningDay, planningDay } from './day-task.ts';
import { fitsAtSight, mayOverflowSlots } from './fitting-day.ts';
import { type LoopQueue, loopQueue } from './loop-queue.ts';
import type { Placed } from './pack-search.ts';
import { countConflicts } from './plan-conflicts.ts';
import { planRest } from './plan-rest.ts';
import type { Program } from './program.ts';
import { minimumPlays } from './promised-plays.ts';
import { provenShortage } from './proven-shortage.ts';
import { settleCounts } from './settle-counts.ts';
import { FILLER, playsOfTasks, type SlotColumns } from './slot-columns.ts';

/**
 * What a date comes to: what does not fit (none: all is kept), the share of open time promised, and the plays each commitment gets, by id
 * (at most those promised).
 */
export type DayCheck = {
  readonly conflicts: readonly Conflict[];
  readonly load: number;
  readonly given: ReadonlyMap<string, number>;
};

/** Checks `date` of `program` as planned from opening. Where only counts are promised no plan is made unless it has to tell what gives way. */
export function checkDay(program: Program, date: LocalDate): DayCheck {
  const day = dayOf(program, date);
  const counted = isPlain(day) ? checkCounts(program, day) : null;
  if (counted) return counted;
  const plan = planRest(program, day, []);
  return { conflicts: plan.conflicts, load: loadOf(day, plan), given: givenBy(plan) };
}

/**
 * The check of a day of counts alone, by what is cheapest: all fit at sight, or all but shortages that are proved; else they are settled as
 * planning would, with nothing written or spread that nobody will play. Null where the plan itself may come to a bound.
 */
function checkCounts(program: Program, day: PlanningDay): DayCheck | null {
  if (mayOverflowSlots(day)) return null;
  const newLoop = (): LoopQueue => loopQueue(day.loop, program.loop.length);
  const shortage = provenShortage(day);
  const lowered = shortage ? withCounts(program, day, shortage.fits) : day;
  if (fitsAtSight(lowered, newLoop)) return countCheck(day, requiredBy(lowered), shortage?.conflicts ?? []);
  return settledCheck(day, newLoop);
}

/** The day if the commitments of `counts` promised only so many plays. */
function withCounts(program: Program, { date }: PlanningDay, counts: ReadonlyMap<string, number>): PlanningDay {
  const commitments = program.commitments.map((c) => ({ ...c, minPlays: counts.get(c.id) ?? c.minPlays }));
  return dayOf({ ...program, commitments }, date);
}

/** The check of a day from the counts that fit, which are those of its plan. */
function settledCheck(day: PlanningDay, newLoop: () => LoopQueue): DayCheck {
  const { columns, causes } = settleCounts(day, day.tasks.map(minimumPlays), {
    sweep: (counts) => bestSweep(day, counts, false, newLoop),
    place: (_, indexOf, plays) => unspread(indexOf, plays),
  });
  const planned = playsOfTasks(columns, day.tasks.length);
  const given = day.tasks.map(({ required }, i) => Math.min(required, planned[i] ?? 0));
  return countCheck(day, given, countConflicts(day, planned, causes));
}

/** Plays where a search put them, without the loop in between and which of its items a task shows: enough to be counted. */
const unspread = (indexOf: readonly number[], plays: readonly Placed[]): SlotColumns => ({
  startMs: Float64Array.from(plays, ({ startMs }) => startMs),
  task: Int32Array.from(plays, ({ index }) => indexOf[index] ?? FILLER),
  item: new Int32Array(plays.length),
});

const countCheck = (day: PlanningDay, given: readonly number[], conflicts: readonly Conflict[]): DayCheck => ({
  conflicts,
  load: bookedShare(day, NO_PLAYS),
  given: new Map(day.tasks.map(({ id }, i) => [id, given[i] ?? 0])),
});

const requiredBy = ({ tasks }: PlanningDay): number[] => tasks.map(({ required }) => required);

/** Counts are as many whatever else is shown. */
const NO_PLAYS = { plays: 0, shownMs: 0 };

/** The check of a date that is known to fit, without a plan; null where more than counts is promised, which needs one. `given` is left empty. */
export function checkFittingDay(program: Program, date: LocalDate): DayCheck | null {
  const day = dayOf(program, date);
  if (!isPlain(day)) return null;
  return { conflicts: [], load: bookedShare(day, NO_PLAYS), given: new Map() };
}

const dayOf = (program: Program, date: LocalDate): PlanningDay =>
  planningDay(program, date, Number.NEGATIVE_INFINITY, NO_HISTORY, NO_LOOP_HISTORY);

const NO_HISTORY = (): { playsByItem: number[]; starts: number[] } => ({ playsByItem: [], starts: [] });

/** Whether only counts are promised: nothing that depends on what else is shown, and when. */
const isPlain = (day: PlanningDay): boolean =>
  !day.hasTags &&
  day.tasks.every(
    (task) => !task.isExact && task.maxGapMs === null && task.minShare === null && task.minAirtimeShare === null,
  );

function loadOf(day: PlanningDay, { slots }: DayPlan): number {
  const shownMs = slots.reduce((sum, slot) => sum + slot.durationMs, 0);
  return bookedShare(day, { plays: slots.length, shownMs });
}

const givenBy = ({ commitments }: DayPlan): Map<string, number> =>
  new Map(commitments.map(({ id, required, planned }) => [id, Math.min(required, planned)]));
