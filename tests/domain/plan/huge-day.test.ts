/** A day that asks for far more than any day holds is cut to first counts without a look at single plays. */
import { expect, test } from 'vitest';
import { exceedsDay, firstCounts, isHuge, sweepWork } from '../../../domain/plan/huge-day.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { dayOf, film, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const day = (...wishes: Partial<ProgramCommitment>[]): ReturnType<typeof dayOf> =>
  dayOf(smallProgram(wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish }))));

test('[P23] counts whose sum is longer than the open time are refused without a search', () => {
  expect(exceedsDay(day({}, {}), [3, 3])).toBe(false);
  expect(exceedsDay(day({}, {}), [3, 4])).toBe(true);
  expect(exceedsDay(day({ items: [film(10), film(20)] }), [6])).toBe(false);
  expect(exceedsDay(day({ items: [film(20), film(10)] }), [7])).toBe(true);
  expect(exceedsDay(day({ items: [{ item: 'flash', durationMs: 1, weight: 1 }] }), [200_000])).toBe(false);
  expect(exceedsDay(day({ items: [{ item: 'flash', durationMs: 1, weight: 1 }] }), [200_001])).toBe(true);
});

test('[P23] a day is huge by what its windows could hold of what is asked', () => {
  const flash = { items: [{ item: 'flash', durationMs: 100, weight: 1 }] };
  expect(isHuge(day({}, {}), [100_000, 100_000])).toBe(false);
  expect(isHuge(day(flash, flash), [25_000, 25_000])).toBe(false);
  expect(isHuge(day(flash, flash), [25_000, 25_001])).toBe(true);
  expect(sweepWork(day({}, {}), [3, 4])).toBe(14);
});

test('[P9] [P23] the most important has what its windows hold, the next what is left of them', () => {
  const evening = { dayParts: [part(40, 60)] };
  expect(firstCounts(day({}, {}), [4, 9], [0, 1])).toEqual({ counts: [4, 2], cut: [1] });
  expect(firstCounts(day({}, {}), [4, 9], [1, 0])).toEqual({ counts: [0, 6], cut: [0] });
  expect(firstCounts(day({}, {}), [4, 2], [0, 1])).toEqual({ counts: [4, 2], cut: [] });
  expect(firstCounts(day(evening, evening, {}), [1, 9, 9], [0, 1, 2])).toEqual({ counts: [1, 1, 4], cut: [1, 2] });
});

test('[P23] who is short by its own limits is not cut', () => {
  expect(firstCounts(day({ maxPlaysPerHour: 2 }, {}), [9, 9], [0, 1])).toEqual({ counts: [2, 4], cut: [1] });
});
