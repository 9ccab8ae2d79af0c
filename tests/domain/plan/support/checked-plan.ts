/** Plans of one long day that the independent checker has found right, and what the tests of planning ask of them. */
import { expect } from 'vitest';
import type { DayPlan } from '../../../../domain/plan/day-plan.ts';
import { planDay } from '../../../../domain/plan/plan-day.ts';
import type { Program, ProgramCommitment } from '../../../../domain/plan/program.ts';
import { planFaults } from '../../../helpers/plan-checker.ts';

/** The date that is planned unless said otherwise. */
export const DATE = '2026-07-01';
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** A time of that date in Shanghai, as `08:00`. */
export const at = (time: string): number => Date.parse(`${DATE}T${time}:00+08:00`);

/** Plans, and has the independent checker look at every plan made here. */
export function checkedPlan(program: Program, tally: Record<string, number> = {}, nowMs = 0, date = DATE): DayPlan {
  const made = planDay(program, date, tally, nowMs);
  expect(planFaults(made, { program, date, nowMs, tally })).toEqual([]);
  return made;
}

/** When the plays of a commitment start. */
export const startsOf = (made: DayPlan, id: string): number[] =>
  made.slots.filter((slot) => slot.commitment === id).map((slot) => slot.startMs);

/** The items of a commitment to one film. */
export const film = (seconds: number): ProgramCommitment['items'] => [
  { item: 'film', durationMs: seconds * 1000, weight: 1 },
];
