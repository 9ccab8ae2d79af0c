/** Time that counts only while windows are open, and the first and last starts inside them. */
import { describe, expect, test } from 'vitest';
import { afterWindowTime, firstStartIn, lastStartIn, windowTimeBetween } from '../../../domain/plan/window-time.ts';

const WINDOWS = [
  { startMs: 100, endMs: 200 },
  { startMs: 300, endMs: 400 },
];

describe('time counted while windows are open', () => {
  test.each([
    ['from before the first window', 0, 30, 130],
    ['from inside a window', 150, 30, 180],
    ['nothing from inside a window', 150, 0, 150],
    ['nothing from a closed time', 250, 0, 300],
    ['past the end of a window', 150, 80, 330],
    ['exactly the rest of a window', 150, 50, 300],
    ['past a window that is over', 250, 40, 340],
    ['from the end of a window', 200, 1, 301],
    ['one less than all', 0, 199, 399],
    ['all of it', 0, 200, Number.POSITIVE_INFINITY],
    ['after the last window', 400, 0, Number.POSITIVE_INFINITY],
  ])('[P11] %s: from %d, %d of window time end at %d', (_, fromMs, durationMs, endMs) => {
    expect(afterWindowTime(WINDOWS, fromMs, durationMs)).toBe(endMs);
  });

  test.each([
    [0, 500, 200],
    [150, 350, 100],
    [200, 300, 0],
    [120, 130, 10],
    [350, 150, 0],
    [0, 100, 0],
    [400, 500, 0],
  ])('[P15] between %d and %d lies %d of window time', (fromMs, toMs, sumMs) => {
    expect(windowTimeBetween(WINDOWS, fromMs, toMs)).toBe(sumMs);
  });
});

describe('starts inside windows', () => {
  test.each([
    [0, 100, 100],
    [120, 80, 120],
    [121, 80, 300],
    [0, 101, Number.POSITIVE_INFINITY],
    [350, 50, 350],
    [351, 50, Number.POSITIVE_INFINITY],
  ])('[P3] the first start from %d of %d is %d', (fromMs, durationMs, startMs) => {
    expect(firstStartIn(WINDOWS, fromMs, durationMs)).toBe(startMs);
  });

  test.each([
    [Number.POSITIVE_INFINITY, 100, 300],
    [350, 20, 350],
    [390, 20, 380],
    [300, 100, 300],
    [299, 20, 180],
    [299, 100, 100],
    [100, 20, 100],
    [99, 20, Number.NEGATIVE_INFINITY],
    [500, 101, Number.NEGATIVE_INFINITY],
  ])('[P3] the last start until %d of %d is %d', (untilMs, durationMs, startMs) => {
    expect(lastStartIn(WINDOWS, untilMs, durationMs)).toBe(startMs);
  });

  test('[P3] without windows there is no start', () => {
    expect(firstStartIn([], 0, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(lastStartIn([], 0, 1)).toBe(Number.NEGATIVE_INFINITY);
    expect(afterWindowTime([], 0, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(windowTimeBetween([], 0, 1)).toBe(0);
  });
});
