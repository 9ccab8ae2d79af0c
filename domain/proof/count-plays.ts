/** What records count for: the same for whoever stores them and for whoever checks them afterwards. */
import { dateOfSlotId } from '../plan/day-plan.ts';
import type { Program } from '../plan/program.ts';
import { countsAsPlay, type PlayRecord, type ProofRecord } from './record.ts';

/** What records add to a screen-day, by commitment id; filler under `''`. Only counted plays. */
export type CounterDelta = { date: string; commitment: string; plays: number; makeGoods: number; airtimeMs: number };

/** What the records add to counters, by date and commitment. A play for a commitment that the program does not have counts for nothing. */
export function countPlays(records: readonly ProofRecord[], program: Program | null): CounterDelta[] {
  const byKey = new Map<string, CounterDelta>();
  for (const record of records) {
    const counted = record.kind === 'play' ? countedPlay(record, program) : null;
    if (!counted) continue;
    const { date, commitment } = counted;
    const key = `${date} ${commitment}`;
    const delta = byKey.get(key) ?? { date, commitment, plays: 0, makeGoods: 0, airtimeMs: 0 };
    delta.plays += 1;
    if (record.reason === 'make-good') delta.makeGoods += 1;
    delta.airtimeMs += counted.durationMs;
    byKey.set(key, delta);
  }
  return [...byKey.values()];
}

/** The date and commitment (`''`: the loop) a play counts for, and the length it counts with; null where it does not count. */
export function countedPlay(
  play: PlayRecord,
  program: Program | null,
): { date: string; commitment: string; durationMs: number } | null {
  const date = dateOfSlotId(play.slot);
  const due = expectedOf(play, program);
  return date !== null && due !== null && countsAsPlay(play, due.durationMs) ? { date, ...due } : null;
}

/** Length the program gives the item, and for whom it counts; null where the program does not hold the item as played. */
export function expectedOf(
  play: PlayRecord,
  program: Program | null,
): { commitment: string; durationMs: number } | null {
  if (!program || program.manifest[play.item]?.sha !== play.sha) return null;
  if (play.commitment === null) {
    const entry = program.loop.find((l) => l.item === play.item);
    return entry ? { commitment: '', durationMs: entry.durationMs } : null;
  }
  const promise = program.commitments.find((c) => c.id === play.commitment);
  const item = promise?.items.find((i) => i.item === play.item);
  return promise && item ? { commitment: promise.id, durationMs: item.durationMs } : null;
}
