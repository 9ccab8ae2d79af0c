/** When an item of a loop is shown: whether it is bound at all, what is wrong with it, and how it stands today. */
import type { LoopPlacement } from '../../../../domain/catalogue/content.ts';
import type { Weekday } from '../../../../domain/time/weekday.ts';
import { WEEKDAYS } from '../../../../domain/time/weekday.ts';
import { type LocalDate, weekdayOf } from '../../../../domain/time/zone-time.ts';
import { loopPlacementSchema } from '../../../../protocol/catalogue.ts';
import { faultsOf } from '../../../../protocol/errors.ts';
import { type FieldFault, fieldFault } from '../campaigns/field-fault.ts';

/** What binds an item of a loop. */
export type ItemTimes = Pick<LoopPlacement, 'from' | 'to' | 'weekdays' | 'dayParts' | 'separation'>;

/** Nothing binds it. */
export const ALWAYS: ItemTimes = { from: null, to: null, weekdays: [], dayParts: [], separation: null };

/** Just what binds a placement. */
export function timesOf({ from, to, weekdays, dayParts, separation }: ItemTimes): ItemTimes {
  return { from, to, weekdays, dayParts, separation };
}

/** Whether an item is left out of rounds on some dates or at some hours. */
export function isLimited({ from, to, weekdays, dayParts }: ItemTimes): boolean {
  const isSomeDays = weekdays.length > 0 && weekdays.length < WEEKDAYS.length;
  return from !== null || to !== null || isSomeDays || dayParts.length > 0;
}

/** Where the dates of an item stand on `today`; null while they do not keep it back. */
export function standing({ from, to }: ItemTimes, today: LocalDate): 'ahead' | 'past' | null {
  if (to !== null && to < today) return 'past';
  return from !== null && from > today ? 'ahead' : null;
}

/** Whether an item is shown at all on `date`; on some of its hours only where it has day parts. */
export function isShownOn(times: ItemTimes, date: LocalDate): boolean {
  const { weekdays } = times;
  return standing(times, date) === null && (weekdays.length === 0 || weekdays.includes(weekdayOf(date)));
}

/** What of an item's times the schema refuses, by field. */
export function timesFaults(times: ItemTimes): FieldFault[] {
  const input = { item: 'item', durationMs: null, ...timesOf(times) };
  const parsed = loopPlacementSchema.safeParse(input);
  return parsed.success ? [] : faultsOf(parsed.error, input).map(fieldFault);
}

/** Weekdays as runs of days that follow each other, in the order of the week: three or more are said as a span. */
export function weekdayRuns(days: readonly Weekday[]): Weekday[][] {
  const runs: Weekday[][] = [];
  let last = Number.NaN;
  for (const [at, day] of WEEKDAYS.entries()) {
    if (!days.includes(day)) continue;
    if (at === last + 1) runs.at(-1)?.push(day);
    else runs.push([day]);
    last = at;
  }
  return runs;
}
