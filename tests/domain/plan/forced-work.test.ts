/** More work than a span of open time holds is proved, by how much and whose it is. */
import { describe, expect, test } from 'vitest';
import { type Overload, worstOverload } from '../../../domain/plan/forced-work.ts';
import { packTask } from '../../../domain/plan/pack-task.ts';
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { WEEKDAYS } from '../../../domain/time/weekday.ts';
import { dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

type Wish = Partial<ProgramCommitment> & { minPlays: number };

const MINUTE_MS = 60_000;

/** The worst overload, its times in minutes after opening. */
function overload(wishes: Wish[], openMin = 60, over: Partial<Program> = {}): Overload | null {
  const commitments = wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish }));
  const day = dayOf({ ...smallProgram(commitments, openMin), ...over });
  const packs = day.tasks.flatMap((task) => packTask(task, task.required, false) ?? []);
  const found = worstOverload(packs, day.openRest);
  return (
    found && {
      ...found,
      startMs: (found.startMs - minute(0)) / MINUTE_MS,
      endMs: (found.endMs - minute(0)) / MINUTE_MS,
      overflowMs: found.overflowMs / MINUTE_MS,
    }
  );
}

describe('work that has to go into a span', () => {
  test('[P20] more than the span holds, by how much and whose', () => {
    const dayParts = [part(0, 30)];
    expect(
      overload([
        { minPlays: 2, dayParts },
        { minPlays: 2, dayParts },
      ]),
    ).toEqual({ startMs: 0, endMs: 30, overflowMs: 10, indexes: [0, 1], forced: [2, 2] });
  });

  test('[P20] exactly full is no overload', () => {
    expect(overload([{ minPlays: 3, dayParts: [part(0, 30)] }])).toBeNull();
    expect(overload([{ minPlays: 3 }, { minPlays: 3, dayParts: [part(20, 50)] }])).toBeNull();
    expect(overload([])).toBeNull();
  });

  test('[P20] plays that fit before or after are not forced, and who has none is not named', () => {
    // Of three plays twenty minutes apart one fits before 20; the other two, and thirty minutes more, are for forty.
    expect(
      overload([
        { minPlays: 3, minGapMs: 20 * MINUTE_MS, items: [film(12)] },
        { minPlays: 3, dayParts: [part(20, 50)] },
        { minPlays: 1, items: [film(5)], dayParts: [part(0, 20)] },
      ]),
    ).toEqual({ startMs: 20, endMs: 60, overflowMs: 14, indexes: [0, 1], forced: [2, 3] });
  });

  test('[P20] plays that end after the span are not forced either', () => {
    // The mirror image: one of three plays fits behind 40, and what is forced lies in [0, 40].
    expect(
      overload([
        { minPlays: 3, minGapMs: 20 * MINUTE_MS, items: [film(12)] },
        { minPlays: 3, dayParts: [part(10, 40)] },
      ]),
    ).toEqual({ startMs: 0, endMs: 40, overflowMs: 14, indexes: [0, 1], forced: [2, 3] });
  });

  test('[P20] of items of unequal length the shortest are taken as forced', () => {
    // Plays of 5, 15 and 5 minutes: the one that lies in [20, 50] could be any of them.
    expect(
      overload([
        { minPlays: 3, minGapMs: 20 * MINUTE_MS, items: [film(5), film(15)] },
        { minPlays: 3, dayParts: [part(20, 50)] },
      ]),
    ).toEqual({ startMs: 20, endMs: 50, overflowMs: 5, indexes: [0, 1], forced: [1, 3] });
    expect(
      overload([
        { minPlays: 3, items: [film(15), film(5)], dayParts: [part(0, 35)] },
        { minPlays: 1, dayParts: [part(0, 35)] },
      ]),
    ).toEqual({ startMs: 0, endMs: 35, overflowMs: 10, indexes: [0, 1], forced: [3, 1] });
  });

  test('[P20] of spans that overflow alike the narrowest is named', () => {
    expect(
      overload([
        { minPlays: 3, dayParts: [part(20, 50)] },
        { minPlays: 1, dayParts: [part(20, 50)] },
        { minPlays: 2, dayParts: [part(0, 20)] },
        { minPlays: 1, dayParts: [part(50, 60)] },
      ]),
    ).toEqual({ startMs: 20, endMs: 50, overflowMs: 10, indexes: [0, 1], forced: [3, 1] });
  });

  test('[P20] plays before the span take their own time', () => {
    expect(overload([{ minPlays: 4 }, { minPlays: 3, dayParts: [part(20, 60)] }])).toEqual({
      startMs: 20,
      endMs: 60,
      overflowMs: 10,
      indexes: [0, 1],
      forced: [2, 3],
    });
  });

  test('[P20] closed time holds nothing', () => {
    const openingHours = [part(0, 20), part(40, 60)].map((span) => ({ days: [...WEEKDAYS], ...span }));
    const dayParts = [part(10, 50)];
    expect(
      overload(
        [
          { minPlays: 2, dayParts },
          { minPlays: 1, dayParts },
        ],
        60,
        { openingHours },
      ),
    ).toEqual({ startMs: 10, endMs: 50, overflowMs: 10, indexes: [0, 1], forced: [2, 1] });
  });

  test('[P20] of several spans the one that overflows most is named', () => {
    const of = (from: number, minPlays: number): Wish[] => [
      { minPlays: 2, dayParts: [part(from, from + 20)] },
      { minPlays, dayParts: [part(from, from + 20)] },
    ];
    expect(overload([...of(0, 1), ...of(100, 2), ...of(200, 1)], 300)).toEqual({
      startMs: 100,
      endMs: 120,
      overflowMs: 20,
      indexes: [2, 3],
      forced: [2, 2],
    });
  });
});

describe('bound on the work of a proof', () => {
  test('[P23] with more edges than are looked at, the first and the last are among them', () => {
    const wishes = Array.from({ length: 100 }, (_, k) => ({
      minPlays: 1,
      items: [film(4)],
      dayParts: [part(k, 200 + k)],
    }));
    expect(overload(wishes, 299)).toMatchObject({ startMs: 0, endMs: 299, overflowMs: 101 });
  });

  test('[P23] edges are thinned out evenly', () => {
    // 49 parts of a minute, back to back, and one film too many in the middle one: 48 edges leave out one of 50.
    const wishes = Array.from({ length: 49 }, (_, k) => ({
      minPlays: k === 10 ? 2 : 1,
      items: [film(0.5)],
      dayParts: [part(k, k + 1)],
    }));
    wishes.push({ minPlays: 1, items: [film(0.5)], dayParts: [part(10, 11)] });
    expect(overload(wishes, 49)).toMatchObject({ startMs: 10, endMs: 11, overflowMs: 0.5 });
  });
});
