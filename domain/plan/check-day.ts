/** Whether a program can be kept on one date planned from opening, and how full that makes the day. */
import type { LocalDate } from '../time/zone-time.ts';
import { bookedShare } from './booked-share.ts';
import type { Conflict, DayPlan } from './day-plan.ts';
import { NO_LOOP_HISTORY, type PlanningDay, planningDay } from './day-task.ts';
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

/** Plans `date` of `program` from opening. A plain overload is proved first, for a plan that fits is found much sooner than one that does not. */
export function checkDay(program: Program, date: LocalDate): DayCheck {
  const day = dayOf(program, date);
  const proven = isPlain(day) ? provenShortage(day) : null;
  if (proven) {
    const { conflict, id } = proven;
    const commitments = program.commitments.map((c) => (c.id === id ? { ...c, minPlays: conflict.fits } : c));
    const lowered = { ...program, commitments };
    const plan = planRest(lowered, dayOf(lowered, date), []);
    if (plan.feasible) return { conflicts: [conflict], load: loadOf(day, plan), given: givenBy(plan) };
  }
  const plan = planRest(program, day, []);
  return { conflicts: plan.conflicts, load: loadOf(day, plan), given: givenBy(plan) };
}

/** The check of a date that is known to fit, without a plan; null where more than counts is promised, which needs one. `given` is left empty. */
export function checkFittingDay(program: Program, date: LocalDate): DayCheck | null {
  const day = dayOf(program, date);
  if (!isPlain(day)) return null;
  return { conflicts: [], load: bookedShare(day, { plays: 0, shownMs: 0 }), given: new Map() };
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
