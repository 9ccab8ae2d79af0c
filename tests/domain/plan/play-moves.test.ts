/** A single play is moved to where gaps are most even; others give way only as far as they must and their limits allow. */
import { describe, expect, test } from 'vitest';
import { costOfAll, force, improve, type MoveSearch, moveSearch } from '../../../domain/plan/play-moves.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { taskOf } from '../../helpers/day-tasks.ts';
import { orderOf, type Plays, startsOf } from '../../helpers/play-orders.ts';

const MINUTE_MS = 60_000;

/** A search among the plays of tasks, which may have limits beside. */
function searchOf(...tasks: (Plays & { limits?: Partial<ProgramCommitment> })[]): MoveSearch {
  return moveSearch(
    tasks.map(({ limits = {} }) => taskOf(limits)),
    orderOf(tasks),
  );
}

const laid = ({ order }: MoveSearch): [number, number][] => startsOf(order);

describe('what a day costs', () => {
  test('[P13] gaps wider than the mean cost by their twelfth power, others nothing', () => {
    expect(costOfAll(searchOf({ starts: [0, 50, 100], durationMs: 10 }).order)).toBeCloseTo(3, 9);
    expect(costOfAll(searchOf({ starts: [0, 100], durationMs: 10 }).order)).toBeCloseTo(1 + 2 ** 12, 9);
    expect(costOfAll(searchOf({ starts: [0, 49], durationMs: 10 }).order)).toBeCloseTo(1, 9);
  });

  test('[P6] a gap below the least distance is not allowed', () => {
    const apart = (minGapMs: number): number =>
      costOfAll(searchOf({ starts: [0, 40], durationMs: 10, minGapMs }).order);
    expect(apart(40)).toBeCloseTo(1, 9);
    expect(apart(41)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a play put elsewhere', () => {
  /** Ids: the plays of the first task are 1 to 3, that of the second is 6. */
  const four = (room: [number, number]): MoveSearch =>
    searchOf({ starts: [0, 10, 40], durationMs: 10, room }, { starts: [60], durationMs: 10 });

  test('[P13] those in its way give way, no more than they have to', () => {
    const search = four([0, 1000]);
    expect(force(search, 6, 1, 12)).toBe(true);
    expect(laid(search)).toEqual([
      [0, 0],
      [1, 12],
      [0, 22],
      [0, 40],
    ]);
    expect(search.order.place[6]).toBe(1);
    expect(search.order.place[3]).toBe(3);
    expect(force(search, 6, 3, 55)).toBe(true);
    expect(laid(search)).toEqual([
      [0, 0],
      [0, 22],
      [0, 40],
      [1, 55],
    ]);
  });

  test('[P13] plays before it give way as well', () => {
    const search = searchOf({ starts: [10, 20], durationMs: 10 }, { starts: [60], durationMs: 10 });
    expect(force(search, 5, 2, 25)).toBe(true);
    expect(laid(search)).toEqual([
      [0, 5],
      [0, 15],
      [1, 25],
    ]);
  });

  test('[P13] where one cannot give way nothing is changed', () => {
    const before = laid(four([0, 49]));
    const search = four([0, 49]);
    for (const [to, atMs] of [
      [1, 9],
      [1, 31],
      [0, 1001],
      [0, -1],
    ] as const) {
      expect([to, atMs, force(search, 6, to, atMs)]).toEqual([to, atMs, false]);
      expect(laid(search)).toEqual(before);
    }
    expect(force(search, 6, 1, 29)).toBe(true);
    expect(laid(search)[3]).toEqual([0, 49]);
  });

  test('[P13] a move that shifts more than forty others is not made', () => {
    const rowFrom0 = (count: number): MoveSearch =>
      searchOf(
        { starts: Array.from({ length: count }, (_, k) => 10 * k), durationMs: 10 },
        { starts: [900], durationMs: 10, meanMs: 2000 },
      );
    expect(force(rowFrom0(40), 43, 0, 0)).toBe(true);
    expect(force(rowFrom0(41), 44, 0, 0)).toBe(false);
    const rowTo500 = (count: number): MoveSearch =>
      searchOf(
        { starts: Array.from({ length: count }, (_, k) => 500 - 10 * k).reverse(), durationMs: 10 },
        { starts: [600], durationMs: 10, meanMs: 2000 },
      );
    expect(force(rowTo500(40), 43, 40, 500)).toBe(true);
    expect(force(rowTo500(41), 44, 41, 500)).toBe(false);
  });

  test('[P6] the least distance to the play before and to the one after is kept', () => {
    const search = (): MoveSearch => searchOf({ starts: [0, 50, 100], durationMs: 10, minGapMs: 40 });
    expect([force(search(), 2, 1, 39), force(search(), 2, 1, 40)]).toEqual([false, true]);
    expect([force(search(), 2, 1, 61), force(search(), 2, 1, 60)]).toEqual([false, true]);
  });

  test('[P5] no hour gets more starts than are allowed in it, whichever of its plays is moved', () => {
    const minutes = (list: number[]): number[] => list.map((minute) => minute * MINUTE_MS);
    const search = (): MoveSearch =>
      searchOf({
        starts: minutes([30, 50, 95, 120]),
        durationMs: MINUTE_MS,
        room: [0, 200 * MINUTE_MS],
        meanMs: 30 * MINUTE_MS,
        limits: { maxPlaysPerHour: 2 },
      });
    const isAllowed = (id: number, minute: number): boolean => force(search(), id, id - 1, minute * MINUTE_MS);
    expect([isAllowed(3, 89), isAllowed(3, 90)]).toEqual([false, true]);
    expect([isAllowed(2, 61), isAllowed(2, 60)]).toEqual([false, true]);
    expect([isAllowed(1, 36), isAllowed(1, 35)]).toEqual([false, true]);
    // Guards stand for no play of the day.
    expect(isAllowed(4, 112)).toBe(true);
    expect(isAllowed(1, 5)).toBe(true);
  });
});

describe('the best move of a play', () => {
  test('[P13] it goes to the middle between its neighbours, and nowhere from there', () => {
    const search = searchOf({ starts: [0, 80, 100], durationMs: 10 });
    expect(improve(search, 2)).toBe(true);
    expect(laid(search).map(([, startMs]) => startMs)).toEqual([0, 50, 100]);
    expect(improve(search, 2)).toBe(false);
    expect(laid(search).map(([, startMs]) => startMs)).toEqual([0, 50, 100]);
  });

  test('[P13] a play that cannot give way is passed, on the side that leaves the gaps more even', () => {
    const fixed = { durationMs: 20, meanMs: 1000 };
    const search = searchOf({ starts: [0, 10, 100], durationMs: 10 }, { ...fixed, starts: [40], room: [40, 40] });
    expect(improve(search, 2)).toBe(true);
    expect(laid(search)).toEqual([
      [0, 0],
      [1, 40],
      [0, 60],
      [0, 100],
    ]);
    const other = searchOf({ starts: [0, 90, 100], durationMs: 10 }, { ...fixed, starts: [45], room: [45, 45] });
    expect(improve(other, 2)).toBe(true);
    expect(laid(other)).toEqual([
      [0, 0],
      [0, 35],
      [1, 45],
      [0, 100],
    ]);
  });

  test('[P13] a play that can give way does', () => {
    const search = searchOf({ starts: [0, 10, 100], durationMs: 10 }, { starts: [45], durationMs: 20, meanMs: 1000 });
    expect(improve(search, 2)).toBe(true);
    const own = laid(search).filter(([task]) => task === 0);
    expect(own[1]).toEqual([0, 50]);
  });

  test('[P13] it stays between its earliest and its latest start', () => {
    const early = searchOf({ starts: [0, 10, 100], durationMs: 10, room: [0, 30] });
    expect(improve(early, 2)).toBe(false);
    expect(laid(early)[1]).toEqual([0, 10]);
  });
});
