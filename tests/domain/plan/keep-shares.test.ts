/** Shares of plays and airtime are reached and hardly exceeded; where they cannot be, the least important gives way. */
import { describe, expect, test } from 'vitest';
import type { PlanningDay } from '../../../domain/plan/day-task.ts';
import { keepShares } from '../../../domain/plan/keep-shares.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { FILLER, type SlotColumns } from '../../../domain/plan/slot-columns.ts';
import { columnsOf, dayOf, film, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const SLOT_MS = 36_000;
const SLOTS = 100;

/** An hour of a hundred slots, the films and the loop of one length. */
const dayWith = (...wishes: Partial<ProgramCommitment>[]): PlanningDay =>
  dayOf(
    smallProgram(
      wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(0.6)], ...wish })),
      60,
      { loop: [{ item: 'loop', durationMs: SLOT_MS }] },
    ),
  );

/** Every slot of the hour: so many plays of each task one after another, then the loop. Null where they are too many. */
function slotsFor(day: PlanningDay, counts: readonly number[], slots = SLOTS): SlotColumns | null {
  const tasks = counts.flatMap((count, i) => Array.from({ length: count }, () => i));
  if (tasks.length > slots) return null;
  const all = Array.from({ length: slots }, (_, k) => tasks[k] ?? FILLER);
  return columnsOf(
    all.map((_, k) => day.nowMs + k * SLOT_MS),
    all,
  );
}

/** How many of `columns` each task of `day` has. */
const countsOf = (day: PlanningDay, columns: SlotColumns | null): number[] | null =>
  columns && day.tasks.map((_, i) => columns.task.filter((task) => task === i).length);

/** How many plays each task of `day` gets, null where no plan is found; `mostOf` are counts that no sweep manages more of. */
function kept(day: PlanningDay, mostOf: readonly number[] = [], promised = day.tasks.map(() => 0)): number[] | null {
  const make = (counts: readonly number[]): SlotColumns | null =>
    counts.some((count, i) => count > (mostOf[i] ?? SLOTS)) ? null : slotsFor(day, counts);
  return countsOf(day, keepShares(day, promised, { sweep: make, pack: () => null }));
}

describe('shares that can be had', () => {
  test('[P8] each is reached, and no play more', () => {
    expect(kept(dayWith({ minShare: 0.25 }))).toEqual([25]);
    expect(kept(dayWith({ minShare: 0.255 }))).toEqual([26]);
    expect(kept(dayWith({ minShare: 0.25 }, { minShare: 0.5 }, {}))).toEqual([25, 50, 0]);
    expect(kept(dayWith({ minAirtimeShare: 0.3 }))).toEqual([30]);
  });

  test('[P8] a count above the share is kept', () => {
    expect(kept(dayWith({ minShare: 0.25, minPlays: 40 }, { minPlays: 7 }), [], [40, 7])).toEqual([40, 7]);
  });
});

describe('days that show another number of plays than expected', () => {
  test.each([
    [80, [20, 40]],
    [96, [24, 48]],
  ])('[P8] of %i plays each share is reached, and not exceeded', (slots, counts) => {
    const day = dayWith({ minShare: 0.25 }, { minShare: 0.5 });
    const sweep = (asked: readonly number[]): SlotColumns | null => slotsFor(day, asked, slots);
    expect(countsOf(day, keepShares(day, [0, 0], { sweep, pack: () => null }))).toEqual(counts);
  });

  test('[P8] of more plays than expected each share is reached, with a play too many at most', () => {
    const day = dayWith({ minShare: 0.25 }, { minShare: 0.5 });
    const sweep = (asked: readonly number[]): SlotColumns | null => slotsFor(day, asked, 120);
    const [first, second] = countsOf(day, keepShares(day, [0, 0], { sweep, pack: () => null })) ?? [];
    expect([30, 31]).toContain(first);
    expect([60, 61]).toContain(second);
  });

  test('[P8] a share that only one plan keeps is taken with what is too much', () => {
    const day = dayWith({ minShare: 0.25 });
    const asked: (readonly number[])[] = [];
    const pack = (counts: readonly number[]): SlotColumns | null => {
      asked.push(counts);
      return slotsFor(day, [40]);
    };
    expect(countsOf(day, keepShares(day, [0], { sweep: () => null, pack }))).toEqual([40]);
    expect(asked).toEqual([[25]]);
  });
});

describe('shares that cannot', () => {
  test('[P8] the least important gives way, and no more of it than has to', () => {
    const shares = (one: number, other: number): number[] | null =>
      kept(dayWith({ minShare: 0.6, priority: one }, { minShare: 0.6, priority: other }));
    const [first, second] = shares(1, 0) ?? [];
    expect(first).toBe(60);
    expect(second).toBeGreaterThan(37);
    expect(second).toBeLessThanOrEqual(40);
    expect(shares(0, 1)?.[1]).toBe(60);
  });

  test('[P8] a share that limits forbid hinders no other', () => {
    const [first, second] = kept(dayWith({ minShare: 0.5, priority: 1 }, { minShare: 0.3 }), [20]) ?? [];
    expect(first).toBeGreaterThan(17);
    expect(first).toBeLessThanOrEqual(20);
    expect(second).toBe(30);
  });

  test('[P8] where counts alone cannot be had no plan is found', () => {
    expect(kept(dayWith({ minShare: 0.5, minPlays: 30 }), [20], [30])).toBeNull();
    expect(kept(dayWith({ minPlays: 30 }), [20], [30])).toBeNull();
  });
});

describe('ways to make slots', () => {
  test('[P8] where a sweep does not manage, any placing does', () => {
    const day = dayWith({ minShare: 0.25 });
    const columns = keepShares(day, [0], { sweep: () => null, pack: (counts) => slotsFor(day, counts) });
    expect(columns?.task.filter((task) => task === 0)).toHaveLength(25);
  });

  test('[P23] the work of all plans is bounded', () => {
    const wishes = Array.from({ length: 20 }, () => ({ minShare: 0.6, minPlays: 50_000 }));
    const day = dayWith(...wishes);
    let made = 0;
    const none = (): null => {
      made += 1;
      return null;
    };
    const promised = wishes.map(({ minPlays }) => minPlays);
    expect(keepShares(day, promised, { sweep: none, pack: none })).toBeNull();
    // Twenty promises times a million plays, five times.
    expect(made).toBe(5);
  });

  test('[P23] nothing is planned again where no share can give way', () => {
    let made = 0;
    const none = (): null => {
      made += 1;
      return null;
    };
    expect(keepShares(dayWith({ minPlays: 30 }, {}), [30, 0], { sweep: none, pack: none })).toBeNull();
    expect(made).toBe(2);
  });
});
