/** What must hold of plays in a ledger after any crash. */
import { expect } from 'vitest';
import { z } from 'zod';
import type { Play } from '../../protocol/http/views.ts';
import { commitmentDaySchema } from '../../protocol/http/views.ts';
import type { Product } from './product.ts';

const nameOf = (play: Play): string => `${play.device} ${play.epoch} ${play.seq}`;

/** No play is there twice, plays of a device never overlap, and counters equal a recount. */
export async function expectSoundLedger(product: Product): Promise<Play[]> {
  const plays = await product.plays();
  expect(new Set(plays.map(nameOf)).size).toBe(plays.length);
  const byPlace = [...plays].sort((a, b) => a.epoch - b.epoch || a.seq - b.seq);
  for (const [i, play] of byPlace.entries()) {
    const before = byPlace[i - 1];
    if (before && before.device === play.device) expect(play.startMs).toBeGreaterThanOrEqual(before.endMs - 50);
  }
  const rows = await product.api(z.array(commitmentDaySchema), 'GET', '/api/today');
  for (const row of rows.filter((r) => r.screen.id === 'demo')) {
    const recount = plays.filter((p) => p.counted && p.commitment === row.commitment && p.date === row.date).length;
    expect([row.commitment, row.proven]).toEqual([row.commitment, recount]);
  }
  return plays;
}

/** Every play of `before` is still there, unchanged. */
export function expectNothingLost(before: readonly Play[], after: readonly Play[]): void {
  const known = new Map(after.map((play) => [nameOf(play), play]));
  for (const play of before) expect(known.get(nameOf(play))).toEqual(play);
}
