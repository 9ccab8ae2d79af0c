/** Recount of the counters from the bodies of the stored segments (invariant I10). */
import { dateOfSlotId } from '../../domain/plan/day-plan.ts';
import type { Program } from '../../domain/plan/program.ts';
import { countsAsPlay, type PlayRecord, type ProofRecord } from '../../domain/proof/record.ts';
import { bodyLines, type SegmentHeader } from '../../domain/proof/segment.ts';
import { recordSchema, segmentHeaderSchema } from '../../protocol/proof.ts';
import { readRecordLine } from '../../protocol/read-record-line.ts';
import { DROPPED_BODY } from './body-store.ts';
import type { Ledger, ScreenDayCounters, VerifiedSegmentRow } from './ledger-store.ts';
import { addToScreenDay, emptyScreenDay, type ReadingPlace, type ScreenDay, toCounters } from './screen-day.ts';
import { createStoredPrograms } from './stored-programs.ts';

/** Dates of service lie at most this far from the UTC instants of their plays (zones of ±14 h, hours to 47:59). */
const DATE_SPREAD_MS = 3 * 86_400_000;
const DAY_MS = 86_400_000;

/** A screen-day whose counters are not what its segments say; null where one side has no such screen-day. */
export type CountDifference = {
  screen: string;
  date: string;
  kept: ScreenDayCounters | null;
  recounted: ScreenDayCounters | null;
};

/** A recount under way. */
export type Recount = {
  /** Counts what a stored segment holds; its header and records are given as they were read. */
  add(
    place: ReadingPlace,
    header: Pick<SegmentHeader, 'screen' | 'program'>,
    records: readonly ProofRecord[],
  ): Promise<void>;
  /** Notes a stored segment whose body was dropped: counts of the days around it are held against their signed ends. */
  addDropped(row: Pick<VerifiedSegmentRow, 'screen' | 'firstAtMs' | 'lastAtMs'>): void;
  /** The screen-days whose counters, of those that are kept, are not what was counted. */
  against(kept: readonly ScreenDayCounters[]): CountDifference[];
};

/** Begins a recount. `programOf` gives the stored programs. */
export function createRecount(programOf: (hash: string) => Promise<Program | null>): Recount {
  const days = new Map<string, { screen: string; date: string; day: ScreenDay }>();
  const dropped = new Set<string>();
  const dayOf = (screen: string, date: string): ScreenDay => {
    const entry = days.get(keyOf(screen, date)) ?? { screen, date, day: emptyScreenDay() };
    days.set(keyOf(screen, date), entry);
    return entry.day;
  };
  return {
    async add(place, header, records) {
      const { screen } = header;
      const program = header.program === null ? null : await programOf(header.program);
      for (const record of records) {
        if (record.kind === 'dayclose') {
          const { date, plays, short } = record.evidence;
          addToScreenDay(dayOf(screen, date), { date, deltas: [], close: { date, plays, short } }, place);
        }
        const date = record.kind === 'play' ? dateOfSlotId(record.slot) : null;
        const count = record.kind === 'play' ? countOf(record, program) : null;
        if (date !== null && count)
          addToScreenDay(dayOf(screen, date), { date, deltas: [{ date, ...count }], close: null }, place);
      }
    },
    addDropped(row) {
      for (const date of datesAround(row)) dropped.add(keyOf(row.screen, date));
    },
    against(kept) {
      const keptByKey = new Map(kept.map((day) => [keyOf(day.screen, day.date), day]));
      const keys = new Set([...keptByKey.keys(), ...days.keys()]);
      return [...keys].sort().flatMap((key) => {
        const counted = days.get(key);
        const [a, b] = [
          keptByKey.get(key) ?? null,
          counted ? toCounters(counted.screen, counted.date, counted.day) : null,
        ];
        const { screen, date } = a ?? b ?? { screen: '', date: '' };
        const isSound = sameCounters(a, b) || (a && counted && dropped.has(key) && isSigned(a, counted.day));
        return isSound ? [] : [{ screen, date, kept: a, recounted: b }];
      });
    },
  };
}

/**
 * Compares all counters of `ledger` with a recount from its stored bodies and documents; gives the differences, none being
 * what I10 asks for. Where bodies were dropped, the counts are held against the signed end of that day. Reads everything; rejects with what the ledger rejects with, throws for a stored body that fits no schema.
 */
export async function recountScreenDays(ledger: Ledger): Promise<CountDifference[]> {
  const recount = createRecount(createStoredPrograms(ledger.documents));
  const everything = { fromMs: Number.MIN_SAFE_INTEGER, toMs: Number.MAX_SAFE_INTEGER, screen: null };
  for await (const row of ledger.segments.segments(everything)) {
    if (row.body === DROPPED_BODY) {
      recount.addDropped(row);
      continue;
    }
    const records = bodyLines(row.body).map((line) => readRecordLine(line) ?? recordSchema.parse(JSON.parse(line)));
    const { program } = segmentHeaderSchema.parse(JSON.parse(row.header));
    await recount.add(row, { screen: row.screen, program }, records);
  }
  return recount.against(await ledger.segments.counters({ from: '0000-01-01', to: '9999-12-31', screen: null }));
}

const keyOf = (screen: string, date: string): string => `${date} ${screen}`;

/** What one play adds, by the rule of ingest written down a second time: the program says what was due, not the record. */
function countOf(
  play: PlayRecord,
  program: Program | null,
): { commitment: string; plays: number; makeGoods: number; airtimeMs: number } | null {
  if (!program || program.manifest[play.item]?.sha !== play.sha) return null;
  const promise = program.commitments.find((c) => c.id === play.commitment);
  const items = play.commitment === null ? program.loop : (promise?.items ?? []);
  const due = items.find((i) => i.item === play.item);
  if (!due || !countsAsPlay(play, due.durationMs)) return null;
  const makeGoods = play.reason === 'make-good' ? 1 : 0;
  return { commitment: play.commitment ?? '', plays: 1, makeGoods, airtimeMs: due.durationMs };
}

function sameCounters(a: ScreenDayCounters | null, b: ScreenDayCounters | null): boolean {
  return canonical(a) === canonical(b);
}

function canonical(day: ScreenDayCounters | null): string {
  return JSON.stringify(
    day && [...[day.plays, day.makeGoods, day.airtimeMs].map(sorted), day.closed && sorted(day.closed.short)],
  );
}

/** A record's entries as text, in order of their keys. */
const sorted = (record: Record<string, unknown>): string =>
  JSON.stringify(Object.entries(record).sort(([x], [y]) => (x < y ? -1 : 1)));

/** Dates of service that a segment may have plays of. */
function datesAround({ firstAtMs, lastAtMs }: Pick<VerifiedSegmentRow, 'firstAtMs' | 'lastAtMs'>): string[] {
  const fromMs = Math.min(firstAtMs, lastAtMs) - DATE_SPREAD_MS;
  const days = Math.ceil((Math.max(firstAtMs, lastAtMs) + DATE_SPREAD_MS - fromMs) / DAY_MS) + 1;
  return Array.from({ length: days }, (_, k) => new Date(fromMs + k * DAY_MS).toISOString().slice(0, 10));
}

/** Whether the counters are those that the end of day signs, and no smaller than what is still here; filler is not signed. */
function isSigned(kept: ScreenDayCounters, { counts, end }: ScreenDay): boolean {
  if (!kept.closed || !end) return false;
  const isAtLeast = (all: Record<string, number>, part: Record<string, number>): boolean =>
    Object.entries(part).every(([id, count]) => (all[id] ?? 0) >= count);
  const signed = { ...end.plays, '': kept.plays[''] ?? 0 };
  const isHeld = [...counts].every(
    ([id, { plays, makeGoods, airtimeMs }]) =>
      (kept.plays[id] ?? 0) >= plays &&
      (kept.makeGoods[id] ?? 0) >= makeGoods &&
      (kept.airtimeMs[id] ?? 0) >= airtimeMs,
  );
  return (
    isHeld &&
    isAtLeast(signed, kept.plays) &&
    isAtLeast(kept.plays, signed) &&
    sorted(kept.closed.short) === sorted(end.short)
  );
}
