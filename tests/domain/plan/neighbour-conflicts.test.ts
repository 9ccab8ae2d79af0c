/** Plays that stand where they must: exact times that overlap and tags back to back are conflicts, with who is in the way. */
import { describe, expect, test } from 'vitest';
import { exactConflicts, separationConflicts } from '../../../domain/plan/neighbour-conflicts.ts';
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { FILLER, type SlotColumns } from '../../../domain/plan/slot-columns.ts';
import { clockAt, columnsOf, dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const program = (wishes: Partial<ProgramCommitment>[], over: Partial<Program> = {}): Program =>
  smallProgram(
    wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish })),
    60,
    over,
  );

/** Slots as [task, minute after opening]. */
const columns = (...slots: [number, number][]): SlotColumns =>
  columnsOf(
    slots.map(([, start]) => minute(start)),
    slots.map(([task]) => task),
  );

const exactAt = (...minutes: number[]): Partial<ProgramCommitment> => ({
  minPlays: minutes.length,
  exactTimes: minutes.map(clockAt),
});

describe('exact times that cannot be had', () => {
  test('[P29] of two that overlap the less important is a conflict, with the other as its rival and what it has', () => {
    const day = dayOf(program([exactAt(4, 30), { ...exactAt(10), priority: 1 }]));
    expect(exactConflicts(day)).toEqual([
      {
        kind: 'exact-time',
        commitments: ['c0', 'c1'],
        startMs: minute(4),
        endMs: minute(14),
        overflowMs: 4 * 60_000,
        fits: 1,
      },
    ]);
  });

  test('[P29] plays made before count for what fits', () => {
    const histories = { c0: { playsByItem: [1], starts: [minute(0)] } };
    const day = dayOf(program([exactAt(0, 45, 55)]), 20, histories);
    expect(exactConflicts(day)).toMatchObject([{ commitments: ['c0'], startMs: minute(55), fits: 2 }]);
  });

  test('[P29] one outside its day parts has no rival', () => {
    const day = dayOf(program([{ ...exactAt(20), dayParts: [part(30, 60)] }]));
    expect(exactConflicts(day)).toMatchObject([{ kind: 'exact-time', commitments: ['c0'], fits: 0 }]);
  });
});

describe('plays of a tag that stand back to back', () => {
  const bank = { separation: 'bank' };
  const conflict = (commitments: string[], startMin: number, endMin: number) => ({
    kind: 'separation',
    commitments,
    startMs: minute(startMin),
    endMs: minute(endMin),
    overflowMs: 0,
    fits: 0,
  });
  const tagged = dayOf(program([{ ...exactAt(40), ...bank }, bank, { separation: 'car' }, {}]));

  test('[P30] a pair of them is a conflict of both, from the start of the first to that of the second', () => {
    expect(separationConflicts(tagged, columns([0, 0], [1, 10]))).toEqual([conflict(['c1', 'c0'], 0, 10)]);
    expect(separationConflicts(tagged, columns([1, 5], [1, 15]))).toEqual([conflict(['c1'], 5, 15)]);
    expect(separationConflicts(tagged, columns([1, 0], [1, 10], [0, 20]))).toHaveLength(2);
  });

  test('[P30] another tag, none at all, or another play between them is no conflict', () => {
    expect(separationConflicts(tagged, columns([0, 0], [2, 10], [1, 20]))).toEqual([]);
    expect(separationConflicts(tagged, columns([3, 0], [3, 10], [0, 20]))).toEqual([]);
  });

  test('[P30] a pause of ten seconds parts them', () => {
    const second = 1 / 60;
    expect(separationConflicts(tagged, columns([0, 0], [1, 10 + 9.999 * second]))).toHaveLength(1);
    expect(separationConflicts(tagged, columns([0, 0], [1, 10 + 10 * second]))).toEqual([]);
  });

  test('[P30] loop items of the tag are no less in the way', () => {
    const loop = [{ item: 'loop', durationMs: 600_000, separation: 'bank' }];
    const day = dayOf(program([{ ...exactAt(40), ...bank }], { loop }));
    expect(separationConflicts(day, columns([FILLER, 0], [0, 10]))).toEqual([conflict(['c0'], 0, 10)]);
    expect(separationConflicts(day, columns([0, 0], [FILLER, 10]))).toEqual([conflict(['c0'], 0, 10)]);
  });

  test('[P30] what was shown last before the plan counts as its first neighbour', () => {
    const shown = (tag: string | null) =>
      dayOf(program([{ ...exactAt(40), ...bank }]), 20, {}, 0, { startMs: minute(10), endMs: minute(20), tag });
    expect(separationConflicts(shown('bank'), columns([0, 20]))).toEqual([conflict(['c0'], 20, 20)]);
    expect(separationConflicts(shown('bank'), columns([0, 21]))).toEqual([]);
    expect(separationConflicts(shown(null), columns([0, 20]))).toEqual([]);
  });

  test('[P30] without exact times there is always another way, so that none is looked for', () => {
    expect(separationConflicts(dayOf(program([bank])), columns([0, 0], [0, 10]))).toEqual([]);
  });
});
