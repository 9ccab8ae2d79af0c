/** Whether a program can be kept on one date planned from opening, and how full that makes the day. */
import type { LocalDate } from '../time/zone-time.ts';
import { bookedShare } from './booked-share.ts';
import type { Conflict, DayPlan } from './day-plan.ts';
import { NO_LOOP_HISTORY, type PlanningDay, planningDay } from './day-task.ts';
import { fitsAtSight, fitsDay } from './fitting-day.ts';
import { type LoopQueue, loopQueue } from './loop-queue.ts';
import { planRest } from './plan-rest.ts';
import type { Program } from './program.ts';
import { provenShortage } from './proven-shortage.ts';

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

/** The check of a day of counts alone: all fit, or all but shortages that are proved; null where neither is found. */
function checkCounts(program: Program, day: PlanningDay): DayCheck | null {
  const newLoop = (): LoopQueue => loopQueue(day.loop, program.loop.length);
  const shortage = provenShortage(day);
  if (!shortage) return fitsDay(day, newLoop) ? countCheck(day, day, []) : null;
  const { conflicts, fits } = shortage;
  const commitments = program.commitments.map((c) => ({ ...c, minPlays: fits.get(c.id) ?? c.minPlays }));
  const lowered = dayOf({ ...program, commitments }, day.date);
  return fitsAtSight(lowered, newLoop) ? countCheck(day, lowered, conflicts) : null;
}

/** The check of `day` whose counts are kept as far as `kept` promises them. */
const countCheck = (day: PlanningDay, kept: PlanningDay, conflicts: readonly Conflict[]): DayCheck => ({
  conflicts,
  load: bookedShare(day, NO_PLAYS),
  given: new Map(kept.tasks.map(({ id, required }) => [id, required])),
});

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
