/** Screens in step show the same again from the next common slot after an outage, unless a promise or a limit comes first. */
import { describe, expect, test } from 'vitest';
import type { DayPlan, PlayedSlot } from '../../../domain/plan/day-plan.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { replanDay } from '../../../domain/plan/replan-day.ts';
import { planFaults } from '../../helpers/plan-checker.ts';
import { commitmentOf, programOf, realisticProgram, seededRandom } from '../../helpers/random-program.ts';
import { seedsOfRun } from '../../helpers/run-seeds.ts';

const DATE = '2026-07-01';
const at = (time: string): number => Date.parse(`${DATE}T${time}+08:00`);

const inStep = (program: Program): Program => ({ ...program, inStep: true });

const twoPromises = (): Program =>
  inStep(programOf([commitmentOf('a', { minPlays: 34 }), commitmentOf('b', { minPlays: 10 })]));

/** What a screen showed of `plan` between two moments; what was under way at the second is left out. */
function shown(plan: DayPlan, fromMs: number, untilMs: number): PlayedSlot[] {
  return plan.slots
    .filter((slot) => slot.startMs >= fromMs && slot.startMs + slot.durationMs <= untilMs)
    .map(({ startMs, durationMs, item, commitment }) => ({ startMs, durationMs, item, commitment, counted: true }));
}

const fromOn = (plan: DayPlan, ms: number) =>
  plan.slots.filter((slot) => slot.startMs >= ms).map(({ startMs, item }) => ({ startMs, item }));

describe('screens in step', () => {
  test('[P33] a screen that was away for ten minutes shows from its next slot on what the others show', () => {
    const program = twoPromises();
    const shared = planDay(program, DATE, {}, 0);
    const back = at('09:10:07');
    const away = shown(shared, 0, at('09:00:00'));
    const plan = replanDay(program, DATE, away, back);
    const others = replanDay(program, DATE, shown(shared, 0, back), back);
    const meeting = fromOn(shared, back)[0]?.startMs ?? 0;
    expect(fromOn(plan, meeting)).toEqual(fromOn(others, meeting));
    expect(planFaults(plan, { program, date: DATE, nowMs: back, tally: {}, played: away })).toEqual([]);
    expect(plan.commitments.map(({ shortBy }) => shortBy)).toEqual([0, 0]);
  });

  test('[P33] until then it shows loop items, and bonus plays that a promise needs after all are its make-good', () => {
    const program = twoPromises();
    const shared = planDay(program, DATE, {}, 0);
    const back = at('09:10:07');
    const plan = replanDay(program, DATE, shown(shared, 0, at('08:00:00')), back);
    const meeting = fromOn(shared, back)[0]?.startMs ?? 0;
    const bridge = plan.slots.filter((slot) => slot.startMs < meeting);
    expect(bridge.every(({ commitment }) => commitment === null)).toBe(true);
    const missed = shared.slots.filter(
      ({ startMs, commitment }) => commitment === 'a' && startMs >= at('08:00:00') && startMs < back,
    ).length;
    expect(missed).toBeGreaterThan(0);
    expect(plan.slots.filter(({ commitment, reason }) => commitment === 'a' && reason === 'make-good')).toHaveLength(
      missed,
    );
  });

  test('[P33] a promise comes before the step: a screen that missed too much plans for itself', () => {
    const program = inStep(programOf([commitmentOf('a', { minPlays: 400 })]));
    const back = at('15:00:00');
    const plan = replanDay(program, DATE, [], back);
    const { inStep: _, ...alone } = program;
    expect(plan).toEqual(replanDay(alone, DATE, [], back));
    expect(plan.commitments[0]?.shortBy).toBe(0);
  });

  test('[P33] a limit comes before the step', () => {
    const program = inStep(programOf([commitmentOf('a', { minPlays: 30, minGapMs: 20 * 60_000 })]));
    const shared = planDay(program, DATE, {}, 0);
    const next = shared.slots.find(({ commitment, startMs }) => commitment === 'a' && startMs > at('12:00:00'));
    const played: PlayedSlot[] = [
      { startMs: (next?.startMs ?? 0) - 60_000, durationMs: 30_000, item: 'film-a', commitment: 'a', counted: true },
    ];
    const nowMs = (next?.startMs ?? 0) - 30_000;
    const plan = replanDay(program, DATE, played, nowMs);
    expect(planFaults(plan, { program, date: DATE, nowMs, tally: {}, played })).toEqual([]);
  });

  test('[P33] on random days an outage leaves no promise short that an own plan would keep, and no limit broken', () => {
    for (const seed of seedsOfRun('in step', 40)) {
      const random = seededRandom(seed);
      const program = inStep(realisticProgram(seed));
      const shared = planDay(program, DATE, {}, 0);
      const first = shared.slots[0]?.startMs ?? 0;
      const last = shared.slots.at(-1)?.startMs ?? first;
      const goneMs = first + random() * (last - first) * 0.7;
      const backMs = Math.round(goneMs + random() * (last - first) * 0.3);
      const played = shown(shared, 0, goneMs);
      const plan = replanDay(program, DATE, played, backMs);
      const { inStep: _, ...alone } = program;
      const own = replanDay(alone, DATE, played, backMs);
      expect(planFaults(plan, { program, date: DATE, nowMs: backMs, tally: {}, played })).toEqual([]);
      for (const [k, account] of plan.commitments.entries())
        expect(account.shortBy).toBeLessThanOrEqual(own.commitments[k]?.shortBy ?? 0);
    }
  });
});
