/** How many plays a task is promised from now on: by count, by largest gap, or by share where that asks for more. */
import { expect, test } from 'vitest';
import { isShareBound, minimumPlays, promisedPlays } from '../../../domain/plan/promised-plays.ts';
import { minute, taskOf } from '../../helpers/day-tasks.ts';

const starts = (count: number): number[] => Array.from({ length: count }, (_, k) => minute(-30 + k));

test('[P12] promised is the minimum less what counts, never below 0', () => {
  expect(minimumPlays(taskOf({ minPlays: 5 }))).toBe(5);
  expect(minimumPlays(taskOf({ minPlays: 5 }, starts(2)))).toBe(3);
  expect(minimumPlays(taskOf({ minPlays: 5 }, starts(7)))).toBe(0);
  expect(promisedPlays(taskOf({ minPlays: 5 }, starts(2)))).toBe(3);
});

test('[P7] a largest gap promises plays all through the windows, begun gaps included', () => {
  expect(promisedPlays(taskOf({ maxGapMs: 600_000 }))).toBe(6);
  expect(promisedPlays(taskOf({ maxGapMs: 599_999 }))).toBe(7);
  expect(promisedPlays(taskOf({ maxGapMs: 600_000, minPlays: 9 }))).toBe(9);
  expect(promisedPlays(taskOf({ maxGapMs: 600_000 }, [], 31))).toBe(3);
});

test('[P8] the share decides only where it asks for more than count and gap', () => {
  expect(isShareBound(taskOf({ minPlays: 5, minShare: 0.5 }), 6)).toBe(true);
  expect(isShareBound(taskOf({ minPlays: 5, minShare: 0.5 }), 5)).toBe(false);
  expect(isShareBound(taskOf({ minPlays: 5 }), 6)).toBe(false);
  expect(isShareBound(taskOf({ maxGapMs: 600_000, minShare: 0.5 }), 6)).toBe(false);
});
