/** Fixed days of every kind, planned whole and again in their middle: their hashes lie in `golden/`; `-u` renews them. */
import { describe, expect, test } from 'vitest';
import type { DayPlan } from '../../../domain/plan/day-plan.ts';
import { planHash } from '../../../domain/plan/plan-hash.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { sha256 } from '../../../server/sha256.ts';
import { goldenDay, range } from '../../helpers/golden-days.ts';
import {
  awkwardProgram,
  benchProgram,
  realisticProgram,
  sharedProgram,
  variedProgram,
} from '../../helpers/random-program.ts';

const name = (plan: DayPlan): string => planHash(plan, sha256).slice(0, 16);

/** Kinds of days and their seeds, the quickest first; days that take long are left out. */
const KINDS: [string, readonly number[], (seed: number) => Program][] = [
  ['awkward', range(1, 15), awkwardProgram],
  ['varied', range(6, 15), variedProgram],
  ['more awkward', range(16, 60), awkwardProgram],
  ['more varied', range(16, 39), variedProgram],
  ['realistic', range(1, 9), realisticProgram],
  ['overbooked', range(1, 4), (seed) => realisticProgram(seed, 0.9 + seed / 10)],
  ['shared', range(1, 6), sharedProgram],
  ['bench', [12, 40, 60], benchProgram],
];

describe('[P19] the plans of fixed days stay what they were, byte for byte', () => {
  test.each(KINDS)('%s days', async (kind, seeds, make) => {
    const lines = seeds.map((seed) => {
      const { whole, again } = goldenDay(make(seed), seed);
      return `${seed} ${name(whole)} ${name(again)}\n`;
    });
    await expect(lines.join('')).toMatchFileSnapshot(`golden/${kind.replace(' ', '-')}.txt`);
  });
});
