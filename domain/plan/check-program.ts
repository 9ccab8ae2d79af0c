/** Whether every day of a span can be planned in full; days with equal inputs are planned once. */
import { openIntervals, withinDayParts } from '../time/opening-hours.ts';
import { addDays, type LocalDate, startOfDayMs, weekdayOf } from '../time/zone-time.ts';
import type { Conflict } from './day-plan.ts';
import { planDay } from './plan-day.ts';
import type { Program } from './program.ts';

/** Days that share the cause of not fitting. */
export type FailingDays = { dates: LocalDate[]; conflicts: Conflict[] };

/** Answer of the check. `load`: largest share of a day's open time that promised plays take. */
export type ProgramCheck = { failing: FailingDays[]; load: number };

/** Plans each distinct day of `from` to `to` from its opening. */
export function checkProgram(program: Program, from: LocalDate, to: LocalDate): ProgramCheck {
  const known = new Map<string, FailingDays | null>();
  let load = 0;
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const start = startOfDayMs(date, program.timeZone);
    const open = openIntervals(program.openingHours, date, program.timeZone);
    const active = program.commitments.filter((c) => c.from <= date && date <= c.to && c.weekdays.includes(weekdayOf(date)));
    const windows = active.map((c) => withinDayParts(open, c.dayParts, date, program.timeZone));
    const key = JSON.stringify([open, windows].flat(2).map((i) => [i.startMs - start, i.endMs - start]).concat([active.map((_, i) => i)]) ) + active.map((c) => c.id).join(' ');
    const before = known.get(key);
    if (before !== undefined) {
      before?.dates.push(date);
      continue;
    }
    const plan = planDay(program, date, {}, start);
    const openMs = open.reduce((sum, i) => sum + i.endMs - i.startMs, 0);
    const busyMs = plan.slots.filter((s) => s.reason === 'scheduled').reduce((sum, s) => sum + s.durationMs, 0);
    if (openMs > 0) load = Math.max(load, busyMs / openMs);
    known.set(key, plan.feasible ? null : { dates: [date], conflicts: plan.conflicts });
  }
  return { failing: [...known.values()].filter((d) => d !== null), load };
}
