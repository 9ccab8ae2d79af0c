/** Whether a program can be kept on every day of a range: the question before a booking is taken. */
import { totalMs } from '../time/interval.ts';
import { addDays, type LocalDate, weekdayOf } from '../time/zone-time.ts';
import type { CommitmentPlan, Conflict } from './day-plan.ts';
import { type DayTask, NO_LOOP_HISTORY, type PlanningDay, planningDay } from './day-task.ts';
import { planRest } from './plan-rest.ts';
import type { Program } from './program.ts';
import { promisedPlays } from './promised-plays.ts';
import { type DayTotal, playsOfShare } from './share-plays.ts';

/** Dates that fail alike. Instants of `conflicts` are those of the first date; `shortfalls` are the accounts that come short. */
export type FailingDay = { dates: LocalDate[]; conflicts: Conflict[]; shortfalls: CommitmentPlan[] };

/**
 * What a check found. `bookedShare` is the largest share of a day's open time that promised plays take (above 1: more than there is), on the dates
 * `busiestDates`.
 */
export type ProgramCheck = { feasible: boolean; failing: FailingDay[]; bookedShare: number; busiestDates: LocalDate[] };

/**
 * Plans every day of `from` to `to` (both included) from opening. Days on which the same commitments run in the same hours are planned
 * once, so that a range of months costs little more than a week.
 */
export function checkProgram(program: Program, from: LocalDate, to: LocalDate): ProgramCheck {
  const kinds = new Map<string, { day: PlanningDay; dates: LocalDate[] }>();
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const day = planningDay(program, date, Number.NEGATIVE_INFINITY, NO_HISTORY, NO_LOOP_HISTORY);
    const key = kindOfDay(day);
    const known = kinds.get(key);
    if (known) known.dates.push(date);
    else kinds.set(key, { day, dates: [date] });
  }
  const check: ProgramCheck = { feasible: true, failing: [], bookedShare: 0, busiestDates: [] };
  for (const { day, dates } of kinds.values()) {
    const plan = planRest(program, day, []);
    const shownMs = plan.slots.reduce((sum, slot) => sum + slot.durationMs, 0);
    const share = bookedShare(day, { plays: plan.slots.length, shownMs });
    if (share > check.bookedShare) Object.assign(check, { bookedShare: share, busiestDates: dates });
    if (plan.feasible) continue;
    check.feasible = false;
    const shortfalls = plan.commitments.filter((account) => account.shortBy > 0);
    check.failing.push({ dates, conflicts: plan.conflicts, shortfalls });
  }
  return check;
}

const NO_HISTORY = (): { playsByItem: number[]; starts: number[] } => ({ playsByItem: [], starts: [] });

/**
 * The share of open time that the promised plays of `day` take, among them those that shares need of its `total` plays; 0 on a closed
 * day, whose promises show as conflicts.
 */
export function bookedShare(day: PlanningDay, total: DayTotal): number {
  const playsOf = (task: DayTask): number => Math.max(promisedPlays(task), playsOfShare(task, total));
  const exactMs = day.exactPlays.reduce((sum, play) => sum + play.endMs - play.startMs, 0);
  const workMs = day.tasks.reduce((sum, task) => sum + playsOf(task) * task.meanDurationMs, exactMs);
  const openMs = totalMs(day.open);
  return openMs === 0 ? 0 : workMs / openMs;
}

/**
 * Equal for days that plan alike: the weekday, and every span and exact play as distances from the opening, so that a day of 23 hours
 * stands apart, and the loop items that are shown.
 */
function kindOfDay(day: PlanningDay): string {
  const originMs = day.open[0]?.startMs ?? 0;
  const spans = (list: PlanningDay['open']): string =>
    list.map((s) => `${s.startMs - originMs}-${s.endMs - originMs}`).join();
  const tasks = day.tasks.map((task) => `${JSON.stringify(task.id)}:${spans(task.windows)}`).join(';');
  const exact = `${spans(day.exactPlays)};${spans(day.missedExact)}`;
  const loop = day.loop.map(({ position, windows }) => (windows ? `${position}@${spans(windows)}` : position)).join();
  return `${weekdayOf(day.date)}|${spans(day.open)}|${tasks}|${exact}|${loop}`;
}
