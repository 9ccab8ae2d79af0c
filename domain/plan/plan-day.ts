/** The plan of a day from counts alone. */
import type { LocalDate } from '../time/zone-time.ts';
import type { DayPlan } from './day-plan.ts';
import { NO_LOOP_HISTORY, planningDay, type TaskHistory } from './day-task.ts';
import { sharedOut } from './item-rotation.ts';
import { planRest } from './plan-rest.ts';
import type { Program, ProgramCommitment } from './program.ts';

/** Counted plays of the day so far by commitment id; a commitment left out has none. */
export type Tally = Readonly<Record<string, number>>;

/**
 * Plans `program` on the date of service `date` from `nowMs` (epoch milliseconds; before opening: the whole day) to closing. Pure: equal
 * input gives an equal plan on every machine. What `validateProgram` rejects may throw a RangeError here.
 */
export function planDay(program: Program, date: LocalDate, tally: Tally, nowMs: number): DayPlan {
  const historyOf = ({ id, items }: ProgramCommitment): TaskHistory => ({
    playsByItem: sharedOut(items, Object.hasOwn(tally, id) ? (tally[id] ?? 0) : 0),
    starts: [],
  });
  const day = planningDay(program, date, nowMs, historyOf, NO_LOOP_HISTORY);
  return planRest(program, day, []);
}
