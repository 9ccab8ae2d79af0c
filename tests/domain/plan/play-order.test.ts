/** The order of a sweep: each play with its room, its limits and the horizon that keeps its promise. */
import { describe, expect, test } from 'vitest';
import { loopQueue } from '../../../domain/plan/loop-queue.ts';
import { playOrder } from '../../../domain/plan/play-order.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { type RhythmGoal, rhythmGoals } from '../../../domain/plan/rhythm-goals.ts';
import { sweepDay } from '../../../domain/plan/rhythm-pass.ts';
import { dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const MINUTE_MS = 60_000;
const MANNER = { spread: 0.5, lateShare: 0.4, catchUpLimit: 0.1 };

type Play = {
  id: number;
  nth: number;
  at: number;
  earliest: number;
  latest: number;
  durationMs: number;
  minGapMs: number;
  perMean: number;
};

/** The plays of two hours of minute films in order, by task, their times in minutes; and the guards of each task. */
function ordered(wishes: Partial<ProgramCommitment>[], nowMin = 0, starts: number[] = []) {
  const commitments = wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(1)], ...wish }));
  const history = { c0: { playsByItem: [starts.length], starts: starts.map(minute) } };
  const day = dayOf(smallProgram(commitments, 120), nowMin, history);
  const goals = rhythmGoals(
    day,
    day.tasks.map(({ required, tally }) => Math.max(0, required - tally)),
    true,
  );
  const sweep = sweepDay(day, goals, loopQueue(day.loop, day.loop.length), MANNER);
  const order = playOrder(day, goals, sweep);
  const inMinutes = (ms: number | undefined): number => ((ms ?? 0) - minute(0)) / MINUTE_MS;
  const plays = [...order.seq].map((id, at) => {
    expect(order.place[id]).toBe(at);
    return {
      task: order.taskOf[id] ?? -1,
      id,
      nth: order.nth[id] ?? -1,
      at: inMinutes(order.startMs[id]),
      earliest: inMinutes(order.earliestMs[id]),
      latest: inMinutes(order.latestMs[id]),
      durationMs: order.durationMs[id] ?? 0,
      minGapMs: order.minGapMs[id] ?? 0,
      perMean: (order.perMean[id] ?? 0) * MINUTE_MS,
    };
  });
  const ofTask = wishes.map((_, i): Play[] => plays.filter(({ task }) => task === i));
  const swept = [...sweep.slots.startMs].flatMap((start, k) => {
    const i = sweep.slots.task[k] ?? -1;
    return i < 0 ? [] : [[i, inMinutes(start)]];
  });
  const guardAt = (id: number): number => inMinutes(order.startMs[id]);
  return { plays, ofTask, swept, goals, guardAt, order };
}

const horizonMin = (goal: RhythmGoal | undefined): number => (goal?.horizonMs ?? 0) / MINUTE_MS;

describe('the order of a sweep', () => {
  test('[P13] has its plays in order of time, those of a task one after another between two guards', () => {
    const { plays, ofTask, swept, guardAt } = ordered([{ minPlays: 6 }, { minPlays: 4, items: [film(2), film(3)] }]);
    expect(plays.map(({ task, at }) => [task, at])).toEqual(swept);
    for (const own of ofTask) {
      expect(own.map(({ nth }) => nth)).toEqual(own.map((_, k) => k));
      expect(own.map(({ id }) => id)).toEqual(own.map((_, k) => (own[0]?.id ?? 0) + k));
      const [first, last] = [own[0], own.at(-1)];
      const mean = ((last?.at ?? 0) - (first?.at ?? 0)) / (own.length - 1);
      expect(guardAt((first?.id ?? 0) - 1)).toBeCloseTo((first?.at ?? 0) - mean, 9);
      expect(guardAt((last?.id ?? 0) + 1)).toBeCloseTo((last?.at ?? 0) + mean, 9);
      for (const { perMean } of own) expect(perMean).toBeCloseTo(1 / mean, 9);
    }
    expect(ofTask[1]?.slice(0, 3).map(({ durationMs }) => durationMs / MINUTE_MS)).toEqual([2, 3, 2]);
    expect((ofTask[1]?.[0]?.id ?? 0) - (ofTask[0]?.at(-1)?.id ?? 0)).toBe(3);
  });

  test('[P3] a play stays in its window, and gaps between windows do not count', () => {
    const { ofTask } = ordered([{ minPlays: 8, dayParts: [part(10, 40), part(60, 100)] }]);
    const own = ofTask[0] ?? [];
    const isLate = own.map(({ at }) => at >= 60);
    expect([isLate[0], isLate.at(-1)]).toEqual([false, true]);
    own.forEach(({ at, earliest, latest, perMean }, k) => {
      expect(earliest).toBe(at < 60 ? 10 : 60);
      // The play that keeps the promise may not be later than it is.
      expect(latest).toBe(k === 7 ? at : at < 60 ? 39 : 99);
      expect(perMean > 0).toBe(k === 0 || isLate[k] === isLate[k - 1]);
    });
  });

  test('[P29] it stays between the exact times of others', () => {
    const { ofTask } = ordered([{ minPlays: 9 }, { minPlays: 1, exactTimes: ['08:30'] }]);
    const own = ofTask[0] ?? [];
    expect(own.some(({ at }) => at < 30)).toBe(true);
    for (const { at, earliest, latest, nth } of own) {
      expect(earliest).toBe(at < 30 ? 0 : 31);
      if (nth !== 8) expect(latest).toBe(at < 30 ? 29 : 119);
    }
  });

  test('[P11] the play that keeps a promise stays inside its horizon', () => {
    const { ofTask, goals } = ordered([{ minPlays: 6 }]);
    const own = ofTask[0] ?? [];
    expect(horizonMin(goals[0])).toBe(90);
    expect(own[5]?.latest).toBe(Math.max(own[5]?.at ?? 0, 89));
    expect([own[4]?.latest, own[6]?.latest]).toEqual([119, 119]);
    const { ofTask: later } = ordered([{ minPlays: 6, dayParts: [part(20, 120)], items: [film(1), film(3)] }]);
    // Of a hundred minutes from the twentieth three quarters, less the longer of the film and the mean.
    expect(later[0]?.[5]?.latest).toBe(Math.max(later[0]?.[5]?.at ?? 0, 95 - 3));
    const { ofTask: rest } = ordered([{ minPlays: 6 }], 40, [5, 20]);
    expect(rest[0]?.[3]?.latest).toBe(Math.max(rest[0]?.[3]?.at ?? 0, 40 + 60 - 1));
  });

  test('[P5] [P6] [P18] limits hold against what was shown before', () => {
    const { ofTask, guardAt } = ordered([{ minPlays: 6, minGapMs: 10 * MINUTE_MS }], 40, [5, 38]);
    const own = ofTask[0] ?? [];
    expect(own.map(({ minGapMs }) => minGapMs)).toEqual(own.map((_, k) => (k === 0 ? 0 : 10 * MINUTE_MS)));
    expect(own[0]?.earliest).toBe(48);
    expect(own[1]?.earliest).toBe(40);
    const mean = ((own.at(-1)?.at ?? 0) - (own[0]?.at ?? 0)) / (own.length - 1);
    expect(guardAt((own[0]?.id ?? 0) - 1)).toBe(Math.min(38, (own[0]?.at ?? 0) - mean));
    const hourly = ordered([{ minPlays: 6, maxPlaysPerHour: 3 }], 40, [5, 10, 38]).ofTask[0] ?? [];
    expect(hourly.slice(0, 3).map(({ earliest }) => earliest)).toEqual([65, 70, 98]);
    expect(hourly.slice(3).every(({ earliest }) => earliest === 40)).toBe(true);
  });
});
