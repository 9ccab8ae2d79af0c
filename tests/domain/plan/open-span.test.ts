/** What reserved plays leave of open time, and which tags stand on both sides of it. */
import { expect, test } from 'vitest';
import type { ExactPlay } from '../../../domain/plan/exact-plays.ts';
import { openSpans } from '../../../domain/plan/open-span.ts';

const BEFORE = 9;
const play = (startMs: number, endMs: number, tag = 0): ExactPlay => ({ startMs, endMs, tag, task: 0, item: 0 });
/** Spans as [start, end, tag before, tag after] of what `plays` leave of two spans, 0 to 100 and 200 to 300. */
const leftBy = (...plays: ExactPlay[]): number[][] =>
  openSpans(
    [
      { startMs: 0, endMs: 100 },
      { startMs: 200, endMs: 300 },
    ],
    plays,
    BEFORE,
  ).map(({ startMs, endMs, tagBefore, tagAfter }) => [startMs, endMs, tagBefore, tagAfter]);

test('[P29] [P30] open time without plays begins beside what was shown last', () => {
  expect(leftBy()).toEqual([
    [0, 100, BEFORE, 0],
    [200, 300, 0, 0],
  ]);
});

test('[P29] [P30] a reserved play parts a span in two, and its tag stands on both sides', () => {
  expect(leftBy(play(40, 50, 3))).toEqual([
    [0, 40, BEFORE, 3],
    [50, 100, 3, 0],
    [200, 300, 0, 0],
  ]);
});

test('[P29] plays at the edges of a span, or one after another, leave no empty time', () => {
  expect(leftBy(play(0, 10, 1), play(10, 20, 2), play(80, 100, 3))).toEqual([
    [20, 80, 2, 3],
    [200, 300, 0, 0],
  ]);
  expect(leftBy(play(0, 100, 1), play(200, 300, 2))).toEqual([]);
});

test('[P30] a play of one span is no neighbour of the next', () => {
  expect(leftBy(play(90, 100, 1), play(200, 210, 2))).toEqual([
    [0, 90, BEFORE, 1],
    [210, 300, 2, 0],
  ]);
  expect(leftBy(play(250, 260, 2))).toEqual([
    [0, 100, BEFORE, 0],
    [200, 250, 0, 2],
    [260, 300, 2, 0],
  ]);
});
