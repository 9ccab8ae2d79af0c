/** Whether a change of the catalogue leaves every promise of every live flight on every screen to be kept. */
import type { Screen } from '../catalogue/organisation.ts';
import type { LocalDate } from '../time/zone-time.ts';
import { type BookingProblem, type BookingWarning, gatherFindings } from './booking-findings.ts';
import { type BookingMemo, type BookingSide, type BookingState, bookingMemo, bookingSide } from './booking-side.ts';
import type { CalendarDay } from './day-keys.ts';
import type { Conflict } from './day-plan.ts';
import { type FittingCount, fittingCounts } from './fitting-counts.ts';
import { LOAD_WARNING } from './load-warning.ts';
import type { Program, ProgramCommitment } from './program.ts';
import { type ScreenKind, screenKinds } from './screen-kinds.ts';
import { type ProgramFault, validateProgram } from './validate-program.ts';

/** A change: the catalogue before and after it. `dateOf`: the date of service now. `booked`: the campaign whose counts that fit are sought. */
export type BookingChange = {
  readonly before: BookingState;
  readonly after: BookingState;
  readonly dateOf: (screen: Screen) => LocalDate;
  readonly booked: string | null;
};

/**
 * What a change makes worse: `problems`, with all promises kept before not kept after it; `warnings`, days that fit and are fuller than
 * {@link LOAD_WARNING}; `load`, the fullest day that changes; `counts`, what would fit of the campaign that is booked. `faults`: programs
 * that mean nothing, and are not checked.
 */
export type BookingCheck = {
  readonly load: number;
  readonly problems: readonly BookingProblem[];
  readonly warnings: readonly BookingWarning[];
  readonly counts: readonly FittingCount[];
  readonly faults: readonly { readonly screen: string; readonly faults: readonly ProgramFault[] }[];
};

/** Screens that were alike and are alike still; `before` is undefined for those that come new. */
type Pair = { readonly before: ScreenKind | undefined; readonly after: ScreenKind; readonly screens: string[] };

/**
 * Compares every day from now on of every screen with a player, before and after. Days whose inputs stay as they were are not looked at;
 * equal days, of whatever screens, are planned once. What did not fit before and is no worse is not a problem of the change.
 */
export function checkBooking({ before, after, dateOf, booked }: BookingChange): BookingCheck {
  const memo = bookingMemo();
  const old = bookingSide(before, kindsOf(before, dateOf), memo);
  const now = bookingSide(after, kindsOf(after, dateOf), memo);
  const faults: { screen: string; faults: ProgramFault[] }[] = [];
  const findings = gatherFindings();
  for (const pair of pairsOf(old.kinds, now.kinds)) {
    const span = changedSpan(old, now, pair);
    if (!span) continue;
    const found = validateProgram(now.program(pair.after));
    if (found.length > 0) faults.push({ screen: pair.after.sample.id, faults: found });
    else comparePair(old, now, pair, memo.keys.days(span.from, span.to), findings);
  }
  if (now.hasShared && faults.length === 0) compareTargets(old, now, memo, findings);
  const { load, problems, warnings, failing } = findings.result();
  const counts =
    booked === null || problems.length === 0 ? [] : fittingCounts({ state: after, side: now, memo, booked, failing });
  return { load, problems, warnings, counts, faults };
}

const kindsOf = (state: BookingState, dateOf: (screen: Screen) => LocalDate): ScreenKind[] =>
  screenKinds(
    [...state.screens.values()].filter(({ kind }) => kind === 'player'),
    state,
    dateOf,
  );

function pairsOf(before: readonly ScreenKind[], after: readonly ScreenKind[]): Pair[] {
  const kindBefore = new Map(before.flatMap((kind) => kind.screens.map(({ id }) => [id, kind] as const)));
  const pairs: Pair[] = [];
  for (const kind of after) {
    const ofKind = new Map<ScreenKind | undefined, Pair>();
    for (const { id } of kind.screens) {
      const was = kindBefore.get(id);
      const pair = ofKind.get(was) ?? { before: was, after: kind, screens: [] };
      pair.screens.push(id);
      ofKind.set(was, pair);
    }
    pairs.push(...ofKind.values());
  }
  return pairs;
}

/** The dates on which the days of a pair may differ; null: none. */
function changedSpan(old: BookingSide, now: BookingSide, pair: Pair): { from: LocalDate; to: LocalDate } | null {
  const after = now.program(pair.after);
  const before = pair.before && old.program(pair.before);
  const isSameGround = before !== undefined && groundOf(before) === groundOf(after);
  const changed = isSameGround && !now.hasShared && !old.hasShared ? differing(before, after) : after.commitments;
  const from = changed.reduce((first, c) => (c.from < first ? c.from : first), '9999-12-31');
  const to = changed.reduce((last, c) => (c.to > last ? c.to : last), '');
  const start = from < pair.after.date ? pair.after.date : from;
  return start <= to ? { from: start, to } : null;
}

/** Everything of a program but its promises and the look of its items. */
const groundOf = ({ timeZone, openingHours, loop }: Program): string => JSON.stringify([timeZone, openingHours, loop]);

/** The commitments that only one of the programs has in this form. */
function differing(before: Program, after: Program): ProgramCommitment[] {
  const was = new Map(before.commitments.map((c) => [JSON.stringify(c), c]));
  const added = after.commitments.filter((c) => !was.delete(JSON.stringify(c)));
  return [...added, ...was.values()];
}

type Findings = ReturnType<typeof gatherFindings>;

function comparePair(
  old: BookingSide,
  now: BookingSide,
  { before, after, screens }: Pair,
  days: readonly CalendarDay[],
  findings: Findings,
): void {
  const changed = days.flatMap((day) => {
    const key = now.keyOf(after, day);
    return before && old.keyOf(before, day) === key ? [] : [{ day, key }];
  });
  // The fullest days first: where they fit, all that ask for less are known to fit.
  const sized = changed.map(({ day, key }) => ({ day, size: commitmentsIn(key) }));
  for (const { day } of sized.sort((a, b) => b.size - a.size)) now.check(after, day);
  for (const { day, key } of changed) {
    const check = now.check(after, day);
    if (check.conflicts.length === 0) {
      findings.fits(screens, day.date, check.load, LOAD_WARNING);
      continue;
    }
    const known = before ? old.check(before, day).conflicts : [];
    const worse = check.conflicts.filter((conflict) => isWorse(conflict, known));
    findings.fails(screens, day, check.load, worse, { key, kind: after });
  }
}

const commitmentsIn = (key: string): number => key.split(',').length;

/** The dates of all shared counts, each looked at once for all screens together. */
function compareTargets(old: BookingSide, now: BookingSide, memo: BookingMemo, findings: Findings): void {
  const dates = new Set<LocalDate>();
  for (const kind of now.kinds) {
    for (const { scope, from, to } of now.program(kind).commitments) {
      if (scope !== 'target') continue;
      for (const { date } of memo.keys.days(from < kind.date ? kind.date : from, to)) dates.add(date);
    }
  }
  for (const date of [...dates].sort()) {
    const [day] = memo.keys.days(date, date);
    if (!day) continue;
    const conflicts = now.targetConflicts(day);
    if (conflicts.length === 0) continue;
    const known = old.targetConflicts(day).map(({ conflict }) => conflict);
    for (const { conflict, screens } of conflicts) {
      if (isWorse(conflict, known)) findings.fails(screens, day, 0, [conflict], null);
    }
  }
}

/** Whether `conflict` is new, or by more than before. */
function isWorse(conflict: Conflict, before: readonly Conflict[]): boolean {
  const was = before.find(
    ({ kind, commitments }) => kind === conflict.kind && commitments[0] === conflict.commitments[0],
  );
  return was === undefined || conflict.overflowMs > was.overflowMs || conflict.fits < was.fits;
}
