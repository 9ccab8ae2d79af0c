/** A catalogue as the booking check looks at it: the kinds of its screens, their programs, and what every date of them comes to. */
import type { Screen } from '../catalogue/organisation.ts';
import type { LocalDate } from '../time/zone-time.ts';
import { buildProgram, type ProgramSources, programCommitmentId } from './build-program.ts';
import { checkDay, checkFittingDay, type DayCheck } from './check-day.ts';
import { type CalendarDay, type DayKeys, dayKeys } from './day-keys.ts';
import type { Conflict } from './day-plan.ts';
import { NO_LOOP_HISTORY, planningDay } from './day-task.ts';
import { type FittingSets, fittingSets } from './fitting-sets.ts';
import type { Program, ProgramCommitment } from './program.ts';
import type { ScreenKind } from './screen-kinds.ts';
import { largestPart } from './share-out.ts';
import { targetRoom } from './target-room.ts';
import { isSharedOut, withParts } from './with-parts.ts';

/** What is known of days already, for all sides of one check. */
export type BookingMemo = {
  readonly keys: DayKeys;
  readonly checks: Map<string, DayCheck>;
  readonly fitting: FittingSets;
  readonly rooms: Map<string, number>;
};

/** A catalogue with the date of service of every screen. */
export type BookingState = ProgramSources & { readonly screens: ReadonlyMap<string, Screen> };

/** A count for all target screens together that these have no room for: `conflict` names by how much. */
export type TargetConflict = { readonly conflict: Conflict; readonly screens: readonly string[] };

/** What the check asks of a catalogue. Programs have no parts of counts shared out; `keyOf` and `check` go by the parts of the date. */
export type BookingSide = {
  readonly kinds: readonly ScreenKind[];
  readonly hasShared: boolean;
  program(kind: ScreenKind): Program;
  /** Equal keys, of whatever sides of one check, plan alike. */
  keyOf(kind: ScreenKind, day: CalendarDay): string;
  check(kind: ScreenKind, day: CalendarDay): DayCheck;
  /** The counts shared out that the screens open on `day` cannot carry together. */
  targetConflicts(day: CalendarDay): readonly TargetConflict[];
};

/** Nothing known yet. */
export const bookingMemo = (): BookingMemo => ({
  keys: dayKeys(),
  checks: new Map(),
  fitting: fittingSets(),
  rooms: new Map(),
});

type Parts = ReadonlyMap<string, number>;
type SharedDay = { parts: ReadonlyMap<ScreenKind, Parts>; conflicts: readonly TargetConflict[] };

const NO_PARTS: Parts = new Map();
const NOTHING_SHARED: SharedDay = { parts: new Map(), conflicts: [] };
/** A booking plans only: no bytes are addressed, so that nothing has to be hashed. */
const NO_HASH = (): Uint8Array => new Uint8Array(32);

/** Looks at `state` by `kinds` (of screens with players, from {@link screenKinds}). */
export function bookingSide(state: ProgramSources, kinds: readonly ScreenKind[], memo: BookingMemo): BookingSide {
  const programs = new Map<ScreenKind, Program>();
  const sharedDays = new Map<LocalDate, SharedDay>();

  function program(kind: ScreenKind): Program {
    const known = programs.get(kind);
    if (known) return known;
    const campaigns = kind.campaigns.flatMap((id) => state.campaigns.get(id) ?? []);
    // The room of withdrawn content stays booked, so that restoring it breaks nothing.
    const made = withParts(buildProgram(kind.sample, campaigns, state, kind.date, NO_HASH, 'kept'), NO_PARTS);
    programs.set(kind, made);
    return made;
  }

  const counts = sharedCounts(state, kinds);
  const screenLists = new Map<string, readonly string[]>();

  /** One and the same list for equal members, so that findings on them are told together. */
  function screensOf(members: readonly ScreenKind[]): readonly string[] {
    const key = members.map((kind) => kinds.indexOf(kind)).join();
    const list = screenLists.get(key) ?? members.flatMap(({ screens }) => screens.map(({ id }) => id));
    screenLists.set(key, list);
    return list;
  }

  function sharedOn(day: CalendarDay): SharedDay {
    if (counts.size === 0) return NOTHING_SHARED;
    const known = sharedDays.get(day.date);
    if (known) return known;
    const made = shareOutDay(kinds, counts, program, day, memo, screensOf);
    sharedDays.set(day.date, made);
    return made;
  }

  const partsOn = (kind: ScreenKind, day: CalendarDay): Parts => sharedOn(day).parts.get(kind) ?? NO_PARTS;
  const keyOf = (kind: ScreenKind, day: CalendarDay): string =>
    `${memo.keys.keyOf(program(kind), day)}${partsText(partsOn(kind, day))}`;

  return {
    kinds,
    hasShared: counts.size > 0,
    program,
    keyOf,
    check(kind, day) {
      const key = keyOf(kind, day);
      const known = memo.checks.get(key);
      if (known) return known;
      const parts = partsOn(kind, day);
      const own = withParts(program(kind), parts);
      // A part is written beside the numbers of commitments, so that only days without any are compared.
      const isWithin = parts.size === 0 && memo.fitting.isWithin(key);
      const made = (isWithin ? checkFittingDay(own, day.date) : null) ?? checkDay(own, day.date);
      if (made.conflicts.length === 0 && parts.size === 0 && !isWithin) memo.fitting.add(key);
      memo.checks.set(key, made);
      return made;
    },
    targetConflicts: (day) => sharedOn(day).conflicts,
  };
}

const partsText = (parts: Parts): string => [...parts].map(([id, part]) => `|${id}=${part}`).join('');

/** The counts promised for all target screens together, by id of the commitment in programs. */
function sharedCounts(state: ProgramSources, kinds: readonly ScreenKind[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of new Set(kinds.flatMap((kind) => kind.campaigns))) {
    const campaign = state.campaigns.get(id);
    for (const commitment of campaign?.commitments ?? []) {
      if (!isSharedOut(commitment)) continue;
      for (const flight of campaign?.flights ?? [])
        counts.set(programCommitmentId(id, commitment.id, flight.id), commitment.minPlays);
    }
  }
  return counts;
}

/** Shares the counts of `day` out, the most important first; of a kind all screens are taken to get as many as the one that gets most. */
function shareOutDay(
  kinds: readonly ScreenKind[],
  counts: ReadonlyMap<string, number>,
  program: (kind: ScreenKind) => Program,
  day: CalendarDay,
  memo: BookingMemo,
  screensOf: (members: readonly ScreenKind[]) => readonly string[],
): SharedDay {
  const parts = new Map<ScreenKind, Map<string, number>>();
  const conflicts: TargetConflict[] = [];
  for (const { commitment, members } of activeShared(kinds, program, day)) {
    const rooms = members.map((kind) => roomOf(program(kind), parts.get(kind) ?? NO_PARTS, commitment.id, day, memo));
    const total = members.reduce((sum, kind, k) => sum + kind.screens.length * (rooms[k] ?? 0), 0);
    const count = counts.get(commitment.id) ?? 0;
    members.forEach((kind, k) => {
      const ofKind = parts.get(kind) ?? new Map<string, number>();
      parts.set(kind, ofKind.set(commitment.id, largestPart(count, rooms[k] ?? 0, total)));
    });
    if (count > total) {
      const conflict = targetConflict(commitment, members, program, day, { count, total });
      conflicts.push({ conflict, screens: screensOf(members) });
    }
  }
  return { parts, conflicts };
}

/** The shared counts that run on `day`, highest priority first, then by id, each with the kinds of screens that it means. */
function activeShared(
  kinds: readonly ScreenKind[],
  program: (kind: ScreenKind) => Program,
  { date, weekday }: CalendarDay,
): { commitment: ProgramCommitment; members: ScreenKind[] }[] {
  const found = new Map<string, { commitment: ProgramCommitment; members: ScreenKind[] }>();
  for (const kind of kinds) {
    for (const commitment of program(kind).commitments) {
      const { id, from, to, weekdays } = commitment;
      if (!isSharedOut(commitment) || date < from || date > to || !weekdays.includes(weekday)) continue;
      const known = found.get(id);
      if (known) known.members.push(kind);
      else found.set(id, { commitment, members: [kind] });
    }
  }
  return [...found.values()].sort(
    ({ commitment: a }, { commitment: b }) => b.priority - a.priority || (a.id < b.id ? -1 : 1),
  );
}

function roomOf(program: Program, parts: Parts, id: string, day: CalendarDay, memo: BookingMemo): number {
  const key = `${memo.keys.keyOf(program, day)}${partsText(parts)}?${id}`;
  const known = memo.rooms.get(key);
  if (known !== undefined) return known;
  const planned = planningDay(
    withParts(program, parts),
    day.date,
    Number.NEGATIVE_INFINITY,
    NO_HISTORY,
    NO_LOOP_HISTORY,
  );
  const room = targetRoom(planned, id);
  memo.rooms.set(key, room);
  return room;
}

const NO_HISTORY = (): { playsByItem: number[]; starts: number[] } => ({ playsByItem: [], starts: [] });

/** The conflict's span is that of the first screens' windows, its rivals are what they promise besides. */
function targetConflict(
  commitment: ProgramCommitment,
  members: readonly ScreenKind[],
  program: (kind: ScreenKind) => Program,
  { date, weekday }: CalendarDay,
  { count, total }: { count: number; total: number },
): Conflict {
  const [first] = members;
  const own = first ? program(first) : null;
  const day = own && planningDay(own, date, Number.NEGATIVE_INFINITY, NO_HISTORY, NO_LOOP_HISTORY);
  const task = day?.tasks.find(({ id }) => id === commitment.id);
  const rivals = (own?.commitments ?? []).filter(
    (c) => c.id !== commitment.id && c.minPlays > 0 && c.from <= date && date <= c.to && c.weekdays.includes(weekday),
  );
  return {
    kind: total === 0 ? 'no-window' : 'overbooked',
    commitments: [commitment.id, ...rivals.map(({ id }) => id)],
    startMs: task?.windows[0]?.startMs ?? day?.nowMs ?? 0,
    endMs: task?.windows.at(-1)?.endMs ?? day?.nowMs ?? 0,
    overflowMs: Math.round((count - total) * (task?.meanDurationMs ?? 0)),
    fits: total,
  };
}
