/** Names of days that plan alike, made without planning them: the key under which a check is remembered. */

import type { Weekday } from '../time/weekday.ts';
import { addDays, instantOfWallTime, type LocalDate, weekdayOf } from '../time/zone-time.ts';
import type { LoopItem, Program, ProgramCommitment } from './program.ts';

/** A date with what all programs ask of it. */
export type CalendarDay = { readonly date: LocalDate; readonly weekday: Weekday };

/** What the days of many programs share: small numbers for equal contents, and what is known of dates and zones. */
export type DayKeys = {
  /**
   * The key of `date` in `program`: days of equal keys, of whatever program and date, keep the same promises, up to a shift of all instants.
   * The loop gives way to every count, so that it is part of the key only where shares or separation tags look at it. After the first
   * comma stand the numbers of the commitments that run, each after a comma.
   */
  keyOf(program: Program, day: CalendarDay): string;
  /** Dates `from` to `to`, both included. */
  days(from: LocalDate, to: LocalDate): CalendarDay[];
};

/** Numbers for the parts of one program. */
type Parts = {
  /** Whether what fills the time between promised plays decides what fits: with shares of it, and with separation tags. */
  needsLoop: boolean;
  commitments: readonly { commitment: ProgramCommitment; number: number }[];
  loop: number;
  dated: readonly { item: LoopItem; place: number }[];
  hours: Map<Weekday, string>;
};

/** Makes keys; those of one maker may be compared with one another. */
export function dayKeys(): DayKeys {
  const numberOf = contentNumbers();
  const partsByProgram = new Map<Program, Parts>();
  const zoneDays = new Map<string, string>();
  const calendar = new Map<LocalDate, CalendarDay>();

  function partsOf(program: Program): Parts {
    const known = partsByProgram.get(program);
    if (known) return known;
    const made = partsOfProgram(program, numberOf);
    partsByProgram.set(program, made);
    return made;
  }

  /** Empty where clocks of the zone run through the date and the next without a change; else what tells the date apart. */
  function zoneDay(zone: string, date: LocalDate): string {
    const key = `${zone} ${date}`;
    const known = zoneDays.get(key);
    if (known !== undefined) return known;
    const lengthMs = instantOfWallTime(date, '47:59', zone) - instantOfWallTime(date, '00:00', zone);
    const made = lengthMs === 2_879 * 60_000 ? '' : key;
    zoneDays.set(key, made);
    return made;
  }

  return {
    keyOf(program, { date, weekday }) {
      const parts = partsOf(program);
      let hours = parts.hours.get(weekday);
      if (hours === undefined) {
        const spans = program.openingHours.filter((span) => span.days.includes(weekday));
        hours = spans.map(({ from, to }) => `${from}-${to}`).join(';');
        parts.hours.set(weekday, hours);
      }
      let key = `${zoneDay(program.timeZone, date)}|${hours}|`;
      if (parts.needsLoop) {
        key += parts.loop;
        for (const { item, place } of parts.dated) if (!isShown(item, date, weekday)) key += `-${place}`;
      }
      for (const { commitment: c, number } of parts.commitments) {
        if (c.from <= date && date <= c.to && c.weekdays.includes(weekday)) key += `,${number}`;
      }
      return key;
    },
    days(from, to) {
      const list: CalendarDay[] = [];
      for (let date = from; date <= to; date = addDays(date, 1)) {
        const day = calendar.get(date) ?? { date, weekday: weekdayOf(date) };
        calendar.set(date, day);
        list.push(day);
      }
      return list;
    },
  };
}

/** Gives equal contents the same number, others another. */
function contentNumbers(): (content: unknown) => number {
  const numbers = new Map<string, number>();
  return (content) => {
    const text = JSON.stringify(content);
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
}

function partsOfProgram(program: Program, numberOf: (content: unknown) => number): Parts {
  return {
    needsLoop:
      program.loop.some((item) => item.separation !== undefined) ||
      program.commitments.some((c) => c.minShare !== null || c.minAirtimeShare !== null || c.separation !== null),
    commitments: program.commitments.map((commitment) => {
      // When it runs decides whether it is of a day, not how the day is planned.
      const { from, to, weekdays, minConsecutiveDays, ...rest } = commitment;
      return { commitment, number: numberOf(rest) };
    }),
    loop: numberOf(program.loop),
    dated: program.loop.flatMap((item, place) =>
      item.from !== undefined || item.to !== undefined || item.weekdays !== undefined ? [{ item, place }] : [],
    ),
    hours: new Map(),
  };
}

const isShown = ({ from, to, weekdays }: LoopItem, date: LocalDate, weekday: Weekday): boolean =>
  (from === undefined || from <= date) &&
  (to === undefined || date <= to) &&
  (weekdays === undefined || weekdays.includes(weekday));
