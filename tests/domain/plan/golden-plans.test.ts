/** Fixed days of every kind, planned whole and again in their middle: their hashes lie in `golden/`; `-u` renews them. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { DayPlan, PlayedSlot } from '../../../domain/plan/day-plan.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import { planHash } from '../../../domain/plan/plan-hash.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { replanDay } from '../../../domain/plan/replan-day.ts';
import {
  awkwardProgram,
  benchProgram,
  realisticProgram,
  seededRandom,
  sharedProgram,
  variedProgram,
} from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const name = (plan: DayPlan): string => planHash(plan, sha256).slice(0, 16);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, k) => k + 1);

/** The day planned again after a part of it was shown, with some plays lost and a few minutes dark. */
function again(program: Program, { slots }: DayPlan, seed: number): DayPlan {
  const random = seededRandom(seed);
  const kept = slots.slice(0, Math.floor(slots.length * random()));
  const played: PlayedSlot[] = kept.map((slot) => ({ ...slot, counted: random() < 0.85 }));
  const last = kept.at(-1);
  const endMs = last ? last.startMs + last.durationMs : Date.parse(`${DATE}T06:00:00+08:00`);
  return replanDay(program, DATE, played, endMs + Math.floor(random() * 600_000));
}

/** Kinds of days and their seeds, the quickest first; days that take long are left out. */
const KINDS: [string, readonly number[], (seed: number) => Program][] = [
  ['awkward', upTo(60), awkwardProgram],
  ['varied', upTo(39).filter((seed) => seed !== 5), variedProgram],
  ['realistic', upTo(9), realisticProgram],
  ['overbooked', upTo(4), (seed) => realisticProgram(seed, 0.9 + seed / 10)],
  ['shared', upTo(6), sharedProgram],
  ['bench', [12, 40], benchProgram],
];

describe('[P19] the plans of fixed days stay what they were, byte for byte', () => {
  test.each(KINDS)('%s days', async (kind, seeds, make) => {
    const lines = seeds.map((seed) => {
      const program = make(seed);
      const tally = seed % 3 === 0 ? Object.fromEntries(program.commitments.map((c, k) => [c.id, (seed + k) % 4])) : {};
      const whole = planDay(program, DATE, tally, 0);
      return `${seed} ${name(whole)} ${name(again(program, whole, seed))}\n`;
    });
    await expect(lines.join('')).toMatchFileSnapshot(`golden/${kind}.txt`);
  });
});
