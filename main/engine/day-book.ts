/** What has been shown by date of service: the recorded plays, and those that could not be recorded. */
import type { PlayedSlot } from '../../domain/plan/day-plan.ts';
import { loopOf, playedSlot, tallyOf } from '../../domain/playback/day-totals.ts';
import type { PlayRecord, ProofRecord } from '../../domain/proof/record.ts';
import { type Interval, intersectIntervals, mergeIntervals, totalMs } from '../../domain/time/interval.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import { dateOfRecord } from '../journal/history.ts';
import { createPlausibleTime } from './plausible-time.ts';

/** Days other than the last this many that something was shown on are forgotten, in the order of the journal. */
const MOST_DAYS = 4;

/** The book. Only recorded plays are counted. */
export type DayBook = {
  /** Takes a record that is on the disk. */
  note(record: ProofRecord): void;
  /** Takes a showing whose record could not be written: it was seen, but nothing is claimed. */
  noteUnrecorded(date: LocalDate, slot: PlayedSlot): void;
  /** All showings of a date, for the planner. */
  playedOn(date: LocalDate): PlayedSlot[];
  recordsOn(date: LocalDate): readonly PlayRecord[];
  tallyOn(date: LocalDate): Record<string, number>;
  /** Counted plays of the loop on a date, and the time they took. */
  loopOn(date: LocalDate): { plays: number; shownMs: number };
  isClosed(date: LocalDate): boolean;
  /** Whether it can be `atMs` now, by what the journal says. */
  isPlausible(atMs: number): boolean;
  /** Dates with plays that no record has closed, oldest first; not those that a clock far off made up. */
  unclosedBefore(date: LocalDate): LocalDate[];
  /** Starts (UTC ms) of what kept the agent from showing or recording: its own starts and gaps. */
  disturbancesMs(): readonly number[];
  /** An emergency message stands over everything for this span, as far as its end is known; null: none does. */
  takesOver(span: Interval | null): void;
  /** How much of `open` emergency messages stood or are to stand, milliseconds. */
  takenOverMs(open: readonly Interval[]): number;
};

type Day = { plays: PlayRecord[]; played: PlayedSlot[]; isClosed: boolean; isPlausible: boolean };

/** An empty book. */
export function createDayBook(): DayBook {
  /** The day noted last stands last. */
  const days = new Map<LocalDate, Day>();
  const time = createPlausibleTime();
  const disturbances: number[] = [];
  const takenOver: Interval[] = [];
  let takesOver: Interval | null = null;

  function dayOf(date: LocalDate): Day {
    const day = days.get(date) ?? { plays: [], played: [], isClosed: false, isPlausible: false };
    if ([...days.keys()].at(-1) === date) return day;
    days.delete(date);
    days.set(date, day);
    const stale = [...days.keys()].slice(0, -MOST_DAYS);
    for (const old of stale) days.delete(old);
    return day;
  }

  return {
    note(record) {
      const isPlausible = time.note(record);
      const date = dateOfRecord(record);
      if (record.kind === 'play' && date !== null) {
        const day = dayOf(date);
        day.plays.push(record);
        day.played.push(playedSlot(record));
        // A slot planned before the clock was set is shown after it, and still belongs to no day.
        day.isPlausible ||= isPlausible && time.isPlausible(slotStartMs(record.slot));
      } else if (record.kind === 'dayclose') {
        dayOf(record.evidence.date).isClosed = true;
      } else if (record.kind === 'boot' || record.kind === 'gap') {
        disturbances.push(record.t0);
        if (disturbances.length > 100) disturbances.shift();
      } else if (record.kind === 'mode' && record.reason === 'taken-over') {
        takenOver.push({ startMs: record.t0, endMs: record.t1 });
        if (takenOver.length > 100) takenOver.shift();
      }
    },
    noteUnrecorded: (date, slot) => {
      dayOf(date).played.push({ ...slot, counted: false });
    },
    playedOn: (date) => days.get(date)?.played ?? [],
    recordsOn: (date) => days.get(date)?.plays ?? [],
    tallyOn: (date) => tallyOf(days.get(date)?.played ?? []),
    loopOn: (date) => loopOf(days.get(date)?.plays ?? []),
    isClosed: (date) => days.get(date)?.isClosed ?? false,
    isPlausible: time.isPlausible,
    unclosedBefore: (date) =>
      [...days]
        .filter(([d, day]) => d < date && !day.isClosed && day.isPlausible && day.plays.length > 0)
        .map(([d]) => d)
        .sort(),
    disturbancesMs: () => disturbances,
    takesOver: (span) => {
      takesOver = span;
    },
    takenOverMs: (open) =>
      totalMs(intersectIntervals(mergeIntervals(takesOver ? [...takenOver, takesOver] : takenOver), open)),
  };
}

const slotStartMs = (slot: string): number => Number(slot.slice(slot.indexOf('/') + 1));
