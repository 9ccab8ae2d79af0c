/** Whether a program can be kept on one date planned from opening, and how full that makes the day. */
import type { LocalDate } from '../time/zone-time.ts';
import { bookedShare } from './check-program.ts';
import type { CommitmentPlan, Conflict } from './day-plan.ts';
import { NO_LOOP_HISTORY, planningDay } from './day-task.ts';
import { planRest } from './plan-rest.ts';
import type { Program } from './program.ts';

/** What a date comes to: what does not fit (none: all is kept), the share of open time promised, and what every commitment gets. */
export type DayCheck = {
  readonly conflicts: readonly Conflict[];
  readonly load: number;
  readonly accounts: readonly CommitmentPlan[];
};

/** Plans `date` of `program` from opening. */
export function checkDay(program: Program, date: LocalDate): DayCheck {
  const day = planningDay(program, date, Number.NEGATIVE_INFINITY, NO_HISTORY, NO_LOOP_HISTORY);
  const { slots, conflicts, commitments } = planRest(program, day, []);
  const shownMs = slots.reduce((sum, slot) => sum + slot.durationMs, 0);
  return { conflicts, load: bookedShare(day, { plays: slots.length, shownMs }), accounts: commitments };
}

const NO_HISTORY = (): { playsByItem: number[]; starts: number[] } => ({ playsByItem: [], starts: [] });
