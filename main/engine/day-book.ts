/** What has been shown by date of service: the recorded plays, and those that could not be recorded. */
import type { PlayedSlot } from '../../domain/plan/day-plan.ts';
import { loopOf, playedSlot, tallyOf } from '../../domain/playback/day-totals.ts';
import type { PlayRecord, ProofRecord } from '../../domain/proof/record.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import { dateOfRecord } from '../journal/history.ts';

/** Days other than this many latest are forgotten. */
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
  /** Dates with plays that no record has closed, oldest first. */
  unclosedBefore(date: LocalDate): LocalDate[];
  /** Starts (UTC ms) of what kept the agent from showing or recording: its own starts and gaps. */
  disturbancesMs(): readonly number[];
};

type Day = { plays: PlayRecord[]; played: PlayedSlot[]; isClosed: boolean };

/** An empty book. */
export function createDayBook(): DayBook {
  const days = new Map<LocalDate, Day>();
  const disturbances: number[] = [];

  function dayOf(date: LocalDate): Day {
    const known = days.get(date);
    if (known) return known;
    const made: Day = { plays: [], played: [], isClosed: false };
    days.set(date, made);
    const stale = [...days.keys()].sort().slice(0, -MOST_DAYS);
    for (const old of stale) days.delete(old);
    return made;
  }

  return {
    note(record) {
      const date = dateOfRecord(record);
      if (record.kind === 'play' && date !== null) {
        const day = dayOf(date);
        day.plays.push(record);
        day.played.push(playedSlot(record));
      } else if (record.kind === 'dayclose') {
        dayOf(record.evidence.date).isClosed = true;
      } else if (record.kind === 'boot' || record.kind === 'gap') {
        disturbances.push(record.t0);
        if (disturbances.length > 100) disturbances.shift();
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
    unclosedBefore: (date) =>
      [...days]
        .filter(([d, day]) => d < date && !day.isClosed && day.plays.length > 0)
        .map(([d]) => d)
        .sort(),
    disturbancesMs: () => disturbances,
  };
}
