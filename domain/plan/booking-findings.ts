/** Gathers what a booking check finds, so that every cause is told once, with all its screens and dates. */
import type { LocalDate } from '../time/zone-time.ts';
import type { CalendarDay } from './day-keys.ts';
import type { Conflict } from './day-plan.ts';
import type { ScreenKind } from './screen-kinds.ts';

/** Promises that cannot be kept on these screens and dates; instants of `conflicts` are those of the first date on the first screen. */
export type BookingProblem = {
  readonly screens: readonly string[];
  readonly dates: readonly LocalDate[];
  readonly conflicts: readonly Conflict[];
};

/** Dates that fit and are tight: `load` is the largest share of open time promised on any of them. */
export type BookingWarning = {
  readonly screens: readonly string[];
  readonly dates: readonly LocalDate[];
  readonly load: number;
};

/** A day that failed, one of all that plan alike. */
export type FailingDay = { readonly kind: ScreenKind; readonly day: CalendarDay; readonly load: number };

/** What was gathered. */
export type Findings = {
  load: number;
  problems: BookingProblem[];
  warnings: BookingWarning[];
  failing: FailingDay[];
};

/** The gatherer. */
export type FindingsGatherer = {
  /** A day that all promises of which are kept; warned of past `warnAbove`. */
  fits(screens: readonly string[], date: LocalDate, load: number, warnAbove: number): void;
  /** A day with conflicts; `plan` names the day's plan, null where no single screen's day fails. */
  fails(
    screens: readonly string[],
    day: CalendarDay,
    load: number,
    conflicts: readonly Conflict[],
    plan: { key: string; kind: ScreenKind } | null,
  ): void;
  result(): Findings;
};

type Group<T> = { screens: readonly string[]; dates: LocalDate[]; value: T };

/** Makes a gatherer; the same list of screens is to be given for every date of theirs. */
export function gatherFindings(): FindingsGatherer {
  let highest = 0;
  const failing = new Map<string, FailingDay>();
  const problems = new Map<readonly string[], Map<string, Group<readonly Conflict[]>>>();
  const warnings = new Map<readonly string[], Group<number>>();
  return {
    fits(screens, date, load, warnAbove) {
      highest = Math.max(highest, load);
      if (load <= warnAbove) return;
      const group = warnings.get(screens) ?? { screens, dates: [], value: 0 };
      group.dates.push(date);
      group.value = Math.max(group.value, load);
      warnings.set(screens, group);
    },
    fails(screens, day, load, conflicts, plan) {
      highest = Math.max(highest, load);
      if (conflicts.length === 0) return;
      if (plan && !failing.has(plan.key)) failing.set(plan.key, { kind: plan.kind, day, load });
      const ofScreens = problems.get(screens) ?? new Map<string, Group<readonly Conflict[]>>();
      const cause = causeOf(conflicts);
      const group = ofScreens.get(cause) ?? { screens, dates: [], value: conflicts };
      group.dates.push(day.date);
      problems.set(screens, ofScreens.set(cause, group));
    },
    result: () => ({
      load: highest,
      problems: joined(
        [...problems.values()].flatMap((ofScreens) => [...ofScreens.values()]),
        causeOf,
      ).map(({ screens, dates, value }) => ({ screens, dates, conflicts: value })),
      warnings: joined([...warnings.values()], (load) => load.toFixed(2)).map(({ screens, dates, value }) => ({
        screens,
        dates,
        load: value,
      })),
      failing: [...failing.values()],
    }),
  };
}

const causeOf = (conflicts: readonly Conflict[]): string =>
  JSON.stringify(conflicts.map(({ kind, commitments, overflowMs, fits }) => [kind, commitments, overflowMs, fits]));

/** Groups of the same dates and the same meaning are one, on all their screens. */
function joined<T>(groups: readonly Group<T>[], meaning: (value: T) => string): Group<T>[] {
  const byMeaning = new Map<string, Group<T>>();
  for (const group of groups) {
    const key = `${group.dates.join()}|${meaning(group.value)}`;
    const known = byMeaning.get(key);
    byMeaning.set(key, known ? { ...known, screens: [...known.screens, ...group.screens] } : group);
  }
  return [...byMeaning.values()];
}
