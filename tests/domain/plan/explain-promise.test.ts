/** Why a promise comes short, with the numbers that show it, and what a plan does for it. */
import { describe, expect, test } from 'vitest';
import type { Conflict } from '../../../domain/plan/day-plan.ts';
import { explainConflict, explainPromises } from '../../../domain/plan/explain-promise.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import {
  type DayOutline,
  NOTHING_SHOWN,
  outlineDay,
  type PromiseOutline,
} from '../../../domain/plan/promise-outline.ts';
import { DAY, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const MINUTE_MS = 60_000;

/** The outline of an hour from `fromMin` on in which nothing is planned for one promise of ten-minute films; `over` changes its account. */
function outlineOf(wish: Partial<ProgramCommitment> = {}, over: Partial<PromiseOutline> = {}, fromMin = 0): DayOutline {
  const program = smallProgram([commitmentOf('a', { minPlays: 3, items: [film(10)], ...wish })]);
  const account = { id: 'a', required: 3, tally: 0, planned: 0, shortBy: 0, idealGapMs: null, maxGapMs: null };
  const plan = { date: DAY, feasible: true, slots: [], commitments: [account], conflicts: [] };
  const outline = outlineDay(program, plan, minute(fromMin), NOTHING_SHOWN);
  return { ...outline, promises: outline.promises.map((promise) => ({ ...promise, ...over })) };
}

const conflictOf = (over: Partial<Conflict>): Conflict => ({
  kind: 'overbooked',
  commitments: ['a', 'b', 'c'],
  startMs: minute(5),
  endMs: minute(50),
  overflowMs: 7,
  fits: 2,
  ...over,
});

const SHORTAGE = { commitment: 'a', required: 3, fits: 2, startMs: minute(5), endMs: minute(50) };
const rivals = ['b', 'c'];

describe('why a promise comes short', () => {
  test.each<[Partial<Conflict>, Partial<ProgramCommitment>, object]>([
    [{}, {}, { kind: 'overbooked', rivals, overflowMs: 7 }],
    [{ kind: 'max-gap' }, { maxGapMs: 99 }, { kind: 'max-gap', rivals, maxGapMs: 99, gapMs: 45 * MINUTE_MS }],
    [
      { kind: 'min-share' },
      { minShare: 0.3, minAirtimeShare: 0.4 },
      { kind: 'share', rivals, form: 'plays', share: 0.3, reached: 0 },
    ],
    [
      { kind: 'min-airtime' },
      { minShare: 0.3, minAirtimeShare: 0.4 },
      { kind: 'share', rivals, form: 'airtime', share: 0.4, reached: 0 },
    ],
    [{ kind: 'exact-time' }, {}, { kind: 'exact', rivals }],
    [{ kind: 'separation' }, {}, { kind: 'separation', rivals }],
    [{ kind: 'work-bound' }, {}, { kind: 'work-bound', rivals }],
  ])('[EX4] %j is said with its numbers', (over, wish, facts) => {
    expect(explainConflict(conflictOf(over), outlineOf(wish))).toEqual({ ...SHORTAGE, ...facts });
  });

  test.each<[Conflict['limit'], number | null, number | null]>([
    [undefined, 4, 60],
    ['hour', 4, null],
    ['min-gap', null, 60],
  ])('[EX4] of two limits that which binds is named: %s', (limit, maxPlaysPerHour, minGapMs) => {
    const outline = outlineOf({ maxPlaysPerHour: 4, minGapMs: 60 });
    const said = explainConflict(conflictOf({ kind: 'limits', limit }), outline);
    expect(said).toEqual({ ...SHORTAGE, kind: 'limits', maxPlaysPerHour, minGapMs });
  });

  test('[EX4] hours that are over are told from hours that there are not', () => {
    const isPast = (fromMin: number, ...dayParts: { from: string; to: string }[]): unknown =>
      explainConflict(conflictOf({ kind: 'no-window' }), outlineOf({ dayParts }, {}, fromMin));
    const said = { ...SHORTAGE, kind: 'no-window' };
    expect(isPast(30, part(0, 30))).toEqual({ ...said, isPast: true });
    expect(isPast(29, part(0, 30))).toEqual({ ...said, isPast: false });
    expect(isPast(29, part(0, 10), part(20, 40))).toEqual({ ...said, isPast: true });
    expect(isPast(30, { from: '05:00', to: '06:00' })).toEqual({ ...said, isPast: false });
  });

  test('[EX4] a film that is too long is said with the longest room left for it', () => {
    const roomMs = (fromMin: number): unknown => {
      const outline = outlineOf({ items: [film(10), film(40)], dayParts: [part(0, 20), part(30, 45)] }, {}, fromMin);
      return explainConflict(conflictOf({ kind: 'item-too-long' }), outline);
    };
    const said = { ...SHORTAGE, kind: 'item-too-long', longestMs: 40 * MINUTE_MS };
    expect(roomMs(0)).toEqual({ ...said, roomMs: 20 * MINUTE_MS });
    expect(roomMs(10)).toEqual({ ...said, roomMs: 15 * MINUTE_MS });
    expect(roomMs(50)).toEqual({ ...said, roomMs: 0 });
  });

  test('[EX4] of a promise that is not of the plan only the conflict is known', () => {
    const said = { ...SHORTAGE, commitment: 'x', required: 0, rivals: ['a'] };
    const commitments = ['x', 'a'];
    expect(explainConflict(conflictOf({ commitments }), outlineOf())).toEqual({ ...said, kind: 'other' });
    const bound = conflictOf({ kind: 'work-bound', commitments });
    expect(explainConflict(bound, outlineOf())).toEqual({ ...said, kind: 'work-bound' });
  });
});

describe('what a plan does for a promise', () => {
  const stateOf = (over: Partial<PromiseOutline>, conflicts: Conflict[] = []): string | undefined =>
    explainPromises(outlineOf({}, over), conflicts)[0]?.state;

  test('[EX4] it is short where plays are missing, or where a conflict is about it first of all', () => {
    expect(stateOf({ promised: 2, shortBy: 1 })).toBe('short');
    expect(stateOf({ promised: 2 }, [conflictOf({})])).toBe('short');
    expect(stateOf({ promised: 2 }, [conflictOf({ commitments: ['b', 'a'] })])).toBe('kept');
    expect(explainPromises(outlineOf(), [conflictOf({}), conflictOf({ commitments: ['b'] })])[0]?.why).toHaveLength(1);
  });

  test('[EX4] it is done only where all of a count was made and nothing else lasts to closing', () => {
    expect(stateOf({ promised: 0, tally: 3 })).toBe('done');
    expect(stateOf({ promised: 0, tally: 4 })).toBe('done');
    expect(stateOf({ promised: 0, tally: 2 })).toBe('kept');
    expect(stateOf({ promised: 1, tally: 3 })).toBe('kept');
    expect(stateOf({ promised: 0, required: 0, tally: 0 })).toBe('kept');
    expect(stateOf({ promised: 0, tally: 3, maxGapMs: 60 })).toBe('kept');
    expect(explainPromises(outlineOf({}, { promised: 2 }), [])[0]?.left).toBe(2);
  });
});
