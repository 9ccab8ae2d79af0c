/** How many plays a share of plays or of airtime comes to, with the loop that fills what is left. */
import { describe, expect, test } from 'vitest';
import type { PlanningDay } from '../../../domain/plan/day-task.ts';
import {
  expectedDay,
  mostPlays,
  neededPlays,
  playsOfShare,
  playsUntilClosing,
} from '../../../domain/plan/share-plays.ts';
import { dayOf, film, minute, smallProgram, taskOf } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const starts = (count: number): number[] => Array.from({ length: count }, (_, k) => minute(-30 + k));

/** An hour with a loop item of 15 s and films of half a minute. */
const hour = (minShares: (number | null)[], minPlays: number[] = [], played: number[] = []): PlanningDay =>
  dayOf(
    smallProgram(
      minShares.map((minShare, k) =>
        commitmentOf(`c${k}`, { minShare, minPlays: minPlays[k] ?? 0, items: [film(0.5)] }),
      ),
      60,
      { loop: [{ item: 'loop', durationMs: 15_000 }] },
    ),
    0,
    Object.fromEntries(played.map((count, k) => [`c${k}`, { playsByItem: [count], starts: starts(count) }])),
  );

describe('plays that a share needs', () => {
  test.each([
    [0.25, 0, 100, 25],
    [0.25, 5, 100, 20],
    [0.25, 5, 101, 21],
    [0.25, 30, 100, 0],
    [null, 0, 100, 0],
    // 0.1 · 30 is 3.0000000000000004: a rounding error is no play.
    [0.1, 0, 30, 3],
    [1, 0, 7, 7],
  ])('[P8] share %d, %d shown, %d in all: %d', (minShare, shown, total, plays) => {
    expect(playsOfShare(taskOf({ minShare }, starts(shown)), { plays: total, shownMs: 0 })).toBe(plays);
  });

  test.each([
    [0.5, [film(10)], 0, 60, 3],
    [0.5, [film(10)], 0, 61, 4],
    [0.5, [film(10)], 1, 60, 2],
    [0.5, [film(10)], 4, 60, 0],
    // 10 + 20 minutes reach thirty; a second more takes a third play.
    [0.5, [film(10), film(20)], 0, 60, 2],
    [0.5, [film(10), film(20)], 0, 60.1, 3],
    [0, [film(10), film(20)], 0, 60, 0],
    // Exactly reached: 10 + 20 + 10 minutes of eighty.
    [0.5, [film(10), film(20)], 0, 80, 3],
    // One item after the other is as one alone: 0.1 of 30 · 10 minutes is 3.0000000000000004 plays.
    [0.1, [film(10)], 0, 300, 3],
    [null, [film(10), film(20)], 0, 60, 0],
  ])('[P8] airtime share %d of items %j, %d shown, %d minutes in all: %d', (share, items, shown, total, plays) => {
    const task = taskOf({ minAirtimeShare: share, items }, starts(shown));
    expect(playsOfShare(task, { plays: 0, shownMs: total * 60_000 })).toBe(plays);
  });

  test('[P8] the most a task can have: no pause, and its limits where a share binds', () => {
    const most = (over: Parameters<typeof taskOf>[0]): number | undefined =>
      mostPlays(dayOf(smallProgram([commitmentOf('a', { items: [film(1)], ...over })])))[0];
    expect(most({})).toBe(60);
    expect(most({ minShare: 0.5 })).toBe(60);
    expect(most({ minShare: 0.5, maxPlaysPerHour: 10 })).toBe(10);
    expect(most({ minShare: 0.5, minGapMs: 120_000 })).toBe(30);
    expect(most({ minAirtimeShare: 0.5, minGapMs: 120_000 })).toBe(30);
    expect(most({ minGapMs: 120_000 })).toBe(60);
  });

  test('[P12] needed is the larger of minimum and share', () => {
    expect(neededPlays(hour([0.25, 0.25, null], [10, 40, 3], [4]), { plays: 100, shownMs: 0 })).toEqual([21, 40, 3]);
  });
});

describe('all plays until closing', () => {
  test('[P8] the loop fills what promised plays leave', () => {
    expect(playsUntilClosing(hour([null]), [40])).toBe(40 + 160);
    expect(playsUntilClosing(hour([null, null]), [40, 60])).toBe(100 + 40);
    expect(playsUntilClosing(hour([null]), [])).toBe(240);
  });

  test('[P8] where nothing is left or nothing loops, the loop has no plays', () => {
    expect(playsUntilClosing(hour([null]), [120])).toBe(120);
    expect(playsUntilClosing(hour([null]), [121])).toBe(121);
    const noLoop = dayOf(smallProgram([commitmentOf('a')], 60, { loop: [] }));
    expect(playsUntilClosing(noLoop, [40])).toBe(40);
  });
});

describe('the day that a share comes to', () => {
  test('[P8] share and loop settle at the fixed point', () => {
    // M = s + (3600 − 30 s) / 15 = 240 − s and s = M / 4 give M = 192.
    expect(expectedDay(hour([0.25]), [0], 0, 0)).toEqual({ plays: [48], total: 192 });
  });

  test('[P8] what an earlier plan had more, and a margin, raise the plays asked for', () => {
    // M = 240 − s + 16: s = 51.2; and s = 0.275 M: s = 51.76.
    expect(expectedDay(hour([0.25]), [0], 16, 0)).toEqual({ plays: [52], total: 52 + 136 + 16 });
    expect(expectedDay(hour([0.25]), [0], 0, 0.1)).toEqual({ plays: [52], total: 188 });
    expect(expectedDay(hour([0.25]), [0], 0, -0.2).plays).toEqual([40]);
  });

  test('[P8] what was shown counts on both sides', () => {
    // M = 10 + 240 − s and s = M / 4 − 10 give M = 208.
    expect(expectedDay(hour([0.25], [], [10]), [0], 0, 0)).toEqual({ plays: [42], total: 208 });
  });

  test('[P8] exact plays are part of what the share asks for', () => {
    const exact = (minShare: number): PlanningDay =>
      dayOf(
        smallProgram(
          [commitmentOf('a', { minShare, items: [film(0.5)], exactTimes: ['08:10', '08:20'], minPlays: 2 })],
          60,
          { loop: [{ item: 'loop', durationMs: 15_000 }] },
        ),
      );
    // M = 2 + s + (3540 − 30 s) / 15 = 238 − s and s = M / 4 − 2 give M = 192 and s = 46.
    expect(expectedDay(exact(0.25), [0], 0, 0)).toEqual({ plays: [46], total: 192 });
    expect(neededPlays(exact(0.25), { plays: 192, shownMs: 0 })).toEqual([46]);
  });

  test('[P8] a count above its share stays, and others are left alone', () => {
    expect(expectedDay(hour([0.25, null], [60, 10]), [60, 10], 0, 0)).toEqual({ plays: [60, 10], total: 170 });
  });

  test('[P8] shares of more than a whole come to no more than fits without a pause', () => {
    const { plays } = expectedDay(hour([0.8, 0.8]), [0, 0], 0, 0);
    expect(plays).toEqual([120, 120]);
    expect(expectedDay(hour([0.8]), [0], 0, 1).plays).toEqual([120]);
    expect(expectedDay(hour([0.5]), [0], -1000, 0).total).toBe(0);
  });
});
