/** A placing that is as early as can be is spread over the day, in its order and within every limit. */
import { describe, expect, test } from 'vitest';
import { evenPlaces } from '../../../domain/plan/even-places.ts';
import { loopQueue } from '../../../domain/plan/loop-queue.ts';
import { packTask } from '../../../domain/plan/pack-task.ts';
import { placeSequence } from '../../../domain/plan/place-sequence.ts';
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { WEEKDAYS } from '../../../domain/time/weekday.ts';
import { dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

type Wish = Partial<ProgramCommitment> & { minPlays: number };
const MINUTE_MS = 60_000;

/** Slots as [task (-1: loop), minute, item] for ten-minute films found at `found`, [task, minute], with a loop of half minutes. */
function placed(
  wishes: Wish[],
  found: [number, number][],
  { keepsGaps = false, ...over }: { keepsGaps?: boolean } & Partial<Program> = {},
): [number, number, number][] {
  const commitments = wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish }));
  const day = dayOf(smallProgram(commitments, 60, over));
  const indexOf = day.tasks.flatMap(({ required }, i) => (required > 0 ? [i] : []));
  const packs = indexOf.flatMap((i) => {
    const task = day.tasks[i];
    return (task && packTask(task, task.required, keepsGaps)) ?? [];
  });
  const plays = found.map(([task, at]) => ({ index: indexOf.indexOf(task), startMs: minute(at) }));
  const { startMs, task, item } = placeSequence(
    day,
    packs,
    indexOf,
    plays,
    evenPlaces(packs),
    loopQueue(day.loop, day.loop.length),
  );
  return Array.from(startMs, (start, k) => [task[k] ?? 0, (start - minute(0)) / MINUTE_MS, item[k] ?? 0]);
}
const playsOf = (slots: [number, number, number][]): number[][] =>
  slots.filter(([task]) => task >= 0).map(([task, at]) => [task, at]);
const fillerOf = (slots: [number, number, number][]): number[] =>
  slots.filter(([task]) => task < 0).map(([, at]) => at);

describe('a placing that is as early as can be', () => {
  test('[P11] is spread evenly over the windows, with the loop in between and to closing', () => {
    const slots = placed(
      [{ minPlays: 3 }],
      [
        [0, 0],
        [0, 10],
        [0, 20],
      ],
    );
    expect(playsOf(slots)).toEqual([
      [0, 8.5],
      [0, 25],
      [0, 42],
    ]);
    expect(fillerOf(slots)).toHaveLength(60);
    expect(fillerOf(slots)[0]).toBe(0);
    const [one] = playsOf(placed([{ minPlays: 1 }], [[0, 0]]));
    expect(one).toEqual([0, 25]);
    const early = placed([{ minPlays: 1, dayParts: [part(0, 30)] }], [[0, 0]]);
    expect(playsOf(early)).toEqual([[0, 10]]);
    expect(fillerOf(early).at(-1)).toBe(59.5);
  });

  test('[P4] keeps the order of the plays, and tasks without any are left out', () => {
    const slots = placed(
      [{ minPlays: 2 }, { minPlays: 0 }, { minPlays: 1, dayParts: [part(0, 30)] }],
      [
        [0, 0],
        [2, 10],
        [0, 20],
      ],
    );
    expect(playsOf(slots)).toEqual([
      [0, 10],
      [2, 20],
      [0, 37.5],
    ]);
  });

  test('[P4] leaves those after it their time', () => {
    const slots = placed(
      [{ minPlays: 1 }, { minPlays: 2, dayParts: [part(0, 40)] }],
      [
        [0, 0],
        [1, 10],
        [1, 20],
      ],
    );
    expect(playsOf(slots)).toEqual([
      [0, 10],
      [1, 20],
      [1, 30],
    ]);
  });

  test('[P6] [P5] keeps the least distance and the limit an hour', () => {
    const apart = placed(
      [{ minPlays: 3, minGapMs: 24 * MINUTE_MS }],
      [
        [0, 0],
        [0, 24],
        [0, 48],
      ],
    );
    expect(playsOf(apart)).toEqual([
      [0, 2],
      [0, 26],
      [0, 50],
    ]);
    // Of seventy minutes the first has to start in the ninth, so that the second is an hour later and still in time.
    const openingHours = [{ days: [...WEEKDAYS], ...part(0, 70) }];
    const hourly = placed(
      [{ minPlays: 2, maxPlaysPerHour: 1, items: [film(1)] }],
      [
        [0, 0],
        [0, 60],
      ],
      { openingHours },
    );
    expect(playsOf(hourly)).toEqual([
      [0, 9],
      [0, 69],
    ]);
  });

  test('[P10] gives the plays their items in turn', () => {
    const items = [film(10), { ...film(10), item: 'other' }];
    const slots = placed(
      [{ minPlays: 3, items }],
      [
        [0, 0],
        [0, 10],
        [0, 20],
      ],
    );
    expect(slots.filter(([task]) => task === 0).map(([, , item]) => item)).toEqual([0, 1, 0]);
  });
});

describe('where plays have to stay', () => {
  const found: [number, number][] = [
    [0, 5],
    [0, 20],
  ];

  test('[P7] with a largest gap that was kept', () => {
    const wishes = [{ minPlays: 2, maxGapMs: 40 * MINUTE_MS }];
    const early: [number, number][] = [
      [0, 0],
      [0, 10],
    ];
    expect(playsOf(placed(wishes, early, { keepsGaps: true }))).toEqual(early);
    expect(playsOf(placed(wishes, early))).toEqual([
      [0, 12.5],
      [0, 37.5],
    ]);
  });

  test('[P30] with tags, and the loop keeps away from its own', () => {
    const bank = { separation: 'bank' };
    const loop = [
      { item: 'loop-bank', durationMs: 30_000, ...bank },
      { item: 'loop-plain', durationMs: 60_000 },
    ];
    const slots = placed([{ minPlays: 2, ...bank }], found, { loop });
    expect(playsOf(slots)).toEqual([
      [0, 5],
      [0, 20],
    ]);
    slots.forEach(([task, , item], k) => {
      const isBank = (one: [number, number, number] | undefined): boolean =>
        one !== undefined && (one[0] >= 0 || one[2] === 0);
      if (task < 0 && item === 0) expect([slots[k - 1], slots[k + 1]].some(isBank)).toBe(false);
    });
  });

  test('[P2] closed time is left empty', () => {
    const openingHours = [part(0, 20), part(40, 60)].map((span) => ({ days: [...WEEKDAYS], ...span }));
    const slots = placed(
      [{ minPlays: 2 }],
      [
        [0, 0],
        [0, 10],
      ],
      { openingHours },
    );
    expect(playsOf(slots)).toEqual([
      [0, 5],
      [0, 45],
    ]);
    expect(fillerOf(slots).some((at) => at >= 20 && at < 40)).toBe(false);
    expect(fillerOf(slots)).toHaveLength(20 + 20);
  });
});
