/** Which counts a day that cannot hold all of them keeps: the less important gives way, and no more of it than has to. */
import { describe, expect, test } from 'vitest';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { packCounts, type ShortCause, settleCounts } from '../../../domain/plan/settle-counts.ts';
import { columnsOf, dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

type Wish = Partial<ProgramCommitment> & { minPlays: number };

const MINUTE_MS = 60_000;

/** What was settled: counts of the plan made, the kind of every cause, how it was made, and the counts that were swept on the way. */
type Settled = {
  counts: number[];
  causes: Record<number, ShortCause>;
  kinds: Record<number, ShortCause['kind']>;
  madeBy: 'sweep' | 'search';
  swept: number[][];
};

/** Settles `wishes`; `sweeps` says for which counts a sweep manages. */
function settle(wishes: Wish[], sweeps: (counts: readonly number[]) => boolean = () => false, openMin = 60): Settled {
  const commitments = wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish }));
  const day = dayOf(smallProgram(commitments, openMin));
  const swept: number[][] = [];
  let counts: number[] = [];
  let madeBy: Settled['madeBy'] = 'search';
  const { causes } = settleCounts(
    day,
    day.tasks.map((task) => task.required),
    {
      sweep: (asked) => {
        swept.push([...asked]);
        if (!sweeps(asked)) return null;
        counts = [...asked];
        madeBy = 'sweep';
        return columnsOf([], []);
      },
      place: (_, indexOf, plays) => {
        counts = day.tasks.map((__, i) => plays.filter(({ index }) => indexOf[index] === i).length);
        return columnsOf([], []);
      },
    },
  );
  const kinds = Object.fromEntries([...causes].map(([i, cause]) => [i, cause.kind]));
  return { counts, causes: Object.fromEntries(causes), kinds, madeBy, swept };
}

const always = (): boolean => true;

describe('small days', () => {
  test('[P9] what does not fit alone is cut to what does', () => {
    const { counts, kinds, madeBy } = settle([{ minPlays: 9 }], always);
    expect([counts, kinds, madeBy]).toEqual([[6], { 0: 'alone' }, 'sweep']);
  });

  test('[P9] what fits is left alone and has no cause', () => {
    expect(settle([{ minPlays: 3 }, { minPlays: 3 }])).toMatchObject({ counts: [3, 3], causes: {}, madeBy: 'search' });
    expect(settle([{ minPlays: 0 }])).toMatchObject({ counts: [0], causes: {}, swept: [[0]] });
  });

  test('[P9] among equals the later one gives way, by no more than overflows, and its rivals are named', () => {
    const { counts, causes } = settle([{ minPlays: 4 }, { minPlays: 4 }]);
    expect(counts).toEqual([4, 2]);
    expect(causes).toEqual({
      1: {
        kind: 'overload',
        rivals: [0],
        span: {
          startMs: minute(0),
          endMs: minute(60),
          overflowMs: 20 * MINUTE_MS,
          indexes: [0, 1],
          forced: [4, 4],
        },
      },
    });
  });

  test('[P9] the lower priority gives way before the later one', () => {
    expect(settle([{ minPlays: 4, priority: -1 }, { minPlays: 4 }]).counts).toEqual([2, 4]);
    expect(settle([{ minPlays: 4 }, { minPlays: 4, priority: 2 }, { minPlays: 4, priority: 1 }]).counts).toEqual([
      0, 4, 2,
    ]);
  });

  test('[P9] who has nothing left to give is followed by the next, with what still overflows', () => {
    const { counts, causes } = settle([{ minPlays: 6 }, { minPlays: 6 }, { minPlays: 1 }]);
    expect(counts).toEqual([6, 0, 0]);
    expect(causes).toMatchObject({
      2: { kind: 'overload', rivals: [0, 1], span: { overflowMs: 70 * MINUTE_MS } },
      1: { kind: 'overload', rivals: [0], span: { overflowMs: 60 * MINUTE_MS } },
    });
  });

  test('[P9] [P20] what one overload took is given back where another one has relieved it', () => {
    // The evening is overbooked most and takes two plays of the last; then the hour is, by the first two alone.
    const wishes = [
      { minPlays: 3, items: [film(6.5)], minGapMs: 9 * MINUTE_MS, priority: 1 },
      { minPlays: 2, items: [film(1.5)], dayParts: [part(35, 43)], priority: 1 },
      { minPlays: 4, items: [film(5)], dayParts: [part(17, 43)], minGapMs: 16 * MINUTE_MS, priority: 2 },
      { minPlays: 4, items: [film(5)], dayParts: [part(36, 44)], minGapMs: 13 * MINUTE_MS, priority: 1 },
      { minPlays: 4, items: [film(4)], dayParts: [part(3, 39)], minGapMs: 9 * MINUTE_MS },
    ];
    expect(settle(wishes, () => false, 44).counts).toEqual([3, 2, 2, 0, 2]);
  });

  test('[P9] half a play too many costs a whole one', () => {
    expect(settle([{ minPlays: 4 }, { minPlays: 2, items: [film(15)] }]).counts).toEqual([4, 1]);
  });

  test('[P9] what only a complete search refuses goes to the more important one', () => {
    const wishes = (priority: number): Wish[] => [
      { minPlays: 1, items: [film(40)] },
      { minPlays: 1, dayParts: [part(20, 40)], priority },
    ];
    expect(settle(wishes(0))).toMatchObject({ counts: [1, 0], kinds: { 1: 'searched' } });
    expect(settle(wishes(1))).toMatchObject({ counts: [0, 1], kinds: { 0: 'searched' } });
  });

  test('[P9] of the one that gives way as many are kept as fit', () => {
    // Beside a film of forty minutes at one end of the hour, twenty minutes at the other: two of the five plays in between.
    const wishes = [
      { minPlays: 1, items: [film(40)] },
      { minPlays: 5, items: [film(4)], dayParts: [part(12, 48)] },
    ];
    expect(settle(wishes)).toMatchObject({ counts: [1, 2], kinds: { 1: 'searched' } });
  });
});

describe('many promises', () => {
  /** A film of forty minutes, a play in the middle of the hour that it leaves no room for, and fifteen that fit after both. */
  const wishes: Wish[] = [
    { minPlays: 1, items: [film(40)], dayParts: [part(0, 60)], priority: 2 },
    { minPlays: 1, dayParts: [part(20, 40)], priority: 1 },
    ...Array.from({ length: 15 }, () => ({ minPlays: 2, items: [film(1)], dayParts: [part(60, 120)] })),
  ];

  test('[P9] however many there are, all that fit beside what does not get theirs', () => {
    const { counts, kinds } = settle(wishes, () => false, 120);
    expect(counts).toEqual([1, 0, ...Array.from({ length: 15 }, () => 2)]);
    expect(kinds).toEqual({ 1: 'searched' });
  });

  test('[P23] on a large day no more than twelve plans are made to give plays back', () => {
    const many = wishes.map((wish) => (wish.minPlays === 2 ? { ...wish, minPlays: 5, items: [film(0.1)] } : wish));
    const isLess = (counts: readonly number[]): boolean => counts.reduce((sum, count) => sum + count, 0) < 30;
    const { swept } = settle(many, isLess, 120);
    const firstPlan = swept.findIndex(isLess);
    expect(swept.length - 1 - firstPlan).toBe(12);
  });
});

describe('large days', () => {
  /** An order that no proof of overload sees through, and plays enough to make the day a large one. */
  const knot = (many: number): Wish[] => [
    { minPlays: 1, items: [film(40)], dayParts: [part(0, 60)], priority: 2 },
    { minPlays: 1, dayParts: [part(20, 40)], priority: 1 },
    { minPlays: many, items: [film(0.1)], dayParts: [part(60, 120)] },
  ];

  test('[P9] a sweep that manages decides at once', () => {
    expect(settle(knot(100), always, 120)).toMatchObject({ counts: [1, 1, 100], causes: {}, madeBy: 'sweep' });
  });

  test('[P9] [P23] ever more gives way until a plan is found, then as much as fits is given back, and nothing is tried twice', () => {
    const { swept, counts, kinds } = settle(knot(100), ([, middle = 0, last = 0]) => middle === 1 && last < 80, 120);
    expect(swept.map(([, , last]) => last)).toEqual([100, 99, 97, 93, 85, 69, 84, 76, 80, 78, 79]);
    expect([counts, kinds]).toEqual([[1, 1, 79], { 2: 'searched' }]);
  });

  test('[P9] who was dropped for nothing gets all back', () => {
    const { counts, kinds, madeBy } = settle(knot(73), () => false, 120);
    expect([counts, kinds, madeBy]).toEqual([[1, 0, 73], { 1: 'searched' }, 'search']);
  });

  test('[P23] where a search cannot end within its budget it is not begun', () => {
    const commitments = Array.from({ length: 2001 }, (_, k) =>
      commitmentOf(`c${k}`, { minPlays: 3, items: [{ item: 'flash', durationMs: 500, weight: 1 }] }),
    );
    const day = dayOf(smallProgram(commitments));
    const counts = commitments.map(() => 3);
    expect(packCounts(day, counts, false)).toEqual({ packs: [], indexOf: [], outcome: { kind: 'work-bound' } });
    expect(packCounts(day, [...counts.slice(0, 10), ...counts.slice(10).fill(0)], false).outcome.kind).toBe('found');
  });

  test('[P23] a huge day gives its time to the first, and says so of the others', () => {
    const flash = { minPlays: 60_000, items: [{ item: 'flash', durationMs: 100, weight: 1 }] };
    const { counts, kinds } = settle([flash, flash], () => true);
    expect([counts, kinds]).toEqual([[36_000, 0], { 0: 'alone', 1: 'work-bound' }]);
  });

  test('[P23] a proved overload on a large day costs no search', () => {
    const commitments = [80, 80].map((minPlays, k) => commitmentOf(`c${k}`, { minPlays, items: [film(0.5)] }));
    const day = dayOf(smallProgram(commitments));
    expect(packCounts(day, [80, 80], false).outcome).toEqual({ kind: 'impossible' });
    const { outcome, indexOf, packs } = packCounts(day, [0, 80], false);
    expect([outcome.kind, indexOf, packs.length]).toEqual(['found', [1], 1]);
    expect(packCounts(day, [121, 0], false)).toMatchObject({ packs: [], outcome: { kind: 'impossible' } });
  });

  test('[P9] more than day parts hold is impossible, of one promise as of two together', () => {
    const commitments = [80, 80].map((minPlays, k) =>
      commitmentOf(`c${k}`, { minPlays, items: [film(0.5)], dayParts: [part(0, 30)] }),
    );
    const day = dayOf(smallProgram(commitments));
    expect(packCounts(day, [61, 0], false).outcome).toEqual({ kind: 'impossible' });
    expect(packCounts(day, [40, 40], false).outcome).toEqual({ kind: 'impossible' });
    expect(packCounts(day, [30, 30], false).outcome.kind).toBe('found');
  });
});
