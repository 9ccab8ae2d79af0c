/** The player's plan: of today and, where today has no more slots, of tomorrow. */
import type { DayPlan, PlayedSlot } from '../../domain/plan/day-plan.ts';
import { replanDay } from '../../domain/plan/replan-day.ts';
import { slotOfTwoDays } from '../../domain/playback/timeline.ts';
import { usableProgram } from '../../domain/playback/usable-program.ts';
import { openIntervals, serviceDate } from '../../domain/time/opening-hours.ts';
import { addDays, type LocalDate } from '../../domain/time/zone-time.ts';
import { type ActiveProgram, type Cue, cueOf } from './cue.ts';

/** What a plan is made from besides the program. */
export type PlanInput = {
  date: LocalDate;
  /** Planned from here on, epoch milliseconds. */
  fromMs: number;
  /** Showings of a date so far, those already committed included. */
  playedOn: (date: LocalDate) => readonly PlayedSlot[];
  isUsable: (item: string) => boolean;
};

/** Holds the plan in force. */
export type Planner = {
  plan(active: ActiveProgram, input: PlanInput): void;
  /** The plan of today and the program it was made under, or null. */
  today(): { active: ActiveProgram; plan: DayPlan } | null;
  /** The first cue at or after `fromMs`, or null. */
  nextFrom(fromMs: number): Cue | null;
  /** No plan any more. */
  clear(): void;
};

/** A planner without a plan. */
export function createPlanner(): Planner {
  let made: { active: ActiveProgram; today: DayPlan; tomorrow: () => DayPlan } | null = null;
  return {
    plan(active, { date, fromMs, playedOn, isUsable }) {
      const usable = usableProgram(active.program, isUsable);
      const planOf = (day: LocalDate): DayPlan => replanDay(usable, day, playedOn(day), fromMs);
      let tomorrow: DayPlan | null = null;
      made = {
        active,
        today: planOf(date),
        tomorrow: () => {
          tomorrow ??= planOf(addDays(date, 1));
          return tomorrow;
        },
      };
    },
    today: () => made && { active: made.active, plan: made.today },
    nextFrom(fromMs) {
      const dated = made && slotOfTwoDays(made.today, made.tomorrow, fromMs);
      return made && dated ? cueOf(dated, made.active) : null;
    },
    clear: () => {
      made = null;
    },
  };
}

/** The date of service of a program at an instant. */
export const dateAt = ({ program }: ActiveProgram, nowMs: number): LocalDate =>
  serviceDate(program.openingHours, program.timeZone, nowMs);

/** Whether the screen is to be on at `nowMs`. */
export function isOpenAt({ program }: ActiveProgram, date: LocalDate, nowMs: number): boolean {
  return openIntervals(program.openingHours, date, program.timeZone).some((i) => i.startMs <= nowMs && nowMs < i.endMs);
}
