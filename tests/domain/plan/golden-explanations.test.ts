/** What is said of every slot and promise of fixed days: its hashes lie in `golden/`; `-u` renews them. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { DayPlan } from '../../../domain/plan/day-plan.ts';
import { explainPromises } from '../../../domain/plan/explain-promise.ts';
import { explainSlot } from '../../../domain/plan/explain-slot.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { NOTHING_SHOWN, outlineDay, type ShownBefore } from '../../../domain/plan/promise-outline.ts';
import { type GoldenDay, goldenDay, range } from '../../helpers/golden-days.ts';
import { awkwardProgram, realisticProgram, sharedProgram, variedProgram } from '../../helpers/random-program.ts';

/** Kinds of days and their seeds. */
const KINDS: [string, readonly number[], (seed: number) => Program][] = [
  ['awkward', range(1, 60), awkwardProgram],
  ['varied', range(6, 20), variedProgram],
  ['realistic', range(1, 6), realisticProgram],
  ['shared', [8, 11], sharedProgram],
];

/** The hash of all that is said of `plan`. */
function saidOf(program: Program, plan: DayPlan, fromMs: number, shown: ShownBefore): string {
  const outline = outlineDay(program, plan, fromMs, shown);
  const slots = plan.slots.map((_, index) => explainSlot(outline, plan.slots, index));
  const said = JSON.stringify([slots, explainPromises(outline, plan.conflicts)]);
  return createHash('sha256').update(said).digest('hex').slice(0, 16);
}

function shownOf({ played }: GoldenDay): ShownBefore {
  const counted = played.filter((slot) => slot.counted);
  const msOf = (id: string | null): number =>
    counted.reduce((ms, slot) => (id === null || slot.commitment === id ? ms + slot.durationMs : ms), 0);
  return { plays: counted.length, time: { ms: msOf(null), msOf } };
}

describe('[EX2][EX3][EX4] what is said of fixed days stays what it was', () => {
  test.each(KINDS)('%s days', async (kind, seeds, make) => {
    const lines = seeds.map((seed) => {
      const day = goldenDay(make(seed), seed);
      const whole = saidOf(day.program, day.whole, 0, NOTHING_SHOWN);
      return `${seed} ${whole} ${saidOf(day.program, day.again, day.nowMs, shownOf(day))}\n`;
    });
    await expect(lines.join('')).toMatchFileSnapshot(`golden/said-${kind}.txt`);
  });
});
