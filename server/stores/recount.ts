/** Recount of the counters from the bodies of the stored segments (invariant I10). */
import { dateOfSlotId } from '../../domain/plan/day-plan.ts';
import type { Program } from '../../domain/plan/program.ts';
import { countsAsPlay, type PlayRecord } from '../../domain/proof/record.ts';
import { bodyLines } from '../../domain/proof/segment.ts';
import { programSchema } from '../../protocol/program.ts';
import { recordSchema, segmentHeaderSchema } from '../../protocol/proof.ts';
import { readRecordLine } from '../../protocol/read-record-line.ts';
import type { Ledger, ScreenDayCounters, VerifiedSegmentRow } from './ledger-store.ts';
import { addToScreenDay, emptyScreenDay, type ScreenDay, toCounters } from './screen-day.ts';

/** A screen-day whose counters are not what its segments say; null where one side has no such screen-day. */
export type CountDifference = {
  screen: string;
  date: string;
  kept: ScreenDayCounters | null;
  recounted: ScreenDayCounters | null;
};

/**
 * Compares all counters of `ledger` with a recount from its stored bodies and documents; gives the differences, none being
 * what I10 asks for. Reads everything; rejects with what the ledger rejects with, throws for a stored body that fits no schema.
 */
export async function recountScreenDays(ledger: Ledger): Promise<CountDifference[]> {
  const recounted = await recount(ledger);
  const kept = await ledger.segments.counters({ from: '0000-01-01', to: '9999-12-31', screen: null });
  const keptByKey = new Map(kept.map((day) => [keyOf(day.screen, day.date), day]));
  const keys = new Set([...keptByKey.keys(), ...recounted.keys()]);
  return [...keys].sort().flatMap((key) => {
    const [a, b] = [keptByKey.get(key) ?? null, recounted.get(key) ?? null];
    const { screen, date } = a ?? b ?? { screen: '', date: '' };
    return sameCounters(a, b) ? [] : [{ screen, date, kept: a, recounted: b }];
  });
}

const keyOf = (screen: string, date: string): string => `${date} ${screen}`;

async function recount(ledger: Ledger): Promise<Map<string, ScreenDayCounters>> {
  const days = new Map<string, { screen: string; date: string; day: ScreenDay }>();
  const programs = new Map<string, Program | null>();
  const dayOf = (screen: string, date: string): ScreenDay => {
    const entry = days.get(keyOf(screen, date)) ?? { screen, date, day: emptyScreenDay() };
    days.set(keyOf(screen, date), entry);
    return entry.day;
  };
  const everything = { fromMs: Number.MIN_SAFE_INTEGER, toMs: Number.MAX_SAFE_INTEGER, screen: null };
  for await (const row of ledger.segments.segments(everything)) {
    const program = await programOf(row, ledger, programs);
    for (const line of bodyLines(row.body)) {
      const record = readRecordLine(line) ?? recordSchema.parse(JSON.parse(line));
      if (record.kind === 'dayclose') {
        const { date, plays, short } = record.evidence;
        addToScreenDay(dayOf(row.screen, date), { date, deltas: [], close: { date, plays, short } }, row);
      }
      const date = record.kind === 'play' ? dateOfSlotId(record.slot) : null;
      const count = record.kind === 'play' ? countOf(record, program) : null;
      if (date !== null && count)
        addToScreenDay(dayOf(row.screen, date), { date, deltas: [{ date, ...count }], close: null }, row);
    }
  }
  return new Map(Array.from(days, ([key, { screen, date, day }]) => [key, toCounters(screen, date, day)]));
}

async function programOf(
  row: VerifiedSegmentRow,
  ledger: Ledger,
  known: Map<string, Program | null>,
): Promise<Program | null> {
  const hash = segmentHeaderSchema.parse(JSON.parse(row.header)).program;
  if (hash === null) return null;
  if (!known.has(hash)) {
    const body = await ledger.documents.get(hash);
    known.set(hash, body === null ? null : programSchema.parse(JSON.parse(body)));
  }
  return known.get(hash) ?? null;
}

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
  const sorted = (counts: Record<string, number>) => Object.entries(counts).sort(([x], [y]) => (x < y ? -1 : 1));
  const short = day?.closed ? Object.entries(day.closed.short).sort(([x], [y]) => (x < y ? -1 : 1)) : null;
  return JSON.stringify(day && [sorted(day.plays), sorted(day.makeGoods), sorted(day.airtimeMs), short]);
}
