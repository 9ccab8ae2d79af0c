/** One promise by itself: how many plays its windows hold, and the latest start of each that leaves room for the rest. */
import { describe, expect, test } from 'vitest';
import type { DayTask } from '../../../domain/plan/day-task.ts';
import { durationOf, limitMs, packTask, soloCount } from '../../../domain/plan/pack-task.ts';
import { dayOf, film, minute, part, smallProgram, taskOf } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

/** A film of ten minutes on a day of three hours. */
const long = (over: Parameters<typeof commitmentOf>[1]): DayTask => {
  const [task] = dayOf(smallProgram([commitmentOf('a', { items: [film(10)], ...over })], 180)).tasks;
  if (!task) throw new RangeError('no task');
  return task;
};

const latest = (task: DayTask, plays: number): (number | undefined)[] =>
  Array.from(packTask(task, plays, false)?.latestMs ?? [], (ms) => (ms - minute(0)) / 60_000);

describe('plays of a task alone', () => {
  test('[P4] as many as the windows hold, and no more than asked for', () => {
    expect(soloCount(taskOf({}), 7)).toBe(6);
    expect(soloCount(taskOf({}), 6)).toBe(6);
    expect(soloCount(taskOf({}), 3)).toBe(3);
    expect(soloCount(taskOf({}), 0)).toBe(0);
    expect(soloCount(taskOf({ dayParts: [part(0, 15), part(20, 45)] }), 9)).toBe(3);
  });

  test('[P6] [P18] the least distance holds against what was shown before', () => {
    expect(soloCount(taskOf({ minGapMs: 600_000 }, [minute(-5)]), 9)).toBe(5);
    expect(soloCount(taskOf({ minGapMs: 900_000 }), 9)).toBe(4);
    // From one window into the next: 40 minutes after the first start the second window has no room left.
    expect(soloCount(taskOf({ minGapMs: 2_400_000, dayParts: [part(0, 15), part(20, 45)] }), 9)).toBe(1);
    expect(soloCount(taskOf({ minGapMs: 1_500_000, dayParts: [part(0, 15), part(20, 45)] }), 9)).toBe(2);
  });

  test('[P5] [P18] so does the hourly limit', () => {
    expect(soloCount(taskOf({ maxPlaysPerHour: 2 }, [minute(-30), minute(-10)]), 9)).toBe(2);
    expect(soloCount(taskOf({ maxPlaysPerHour: 2 }), 9)).toBe(2);
    expect(soloCount(long({ maxPlaysPerHour: 2 }), 9)).toBe(6);
  });

  test('[P10] every play has the length of its item', () => {
    const task = taskOf({ items: [film(10), film(20)] });
    expect([0, 1, 2, 3].map((k) => durationOf(task, k) / 60_000)).toEqual([10, 20, 10, 20]);
    expect(soloCount(task, 9)).toBe(4);
  });
});

describe('latest starts', () => {
  test('[P4] each play leaves room for those after it', () => {
    expect(latest(taskOf({}), 3)).toEqual([30, 40, 50]);
    expect(latest(taskOf({ items: [film(10), film(20)] }), 3)).toEqual([20, 30, 50]);
    expect(latest(taskOf({ dayParts: [part(0, 15), part(20, 45)] }), 3)).toEqual([5, 25, 35]);
  });

  test('[P6] [P5] and their distances', () => {
    expect(latest(taskOf({ minGapMs: 900_000 }), 3)).toEqual([20, 35, 50]);
    expect(latest(taskOf({ minGapMs: 300_000 }), 2)).toEqual([40, 50]);
    expect(latest(long({ maxPlaysPerHour: 2 }), 4)).toEqual([100, 110, 160, 170]);
    expect(latest(long({ maxPlaysPerHour: 1, minGapMs: 4_200_000 }), 2)).toEqual([100, 170]);
  });

  test('[P4] what does not fit alone has none', () => {
    expect(packTask(taskOf({}), 7, false)).toBeNull();
    expect(packTask(taskOf({}), 6, true)).toMatchObject({ plays: 6, keepsGap: true });
    expect(packTask(taskOf({}), 1, false)?.durationsMs).toEqual(Float64Array.of(600_000));
  });
});

describe('the next start that limits allow', () => {
  test('[P5] [P6] the later of least distance and hour', () => {
    const task = taskOf({ maxPlaysPerHour: 2, minGapMs: 300_000 });
    expect(limitMs(task, [])).toBe(Number.NEGATIVE_INFINITY);
    expect(limitMs(task, [minute(7)])).toBe(minute(12));
    expect(limitMs(task, [minute(0), minute(10)])).toBe(minute(60));
    expect(limitMs(task, [minute(0), minute(30), minute(40)])).toBe(minute(90));
    expect(limitMs(taskOf({ maxPlaysPerHour: 2, minGapMs: 3_600_000 }), [minute(0), minute(10)])).toBe(minute(70));
    expect(limitMs(taskOf({}), [minute(0), minute(10)])).toBe(minute(10));
  });
});
