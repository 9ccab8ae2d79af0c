/** Where a task of a sweep stands as it begins: its windows, its last starts, and how quickly it catches up. */
import { describe, expect, test } from 'vitest';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import type { RhythmGoal } from '../../../domain/plan/rhythm-goals.ts';
import { rhythmState } from '../../../domain/plan/rhythm-state.ts';
import { type TaskRhythm, taskRhythms } from '../../../domain/plan/task-rhythm.ts';
import { clockAt, dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

type Wish = Partial<ProgramCommitment>;
const MANNER = { spread: 0.5, lateShare: 0.4, catchUpLimit: 0.1 };
const GOAL: RhythmGoal = {
  needed: 3,
  periodMs: 600_000,
  horizonMs: 1_800_000,
  tail: null,
  stops: false,
};

/** The rhythms of an hour of ten-minute films seen from minute `nowMin`, the first of which was shown at `starts`. */
function rhythmsOf(
  wishes: Wish[],
  { nowMin = 0, starts = [] as number[], goal = {} as Partial<RhythmGoal> } = {},
): TaskRhythm[] {
  const commitments = wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish }));
  const day = dayOf(smallProgram(commitments), nowMin, {
    c0: { playsByItem: [starts.length], starts: starts.map(minute) },
  });
  const goals = wishes.map(() => ({ ...GOAL, ...goal }));
  return taskRhythms(day.tasks, goals, MANNER);
}

describe('windows of a task', () => {
  test('[P7] what is left of a window belongs to its opening, also past now and between exact times', () => {
    const opensOf = (wish: Wish, nowMin = 0, others: Wish[] = []): readonly number[] | undefined =>
      rhythmsOf([wish, ...others], { nowMin })[0]?.opensMs.map((atMs) => (atMs - minute(0)) / 60_000);
    expect(opensOf({})).toEqual([0]);
    expect(opensOf({ dayParts: [part(5, 30)] }, 20)).toEqual([5]);
    expect(opensOf({ dayParts: [part(0, 10), part(20, 40)] })).toEqual([0, 20]);
    expect(opensOf({ dayParts: [part(0, 10), part(20, 40)] }, 15)).toEqual([20]);
    const exact = { minPlays: 1, exactTimes: [clockAt(30)] };
    expect(opensOf({ dayParts: [part(0, 10), part(20, 60)] }, 0, [exact])).toEqual([0, 20, 20]);
  });

  test('[P11] one window of plain plays is told from all others', () => {
    const onlyWindow = (wish: Wish): boolean => rhythmsOf([wish])[0]?.onlyWindow !== null;
    expect(onlyWindow({ dayParts: [part(5, 30)] })).toBe(true);
    expect(rhythmsOf([{ dayParts: [part(5, 30)] }])[0]?.onlyWindow).toMatchObject({
      startMs: minute(5),
      endMs: minute(30),
    });
    expect(onlyWindow({ dayParts: [part(0, 10), part(20, 40)] })).toBe(false);
    expect(onlyWindow({ items: [film(10), film(5)] })).toBe(false);
    expect(onlyWindow({ maxPlaysPerHour: 9 })).toBe(false);
    expect(onlyWindow({ minGapMs: 1 })).toBe(false);
    expect(rhythmsOf([{ dayParts: [part(0, 10)] }], { nowMin: 20 })[0]?.onlyWindow).toBeNull();
  });
});

describe('what a rhythm begins with', () => {
  test('[P5] [P18] the last starts of the day count where an hour is limited', () => {
    const startsOf = (wish: Wish): number[] | undefined =>
      rhythmsOf([wish], { nowMin: 50, starts: [5, 20, 40] })[0]?.starts;
    expect(startsOf({ maxPlaysPerHour: 2 })).toEqual([minute(20), minute(40)]);
    expect(startsOf({})).toEqual([]);
    expect(rhythmsOf([{}], { nowMin: 50, starts: [5, 40] })[0]?.lastMs).toBe(minute(40));
    expect(rhythmsOf([{}])[0]?.lastMs).toBe(Number.NEGATIVE_INFINITY);
  });

  test('[P8] it goes over to its tail where it has one', () => {
    const tail = { plays: 2, periodMs: 900_000 };
    expect(rhythmsOf([{}], { goal: { tail } })).toMatchObject([{ left: 3, tailFrom: 2, tailPeriodMs: 900_000 }]);
    const [without] = rhythmsOf([{}]);
    expect(without?.tailFrom).toBeLessThan(-1_000_000);
  });

  test('[P8] with a share it catches up faster', () => {
    const limits = rhythmsOf([{}, { minShare: 0.1 }]).map(({ catchUpLimit }) => catchUpLimit);
    expect(limits[0]).toBe(0.1);
    expect(limits[1]).toBeGreaterThan(0.1);
  });

  test('[P11] a sweep knows the longest item and the work of one play of each task', () => {
    const commitments = [[film(10), film(5)], [film(3)]].map((items, k) => commitmentOf(`c${k}`, { items }));
    const state = rhythmState(dayOf(smallProgram(commitments)), [GOAL, GOAL], MANNER);
    expect([state.longestItemMs, state.roundMs, state.live]).toEqual([600_000, 780_000, 2]);
  });
});
