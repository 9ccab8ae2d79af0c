/** A sweep ends early where it cannot place all, and makes a hole for a long loop item where no promise pays for it. */
import { describe, expect, test } from 'vitest';
import type { DayPlan } from '../../../domain/plan/day-plan.ts';
import { loopQueue } from '../../../domain/plan/loop-queue.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { rhythmGoals } from '../../../domain/plan/rhythm-goals.ts';
import { sweepDay } from '../../../domain/plan/rhythm-pass.ts';
import { DAY, dayOf, film, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const MINUTE_MS = 60_000;
const MANNER = { spread: 0.5, lateShare: 0.4, catchUpLimit: 0.1 };

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

describe('a sweep that cannot place all that is promised', () => {
  test.each([
    ['at once where there is more than the day holds', 7, {}, 0],
    ['once the loop has taken time that they need', 6, { minGapMs: 15 * MINUTE_MS }, 10],
    ['never where all fits', 4, { minGapMs: 15 * MINUTE_MS }, 4 + 40],
  ])('[P23] ends %s', (_, plays, limits, slots) => {
    const commitment = commitmentOf('a', { minPlays: plays, items: [film(10)], frontLoad: 1, ...limits });
    const day = dayOf(smallProgram([commitment]));
    const goals = rhythmGoals(day, [plays], true);
    const sweep = sweepDay(day, goals, loopQueue(day.loop, day.loop.length), MANNER);
    expect(sweep.slots.startMs).toHaveLength(slots);
    expect(sweep.state.rhythms[0]?.left === 0).toBe(slots > 10);
  });
});

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
