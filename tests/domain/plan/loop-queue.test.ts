/** The loop goes round in its order; an item passed over waits at the front, and none starves. */
import { describe, expect, test } from 'vitest';
import type { DayLoopItem } from '../../../domain/plan/day-loop.ts';
import { isStarving, type LoopQueue, loopQueue, noteShown, takeItem } from '../../../domain/plan/loop-queue.ts';
import { UNTAGGED } from '../../../domain/plan/separation.ts';

const [BANK, CAR] = [1, 2];

/** A loop of items of these lengths; `over` changes some of them by place. */
const loopOf = (lengths: number[], over: Record<number, Partial<DayLoopItem>> = {}): DayLoopItem[] =>
  lengths.map((durationMs, position) => ({
    position,
    item: `item-${position}`,
    durationMs,
    windows: null,
    tag: UNTAGGED,
    ...over[position],
  }));

/** What is taken for rooms one after another. */
const takenFor = (queue: LoopQueue, ...rooms: number[]): number[] =>
  rooms.map((roomMs) => takeItem(queue, roomMs, 0, UNTAGGED, UNTAGGED));

/** Loops that give the same for rooms alone: of plain items, and with one of a tag that nothing else has. */
const KINDS = [
  ['plain items', UNTAGGED],
  ['an item of a tag', CAR],
] as const;

describe.each(KINDS)('a loop of %s', (_, tag) => {
  const queueOf = (...lengths: number[]): LoopQueue => loopQueue(loopOf(lengths, { 0: { tag } }), lengths.length);

  test('[P16] goes round in its order', () => {
    expect(takenFor(queueOf(10, 20, 30), 99, 99, 99, 99, 99)).toEqual([0, 1, 2, 0, 1]);
    expect(takenFor(queueOf(10), 10, 10)).toEqual([0, 0]);
  });

  test('[P16] an item too long for a hole lets the next that fits go first and stays first in line', () => {
    expect(takenFor(queueOf(30, 10, 20), 15, 99, 99, 99)).toEqual([1, 0, 2, 1]);
    expect(takenFor(queueOf(30, 20, 10, 15), 10, 15, 99, 99, 99, 99)).toEqual([2, 3, 0, 1, 2, 3]);
    // The head of the ring is not its first place any more.
    expect(takenFor(queueOf(10, 30, 20, 40), 99, 25, 99, 99, 99)).toEqual([0, 2, 1, 3, 0]);
    expect(takenFor(queueOf(10, 20, 40, 30), 99, 99, 15, 99, 99, 99)).toEqual([0, 1, 0, 2, 3, 1]);
  });

  test('[P16] a hole shorter than all items is left', () => {
    const queue = queueOf(30, 10, 20);
    expect(takenFor(queue, 9, 10, 9, 99)).toEqual([-1, 1, -1, 0]);
  });

  test('[P16] one passed over for two rounds is starving, until it is shown', () => {
    const queue = queueOf(30, 10, 20);
    const passed = Array.from({ length: 7 }, () => {
      const isPassed = isStarving(queue);
      takeItem(queue, 25, 0, UNTAGGED, UNTAGGED);
      return isPassed;
    });
    expect(passed).toEqual([false, false, false, false, false, false, true]);
    expect(takenFor(queue, 30)).toEqual([0]);
    expect(isStarving(queue)).toBe(false);
  });

  test('[P18] goes on after what was shown', () => {
    const queue = queueOf(10, 20, 30);
    noteShown(queue, 'item-1');
    expect(takenFor(queue, 99, 99, 99, 99)).toEqual([0, 2, 1, 0]);
    noteShown(queue, 'unknown');
    expect(takenFor(queue, 99)).toEqual([2]);
  });
});

describe('what is known of a loop', () => {
  test('[P32] lengths and tags stand at the places of the program, also where some are not shown today', () => {
    const [first, , third] = loopOf([10, 20, 30], { 2: { tag: BANK } });
    if (!first || !third) throw new RangeError('no item');
    const queue = loopQueue([first, third], 3);
    expect([[...queue.durations], [...queue.tags]]).toEqual([
      [10, 0, 30],
      [UNTAGGED, UNTAGGED, BANK],
    ]);
    expect([queue.longestMs, queue.isEmpty]).toEqual([30, false]);
    noteShown(queue, 'item-0');
    expect(takenFor(queue, 99, 99, 99)).toEqual([2, 0, 2]);
  });

  test('[P17] a loop of nothing gives nothing and never starves', () => {
    const queue = loopQueue([], 0);
    expect([queue.isEmpty, queue.longestMs, isStarving(queue)]).toEqual([true, 0, false]);
    expect(takenFor(queue, 99)).toEqual([-1]);
  });
});

describe('items that cannot stand everywhere', () => {
  test('[P30] one of the tag before or after is passed, and nobody has to make room for it', () => {
    const queue = (): LoopQueue => loopQueue(loopOf([10, 20, 30], { 0: { tag: BANK }, 1: { tag: CAR } }), 3);
    expect(takeItem(queue(), 99, 0, BANK, UNTAGGED)).toBe(1);
    expect(takeItem(queue(), 99, 0, UNTAGGED, BANK)).toBe(1);
    expect(takeItem(queue(), 99, 0, CAR, BANK)).toBe(2);
    expect(takeItem(queue(), 99, 0, CAR, UNTAGGED)).toBe(0);
    const only = loopQueue(loopOf([10, 10], { 0: { tag: BANK }, 1: { tag: BANK } }), 2);
    expect(Array.from({ length: 9 }, () => takeItem(only, 99, 0, BANK, UNTAGGED))).toEqual(Array(9).fill(-1));
    const beside = loopQueue(loopOf([10, 20], { 0: { tag: BANK } }), 2);
    for (let k = 0; k < 9; k += 1) takeItem(beside, 99, 0, BANK, UNTAGGED);
    expect(isStarving(beside)).toBe(false);
  });

  test('[P32] one outside its windows is passed, and first in line when its time comes', () => {
    const windows = [
      { startMs: 100, endMs: 150 },
      { startMs: 200, endMs: 230 },
    ];
    const queue = (): LoopQueue => loopQueue(loopOf([30, 20], { 0: { windows } }), 2);
    const takenAt = (...times: number[]): number[] => {
      const one = queue();
      return times.map((atMs) => takeItem(one, 99, atMs, UNTAGGED, UNTAGGED));
    };
    expect([99, 100, 120, 121, 199, 200, 201].map((atMs) => takenAt(atMs)[0])).toEqual([1, 0, 0, 1, 1, 0, 1]);
    expect(takenAt(0, 20, 40, 100, 130)).toEqual([1, 1, 1, 0, 1]);
    const closed = queue();
    for (let k = 0; k < 9; k += 1) takeItem(closed, 99, 0, UNTAGGED, UNTAGGED);
    expect(isStarving(closed)).toBe(false);
  });
});
