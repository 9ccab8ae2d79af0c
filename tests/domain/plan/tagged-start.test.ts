/** The first start of a play beside others of its tag: never back to back. */
import { describe, expect, test } from 'vitest';
import { firstTaggedStart, type Separation } from '../../../domain/plan/tagged-start.ts';

/** Two open spans, 0 to 100 and 200 to 300; a play of tag 1 touches the first at its end and the second at its beginning. Two plays of tag 1 are parted by 10. */
const DAY: Separation = {
  openRest: [
    { startMs: 0, endMs: 100, tagBefore: 0, tagAfter: 1 },
    { startMs: 200, endMs: 300, tagBefore: 1, tagAfter: 0 },
  ],
  separatorMs: [0, 10, 10],
};
const FIRST = { startMs: 0, endMs: 100 };
const SECOND = { startMs: 200, endMs: 300 };

/** Where a play of `tag` that is `durationMs` long starts after one of `lastTag` that ended at `freeMs`. */
const startOf = (
  tag: number,
  durationMs: number,
  fromMs: number,
  freeMs: number,
  lastTag = 0,
  windows = [FIRST, SECOND],
) => firstTaggedStart(DAY, { windows, durationMs, tag }, fromMs, freeMs, lastTag);

describe('the first start beside other plays', () => {
  test.each([
    ['at once where nothing clashes', 2, 30, 20, 20, 0, 20],
    ['at once after a play of another tag', 2, 30, 0, 20, 1, 20],
    ['not before it may', 2, 30, 40, 20, 1, 40],
    ['parted from a play of its tag', 1, 30, 0, 20, 1, 30],
    ['not parted twice where it starts later anyway', 1, 30, 50, 20, 1, 50],
  ])('[P30] %s', (_, tag, durationMs, fromMs, freeMs, lastTag, startMs) => {
    expect(startOf(tag, durationMs, fromMs, freeMs, lastTag)).toBe(startMs);
  });

  test('[P30] a play ends before the one of its tag that comes next, with the parting between', () => {
    expect(startOf(1, 90, 0, 0)).toBe(0);
    expect(startOf(1, 91, 0, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(startOf(2, 100, 0, 0)).toBe(0);
    expect(startOf(2, 101, 0, 0)).toBe(Number.POSITIVE_INFINITY);
    // Its own window ends earlier than the span does.
    expect(startOf(1, 50, 0, 0, 0, [{ startMs: 0, endMs: 50 }])).toBe(0);
    expect(startOf(1, 51, 0, 0, 0, [{ startMs: 0, endMs: 50 }])).toBe(Number.POSITIVE_INFINITY);
  });

  test('[P30] what touches a span goes before what was placed in an earlier one', () => {
    // The second span follows a play of tag 1, whatever stood in the first.
    expect(startOf(1, 90, 50, 100, 2)).toBe(210);
    expect(startOf(2, 90, 50, 100, 2)).toBe(200);
    // Up to its opening the span is untouched; a play in it is what the next one follows.
    expect(startOf(1, 50, 150, 200, 2)).toBe(210);
    expect(startOf(1, 50, 150, 201, 2)).toBe(201);
    expect(startOf(2, 50, 150, 201, 2)).toBe(211);
  });

  test('[P30] a window that no open span holds is passed over', () => {
    const across = { startMs: 50, endMs: 250 };
    expect(startOf(2, 10, 0, 0, 0, [across])).toBe(Number.POSITIVE_INFINITY);
    expect(startOf(2, 10, 0, 0, 0, [{ startMs: 90, endMs: 120 }, SECOND])).toBe(200);
    expect(startOf(2, 10, 0, 0, 0, [{ startMs: 190, endMs: 220 }])).toBe(Number.POSITIVE_INFINITY);
  });
});
