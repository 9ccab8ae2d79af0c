/** The search for any placing: it takes back wrong choices, proves what cannot be, and says when its work is used up. */
import { describe, expect, test } from 'vitest';
import { evenPlaces } from '../../../domain/plan/even-places.ts';
import { evenSequence, type Placed, packSearch } from '../../../domain/plan/pack-search.ts';
import { type PackTask, packTask } from '../../../domain/plan/pack-task.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

type Wish = Partial<ProgramCommitment> & { minPlays: number };

const packs = (wishes: Wish[], keepsGap = false, openMin = 60): PackTask[] =>
  dayOf(
    smallProgram(
      wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish })),
      openMin,
    ),
  ).tasks.flatMap((task) => packTask(task, task.required, keepsGap) ?? []);

const PLENTY = 1_000_000;

/** What a search finds as [task, minute after opening], or the kind of its failure. */
function search(wishes: Wish[], keepsGap = false, budget = PLENTY, openMin = 60): [number, number][] | string {
  const outcome = packSearch(packs(wishes, keepsGap, openMin), budget);
  if (outcome.kind !== 'found') return outcome.kind;
  return outcome.plays.map(({ index, startMs }) => [index, (startMs - minute(0)) / 60_000]);
}

describe('search for a placing', () => {
  test('[P4] a day that only one order fills', () => {
    const wishes = [
      { minPlays: 1, items: [film(20)], dayParts: [part(0, 30)] },
      { minPlays: 1, dayParts: [part(0, 10)] },
      { minPlays: 3, dayParts: [part(20, 60)] },
    ];
    expect(search(wishes)).toEqual([
      [1, 0],
      [0, 10],
      [2, 30],
      [2, 40],
      [2, 50],
    ]);
  });

  test('[P4] a first choice that leads nowhere is taken back', () => {
    // The long film is the more urgent one by its latest start (15), but the short one fits only before it.
    const wishes = [
      { minPlays: 1, items: [film(45)] },
      { minPlays: 1, items: [film(5)], dayParts: [part(0, 22)] },
    ];
    expect(search(wishes)).toEqual([
      [1, 0],
      [0, 5],
    ]);
  });

  test('[P4] what cannot be is proved', () => {
    const dayParts = [part(0, 15)];
    expect(
      search([
        { minPlays: 1, dayParts },
        { minPlays: 1, dayParts },
      ]),
    ).toBe('impossible');
    // Forty minutes on end and ten in the middle of the hour: enough time, and no order.
    expect(
      search([
        { minPlays: 1, items: [film(40)] },
        { minPlays: 1, dayParts: [part(20, 40)] },
      ]),
    ).toBe('impossible');
  });

  test('[P5] [P6] limits move starts on', () => {
    expect(search([{ minPlays: 3, minGapMs: 1_200_000 }, { minPlays: 3 }])).toEqual([
      [0, 0],
      [1, 10],
      [0, 20],
      [1, 30],
      [0, 40],
      [1, 50],
    ]);
    expect(search([{ minPlays: 3, maxPlaysPerHour: 2 }], false, PLENTY, 70)).toEqual([
      [0, 0],
      [0, 10],
      [0, 60],
    ]);
  });

  test('[P4] no plays are a placing', () => {
    expect(packSearch([], 0)).toEqual({ kind: 'found', plays: [] });
  });
});

describe('largest gaps', () => {
  const wishes = (maxGapMin: number): Wish[] => [
    { minPlays: 1, dayParts: [part(5, 60)] },
    { minPlays: 2, maxGapMs: maxGapMin * 60_000 },
  ];

  test('[P7] are kept only where asked for', () => {
    expect(search(wishes(15), false)).toEqual([
      [1, 0],
      [0, 10],
      [1, 20],
    ]);
    expect(search(wishes(15), true)).toEqual([
      [1, 0],
      [1, 10],
      [0, 20],
    ]);
    expect(search(wishes(10), true)).not.toBe('impossible');
    expect(search([{ minPlays: 2, maxGapMs: 600_000, minGapMs: 660_000 }], true)).toBe('impossible');
  });

  test('[P7] time in which the windows are closed is no gap', () => {
    const dayParts = [part(0, 10), part(40, 60)];
    expect(search([{ minPlays: 3, maxGapMs: 900_000, dayParts }], true)).toEqual([
      [0, 0],
      [0, 40],
      [0, 50],
    ]);
  });
});

describe('work', () => {
  const two = [{ minPlays: 1 }, { minPlays: 1 }];

  test('[P23] a branch costs as much as there are tasks, and the end of the budget is said', () => {
    expect(search(two, false, 4)).toHaveLength(2);
    expect(search(two, false, 3)).toBe('work-bound');
    expect(search(two, false, 0)).toBe('work-bound');
  });

  test('[P23] states seen before are not searched again', () => {
    // Seven films that take two minutes more than there are: 7! orders, but 2^7 sets.
    const wishes: Wish[] = Array.from({ length: 7 }, (_, k) => ({ minPlays: 1, items: [film(8 + (k % 3))] }));
    expect(search(wishes, false, 7 * 500)).toBe('impossible');
  });

  test('[P4] of two states with the same plays the one whose limits bind later is not lost', () => {
    // After a, a, b in any order: only where a came early can its third play still be on time.
    const wishes = [
      { minPlays: 3, items: [film(5)], minGapMs: 1_500_000 },
      { minPlays: 1, items: [film(20)], dayParts: [part(0, 25)] },
      { minPlays: 1, items: [film(20)], dayParts: [part(25, 60)] },
    ];
    expect(search(wishes)).toEqual([
      [0, 0],
      [1, 5],
      [0, 25],
      [2, 30],
      [0, 50],
    ]);
  });
});

describe('the same plays in turns', () => {
  /** The tasks of a found placing in order, before and after. */
  function orders(wishes: Wish[], even: (all: PackTask[]) => Float64Array[] = evenPlaces): [string, string] {
    const all = packs(wishes);
    const outcome = packSearch(all, PLENTY);
    if (outcome.kind !== 'found') throw new Error(outcome.kind);
    const order = (plays: readonly Placed[]): string => plays.map(({ index }) => index).join('');
    return [order(outcome.plays), order(evenSequence(all, outcome.plays, even(all), null))];
  }

  test('[P34] what has the most to do no longer goes first', () => {
    expect(orders([{ minPlays: 5 }, { minPlays: 1 }])).toEqual(['000001', '000100']);
  });

  test('[P34] and what has to be over first still is', () => {
    const [, order] = orders([{ minPlays: 3 }, { minPlays: 3, dayParts: [part(0, 40)] }]);
    expect(order).toMatch(/^(?=.{6}$)[01]{4}00$/);
  });

  test('[P34] where turns come to nothing the order found stands', () => {
    const wishes = [
      { minPlays: 3, items: [film(10)] },
      { minPlays: 3, items: [film(10)], dayParts: [part(0, 30)] },
    ];
    const [found, order] = orders(wishes, (all) =>
      all.map(({ plays }, i) => new Float64Array(plays).fill(minute(i * 30))),
    );
    expect(order).toBe(found);
  });
});
