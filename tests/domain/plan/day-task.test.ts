/** Commitments and loop of a date as the planner reckons with them: what is shown that day, and what parts two plays of a tag. */
import { describe, expect, test } from 'vitest';
import type { PlanningDay } from '../../../domain/plan/day-task.ts';
import type { LoopItem, Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const program = (wish: Partial<ProgramCommitment>, loop: Partial<LoopItem>[] = [{}]): Program =>
  smallProgram([commitmentOf('a', { items: [film(10)], ...wish })], 60, {
    loop: loop.map((over, k) => ({ item: `loop-${k}`, durationMs: 30_000, ...over })),
  });

describe('items that mean nothing', () => {
  const item = { item: 'film', durationMs: 1, weight: 1 };

  test.each([{ durationMs: 0 }, { durationMs: -1 }, { durationMs: Number.NaN }, { weight: 0 }, { weight: Number.NaN }])(
    '[P22] an item of %j is an error that names it',
    (over) => {
      expect(() => dayOf(program({ items: [item, { ...item, item: 'odd', ...over }] }))).toThrow(/^a: odd /);
    },
  );

  test('[P22] of the smallest length and weight it is none', () => {
    expect(dayOf(program({ items: [item] })).tasks[0]?.meanDurationMs).toBe(1);
  });
});

describe('loop items of a date', () => {
  test.each<[Partial<LoopItem>, boolean]>([
    [{ from: '2026-07-01' }, true],
    [{ from: '2026-07-02' }, false],
    [{ to: '2026-07-01' }, true],
    [{ to: '2026-06-30' }, false],
    [{ weekdays: ['wed'] }, true],
    [{ weekdays: ['thu'] }, false],
  ])('[P32] on 1 July, a Wednesday, one of %j is shown: %s', (over, isShown) => {
    expect(dayOf(program({}, [over])).loop.map(({ item }) => item)).toEqual(isShown ? ['loop-0'] : []);
  });

  test.each([0, -1, Number.NaN])('[P22] one of %s milliseconds is an error that names it', (durationMs) => {
    expect(() => dayOf(program({}, [{ durationMs }]))).toThrow('loop: loop-0 has no length');
  });
});

describe('what parts two plays of a tag', () => {
  /** By the tag `bank`, that of the commitment. */
  const separatorMs = (...loop: Partial<LoopItem>[]): number | undefined => {
    const day: PlanningDay = dayOf(program({ separation: 'bank' }, loop));
    return day.separatorMs[day.tasks[0]?.tag ?? 0];
  };

  test('[P30] the shortest loop item of another tag or none does', () => {
    expect(separatorMs({}, { durationMs: 20_000 })).toBe(20_000);
    expect(separatorMs({}, { durationMs: 20_000, separation: 'bank' })).toBe(30_000);
    expect(separatorMs({}, { durationMs: 20_000, separation: 'car' })).toBe(20_000);
  });

  test('[P30] one that is not shown all day does not, and without any a pause does', () => {
    expect(separatorMs({}, { durationMs: 20_000, dayParts: [part(0, 30)] })).toBe(30_000);
    expect(separatorMs({ separation: 'bank' })).toBe(10_000);
    expect(separatorMs({ durationMs: 5_000, dayParts: [part(0, 30)] })).toBe(10_000);
  });

  test('[P30] what was shown last counts until ten seconds have passed', () => {
    const lastTag = (pauseMs: number): boolean => {
      const last = { startMs: minute(0), endMs: minute(20) - pauseMs, tag: 'bank' };
      return dayOf(program({ separation: 'bank' }), 20, {}, 0, last).lastTag > 0;
    };
    expect([lastTag(0), lastTag(9_999), lastTag(10_000)]).toEqual([true, true, false]);
  });
});

describe('the loop of a day', () => {
  test('[P8] its mean length is that of the items of the date', () => {
    expect(dayOf(program({}, [{}, { durationMs: 90_000 }])).loopMeanMs).toBe(60_000);
    expect(dayOf(program({}, [{}, { durationMs: 90_000, from: '2026-07-02' }])).loopMeanMs).toBe(30_000);
    expect(dayOf(program({}, [])).loopMeanMs).toBe(0);
  });
});
