/** Which of several sweeps is taken: one that places all plays, and keeps largest gaps where they are to be kept. */
import { describe, expect, test } from 'vitest';
import { bestSweep, firstSweepFits } from '../../../domain/plan/best-sweep.ts';
import type { PlanningDay } from '../../../domain/plan/day-task.ts';
import { type LoopQueue, loopQueue } from '../../../domain/plan/loop-queue.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { dayOf, film, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const MINUTE_MS = 60_000;

/** An hour of ten-minute films. */
const dayWith = (...wishes: Partial<ProgramCommitment>[]): PlanningDay =>
  dayOf(smallProgram(wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish }))));
const loopOf = (day: PlanningDay): LoopQueue => loopQueue(day.loop, day.loop.length);
/** How many plays each task has in the best sweep; null where there is none. */
function swept(day: PlanningDay, needed: number[], keepsGaps: boolean): number[] | null {
  const columns = bestSweep(day, needed, keepsGaps, () => loopOf(day));
  return columns && day.tasks.map((_, i) => columns.task.filter((task) => task === i).length);
}

describe('whether a rhythm places all plays', () => {
  test('[P4] it does as far as there is time', () => {
    const day = dayWith({}, {});
    const fits = (...needed: number[]): boolean => firstSweepFits(day, needed, loopOf(day));
    expect([fits(3, 2), fits(0, 0), fits(1, 1)]).toEqual([true, true, true]);
    expect([fits(4, 3), fits(7, 0)]).toEqual([false, false]);
    expect(swept(day, [3, 2], false)?.map((count) => count >= 2)).toEqual([true, true]);
    expect([swept(day, [4, 3], false), swept(day, [7, 0], false)]).toEqual([null, null]);
  });
});

describe('largest gaps', () => {
  test('[P7] a sweep that does not keep them is none where they are to be kept', () => {
    const day = dayWith({ maxGapMs: 5 * MINUTE_MS, dayParts: [part(0, 20)] }, {});
    expect(swept(day, [1, 3], true)).toBeNull();
    expect(swept(day, [1, 3], false)?.[1]).toBeGreaterThanOrEqual(3);
  });

  test('[P7] one that keeps them is taken', () => {
    const day = dayWith({ maxGapMs: 25 * MINUTE_MS }, {});
    expect(swept(day, [2, 1], true)?.[0]).toBeGreaterThanOrEqual(2);
  });
});
