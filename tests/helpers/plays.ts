/** Records of a journal for tests: a boot, and plays one after the other. */

import { slotId } from '../../domain/plan/day-plan.ts';
import type { Program } from '../../domain/plan/program.ts';
import type { Unnumbered } from './test-device.ts';

/** A boot at `atMs`. */
export const bootRecord = (atMs: number): Unnumbered => ({
  kind: 'boot',
  t0: atMs,
  t1: atMs,
  m0: 0,
  m1: 0,
  reason: 'start',
  evidence: { recovered: 0, tornBytes: 0 },
});

/** A complete play of the item of `program` promised by `commitment`; `overrides` spoils it. */
export function playRecord(
  program: Program,
  play: { item: string; commitment: string | null; date: string; atMs: number; monoMs: number; durationMs: number },
  overrides: Partial<Extract<Unnumbered, { kind: 'play' }>> = {},
): Unnumbered {
  const promise = program.commitments.find((c) => c.id === play.commitment);
  return {
    kind: 'play',
    t0: play.atMs,
    t1: play.atMs + play.durationMs,
    m0: play.monoMs,
    m1: play.monoMs + play.durationMs,
    item: play.item,
    sha: program.manifest[play.item]?.sha ?? '0'.repeat(64),
    campaign: promise?.campaign ?? null,
    commitment: play.commitment,
    slot: slotId(play.date, play.atMs),
    outcome: 'complete',
    reason: play.commitment === null ? 'filler' : 'scheduled',
    evidence: { expectedMs: play.durationMs, frames: 1, dropped: 0, visible: 1 },
    ...overrides,
  };
}
