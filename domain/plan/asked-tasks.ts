/** The tasks of a day of which plays are asked. */
import type { DayTask, PlanningDay } from './day-task.ts';

/** Each task with a count above zero, and that count; `counts` has one for every task of `day`. */
export function askedTasks(day: PlanningDay, counts: readonly number[]): (readonly [DayTask, number])[] {
  return day.tasks.flatMap((task, i) => {
    const count = counts[i] ?? 0;
    return count === 0 ? [] : [[task, count] as const];
  });
}
