/** Counters of one screen-day: how a segment adds to them, and how they are kept as text. */
import { z } from 'zod';
import type { CounterDelta } from '../../domain/proof/count-plays.ts';
import { countSchema } from '../../protocol/common.ts';
import type { DayClose, ScreenDayCounters } from './ledger-store.ts';

/** Plays, make-goods and airtime (ms) of one commitment. */
type Count = { plays: number; makeGoods: number; airtimeMs: number };

/** Where a segment stands in the order in which segments are read. */
export type ReadingPlace = { firstAtMs: number; device: string; epoch: number; segment: number };

/**
 * Counters of a screen-day by commitment id; `end` is the signed end of day and the place of its segment, null before it has arrived.
 * `plays` are the counts that it signs.
 */
export type ScreenDay = {
  counts: Map<string, Count>;
  end: { place: ReadingPlace; short: Record<string, string>; plays: Record<string, number> } | null;
};

/** What one segment adds to the dates it holds plays or ends of day of. */
export type DayChange = { date: string; deltas: CounterDelta[]; close: DayEnd | null };

/** What of a signed end of day is counted with. */
type DayEnd = Omit<DayClose, 'record'>;

/** Orders reading places. */
export function comparePlaces(a: ReadingPlace, b: ReadingPlace): number {
  return a.firstAtMs - b.firstAtMs || compareText(a.device, b.device) || a.epoch - b.epoch || a.segment - b.segment;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A screen-day of which nothing is known yet. */
export const emptyScreenDay = (): ScreenDay => ({ counts: new Map(), end: null });

/** A segment's deltas and ends of day by date; of several ends of one day the last is the one that holds. */
export function changesByDate(deltas: readonly CounterDelta[], closes: readonly DayEnd[]): DayChange[] {
  const byDate = new Map<string, DayChange>();
  const of = (date: string): DayChange => {
    const known = byDate.get(date) ?? { date, deltas: [], close: null };
    byDate.set(date, known);
    return known;
  };
  for (const delta of deltas) of(delta.date).deltas.push(delta);
  for (const close of closes) of(close.date).close = close;
  return [...byDate.values()];
}

/**
 * Adds what the segment at `place` says to a screen-day, in place. Of several ends of one day the last in reading order holds,
 * in whatever order they arrive.
 */
export function addToScreenDay(day: ScreenDay, change: DayChange, place: ReadingPlace): void {
  for (const { commitment, plays, makeGoods, airtimeMs } of change.deltas) {
    const count = day.counts.get(commitment) ?? { plays: 0, makeGoods: 0, airtimeMs: 0 };
    day.counts.set(commitment, {
      plays: count.plays + plays,
      makeGoods: count.makeGoods + makeGoods,
      airtimeMs: count.airtimeMs + airtimeMs,
    });
  }
  if (change.close && (!day.end || comparePlaces(place, day.end.place) >= 0)) {
    const { firstAtMs, device, epoch, segment } = place;
    const { short, plays } = change.close;
    day.end = { place: { firstAtMs, device, epoch, segment }, short: { ...short }, plays: { ...plays } };
  }
}

const countsSchema = z.array(z.tuple([z.string(), countSchema, countSchema, countSchema]));
const endSchema = z.strictObject({
  place: z.strictObject({ firstAtMs: z.int(), device: z.string(), epoch: z.int(), segment: z.int() }),
  short: z.record(z.string(), z.string()),
  plays: z.record(z.string(), countSchema).default({}),
});

/** The counters as JSON text: `[[commitment, plays, makeGoods, airtimeMs], …]` in order of the commitment ids. */
export function encodeCounts(day: ScreenDay): string {
  const rows = Array.from(day.counts, ([id, c]) => [id, c.plays, c.makeGoods, c.airtimeMs] as const);
  return JSON.stringify(rows.sort((a, b) => (a[0] < b[0] ? -1 : 1)));
}

/** The end of day as JSON text, or null. */
export const encodeEnd = (day: ScreenDay): string | null => (day.end ? JSON.stringify(day.end) : null);

/** A screen-day from its texts; throws for texts that nobody here has written. */
export function decodeScreenDay(counts: string, end: string | null): ScreenDay {
  const rows = countsSchema.parse(JSON.parse(counts));
  return {
    counts: new Map(rows.map(([id, plays, makeGoods, airtimeMs]) => [id, { plays, makeGoods, airtimeMs }])),
    end: end === null ? null : endSchema.parse(JSON.parse(end)),
  };
}

/** A screen-day in the form of the port. */
export function toCounters(screen: string, date: string, day: ScreenDay): ScreenDayCounters {
  const pick = (part: keyof Count) => Object.fromEntries(Array.from(day.counts, ([id, count]) => [id, count[part]]));
  return {
    screen,
    date,
    plays: pick('plays'),
    makeGoods: pick('makeGoods'),
    airtimeMs: pick('airtimeMs'),
    closed:
      day.end && isComplete(day.end.plays, day.counts)
        ? { short: { ...day.end.short }, plays: { ...day.end.plays } }
        : null,
  };
}

/** Whether all plays that the end of day signs are here; some may be in quarantine, or still on the device. */
const isComplete = (signed: Readonly<Record<string, number>>, counts: ScreenDay['counts']): boolean =>
  Object.entries(signed).every(([id, plays]) => (counts.get(id)?.plays ?? 0) >= plays);
