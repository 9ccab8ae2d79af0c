/** On random days every slot has an explanation that agrees with the plan, and every promise that comes short says why. */
import { describe, expect, test } from 'vitest';
import type { DayPlan, PlayedSlot } from '../../../domain/plan/day-plan.ts';
import { explainConflict, explainPromises } from '../../../domain/plan/explain-promise.ts';
import { explainSlot } from '../../../domain/plan/explain-slot.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { NOTHING_SHOWN, outlineDay } from '../../../domain/plan/promise-outline.ts';
import { replanDay } from '../../../domain/plan/replan-day.ts';
import { explanationWords } from '../../../protocol/explanation-words.ts';
import { type ExplainedDay, explanationFaults } from '../../helpers/explanation-checker.ts';
import {
  awkwardProgram,
  realisticProgram,
  seededRandom,
  sharedProgram,
  variedProgram,
} from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
/** Fewer days of a kind where the test is run again for every mutant. */
const MOST_RUNS = Number(process.env.XUNBO_TEST_RUNS ?? 1000);
const NAMES = { item: (id: string) => id, promise: (id: string) => id, clock: (ms: number) => String(ms) };

/** The day as planned, and planned anew after a random part of it was played with some plays lost. */
function daysOf(program: Program, seed: number): ExplainedDay[] {
  const random = seededRandom(seed);
  const whole = planDay(program, DATE, {}, 0);
  const opening = whole.slots[0]?.startMs ?? 0;
  const closing = whole.slots.at(-1)?.startMs ?? opening;
  const nowMs = Math.round(opening + (closing - opening) * random());
  const played: PlayedSlot[] = whole.slots
    .filter((slot) => slot.startMs + slot.durationMs <= nowMs)
    .map((slot) => ({ ...slot, counted: random() < 0.8 }));
  return [
    { program, plan: whole, fromMs: 0, played: [] },
    { program, plan: replanDay(program, DATE, played, nowMs), fromMs: nowMs, played },
  ];
}

/** Explains everything about a day; gives what is wrong, and how many counted slots of how many stand in their turn. */
function check(day: ExplainedDay): { faults: string[]; inTurn: number; counted: number } {
  const outline = outlineDay(day.program, day.plan, day.fromMs, NOTHING_SHOWN);
  const said = day.plan.slots.map((_, index) => explainSlot(outline, day.plan.slots, index));
  const faults = said.flatMap((one, index) => explanationFaults(day, index, one));
  for (const language of ['zh', 'en'] as const) {
    const words = explanationWords(language);
    for (const one of said) if (!/^\S.*\S[。.]$/.test(words.slot(one, NAMES))) faults.push(words.slot(one, NAMES));
  }
  const counts = said.flatMap((one) => (one.kind === 'count' && one.turn ? [one] : []));
  return { faults, inTurn: counts.filter((one) => one.move === null).length, counted: counts.length };
}

/** Kinds of days, and how many of each are looked at. */
const KINDS: [string, number, (seed: number) => Program][] = [
  ['realistic', 12, realisticProgram],
  ['small and awkward', 40, awkwardProgram],
  ['shared', 3, sharedProgram],
  ['varied', 12, variedProgram],
];

describe('random days', () => {
  test.each(KINDS)(
    '[EX2][EX3] every slot of a %s day has an explanation that agrees with the plan',
    (_, most, make) => {
      for (let seed = 1; seed <= Math.min(most, MOST_RUNS); seed += 1) {
        for (const day of daysOf(make(seed), seed)) expect(check(day).faults, `seed ${seed}`).toEqual([]);
      }
    },
  );

  test('[EX3] on realistic days nearly every promised play stands in its turn', () => {
    let inTurn = 0;
    let counted = 0;
    for (let seed = 1; seed <= 8; seed += 1) {
      for (const day of daysOf(realisticProgram(seed), seed)) {
        const one = check(day);
        inTurn += one.inTurn;
        counted += one.counted;
      }
    }
    expect(counted).toBeGreaterThan(1000);
    expect(inTurn / counted).toBeGreaterThan(0.9);
  });

  test('[EX4] every promise that comes short says why, with the numbers of the plan', () => {
    let short = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const program = awkwardProgram(seed);
      const plan: DayPlan = planDay(program, DATE, {}, 0);
      const outline = outlineDay(program, plan, 0, NOTHING_SHOWN);
      for (const promise of explainPromises(outline, plan.conflicts)) {
        const account = plan.commitments.find(({ id }) => id === promise.outline.id);
        expect(promise.outline.promised + promise.outline.bonus).toBe(account?.planned);
        expect(promise.state === 'short').toBe((account?.shortBy ?? 0) > 0);
        if (promise.state !== 'short') continue;
        short += 1;
        expect(promise.why.length).toBeGreaterThan(0);
        expect(promise.why[0]?.fits).toBe((account?.tally ?? 0) + (account?.planned ?? 0));
      }
      for (const conflict of plan.conflicts) {
        const why = explainConflict(conflict, outline);
        for (const language of ['zh', 'en'] as const) {
          expect(explanationWords(language).short(why, NAMES)).toContain(conflict.commitments[0]);
        }
      }
    }
    expect(short).toBeGreaterThan(10);
  });
});
