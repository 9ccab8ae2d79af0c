import { describe, expect, test } from 'vitest';
import type { DayPlan } from '../../../domain/plan/day-plan.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { DAY, film, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const MINUTE_MS = 60_000;

/** The plan of two hours of minute films beside a loop of an item of `longMin` minutes and one of half a minute. */
function planWith(longMin: number, ...wishes: Partial<ProgramCommitment>[]): DayPlan {
  const commitments = wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(1)], frontLoad: 1, ...wish }));
  const loop = [
    { item: 'long', durationMs: longMin * MINUTE_MS },
    { item: 'short', durationMs: 30_000 },
  ];
  return planDay(smallProgram(commitments, 120, { loop }), DAY, {}, 0);
}
const timesShown = ({ slots }: DayPlan, item: string): number => slots.filter((slot) => slot.item === item).length;

describe('a loop item longer than what the rhythm leaves', () => {
  test('[P16] gets a hole made for it', () => {
    const plan = planWith(4, { minPlays: 40 });
    expect(plan.feasible).toBe(true);
    expect(timesShown(plan, 'long')).toBeGreaterThan(2);
    expect(timesShown(plan, 'short')).toBeGreaterThan(10);
  });

  test('[P7] [P16] but not where a largest gap would be broken', () => {
    const plan = planWith(5.5, { maxGapMs: 6 * MINUTE_MS });
    expect(plan.conflicts).toEqual([]);
    expect(timesShown(plan, 'long')).toBe(0);
    const wider = planWith(5, { maxGapMs: 6 * MINUTE_MS });
    expect(wider.conflicts).toEqual([]);
    expect(timesShown(wider, 'long')).toBeGreaterThan(0);
  });

  test('[P4] [P16] nor where a promise would be left without time', () => {
    const plan = planWith(10, { minPlays: 11, items: [film(10)] });
    expect(plan.feasible).toBe(true);
    expect(plan.commitments[0]?.planned).toBeGreaterThanOrEqual(11);
  });
});
