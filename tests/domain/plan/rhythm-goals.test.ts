/** At which pace plays are aimed: front-loaded counts, bonus plays to closing, shares over the whole window, all within their limits. */
import { describe, expect, test } from 'vitest';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { dayPeriods, type RhythmGoal, rhythmGoals } from '../../../domain/plan/rhythm-goals.ts';
import { dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

type Wish = Partial<ProgramCommitment>;
const MINUTE_MS = 60_000;

/** The goals of an hour of minute films, `needed` plays of each, times in minutes. */
function goalsOf(wishes: Wish[], needed: number[], { frontLoaded = true, starts = [] as number[], openMin = 60 } = {}) {
  const program = smallProgram(
    wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(1)], ...wish })),
    openMin,
  );
  const nowMin = starts.length === 0 ? 0 : openMin / 2;
  const day = dayOf(program, nowMin, { c0: { playsByItem: [starts.length], starts: starts.map(minute) } });
  const dayPeriodsMs = dayPeriods(day, needed);
  return rhythmGoals(day, needed, frontLoaded).map((goal: RhythmGoal, i) => ({
    ...goal,
    periodMs: goal.periodMs / MINUTE_MS,
    dayPeriodMs: (dayPeriodsMs[i] ?? 0) / MINUTE_MS,
    horizonMs: goal.horizonMs / MINUTE_MS,
    tail: goal.tail && { ...goal.tail, periodMs: goal.tail.periodMs / MINUTE_MS },
  }));
}

describe('the rhythm of a count', () => {
  test('[P11] promised plays are aimed at in the front-loaded part of the time, with a margin for the last', () => {
    const [goal] = goalsOf([{ minPlays: 6 }], [6]);
    expect(goal).toMatchObject({ needed: 6, horizonMs: 45, dayPeriodMs: 7.5, tail: null, stops: false });
    expect(goal?.periodMs).toBeCloseTo(45 / 6.4, 9);
    expect(goalsOf([{ minPlays: 6, frontLoad: 0.5 }], [6])[0]).toMatchObject({ horizonMs: 30, dayPeriodMs: 5 });
  });

  test('[P11] without front-loading they are spread over all of it', () => {
    expect(goalsOf([{ minPlays: 6 }], [6], { frontLoaded: false })).toMatchObject([
      { horizonMs: 60, periodMs: 10, dayPeriodMs: 7.5 },
    ]);
  });

  test('[P11] of a day under way only the rest counts, and a play is late by the whole of it', () => {
    const [goal] = goalsOf([{ minPlays: 6 }], [4], { starts: [0, 10] });
    expect(goal).toMatchObject({ needed: 4, horizonMs: 22.5, dayPeriodMs: 7.5 });
    expect(goal?.periodMs).toBeCloseTo(22.5 / 4.4, 9);
  });

  test('[P12] what is kept goes on in the rhythm of the day, and what was never promised is not played', () => {
    expect(goalsOf([{ minPlays: 6 }], [0])).toMatchObject([{ needed: 0, periodMs: 7.5 }]);
    expect(goalsOf([{}], [0])).toMatchObject([{ periodMs: Infinity, dayPeriodMs: Infinity }]);
  });

  test('[P11] where the promised work exceeds what that pace can hold, horizons stretch, up to the whole', () => {
    // Each of the two asks for 0.6 of its front-loaded time; 0.94 of it may be asked for.
    const goals = goalsOf([{ minPlays: 27 }, { minPlays: 27 }], [27, 27]);
    for (const { horizonMs, dayPeriodMs } of goals) {
      expect(horizonMs).toBeCloseTo((45 * 1.2) / 0.94, 9);
      expect(dayPeriodMs).toBeCloseTo((45 * 1.2) / 0.94 / 27, 9);
    }
    expect(goalsOf([{ minPlays: 30 }, { minPlays: 30 }], [30, 30])).toMatchObject([
      { horizonMs: 60, dayPeriodMs: 2 },
      { horizonMs: 60, dayPeriodMs: 2 },
    ]);
  });

  test('[P11] only work of the same time counts', () => {
    const [first, second] = [part(0, 30), part(30, 60)];
    const horizons = (...parts: (typeof first)[]): number[] =>
      goalsOf(
        parts.map((one) => ({ minPlays: 14, dayParts: [one] })),
        parts.map(() => 14),
      ).map(({ horizonMs }) => horizonMs);
    expect(horizons(first, second)).toEqual([22.5, 22.5]);
    const [stretched = 0, other] = horizons(first, part(0, 30));
    expect(stretched).toBeCloseTo(28 / 0.94, 9);
    expect(other).toBe(stretched);
    // A part that reaches into another one's time shares it.
    expect(horizons(first, part(15, 45))).toEqual([stretched, stretched]);
    expect(horizons(part(15, 45), first)).toEqual([stretched, stretched]);
  });

  test('[P12] beside exact times nothing is played but what makes up for one', () => {
    const exact = { minPlays: 2, exactTimes: ['08:10', '08:40'] };
    expect(goalsOf([exact], [0])).toMatchObject([
      { needed: 0, periodMs: Infinity, dayPeriodMs: 22.5, stops: true, tail: null },
    ]);
    expect(goalsOf([exact], [1])).toMatchObject([{ needed: 1, stops: true }]);
  });
});

describe('limits of a rhythm', () => {
  const periodOf = (wish: Wish, plays: number): number =>
    goalsOf([{ minPlays: plays, ...wish }], [plays], { frontLoaded: false })[0]?.periodMs ?? 0;

  test('[P6] it is no closer than the least distance, nor than the film is long', () => {
    expect(periodOf({ minGapMs: 12 * MINUTE_MS }, 6)).toBe(12);
    expect(periodOf({ minGapMs: 9 * MINUTE_MS }, 6)).toBe(10);
    expect(periodOf({ items: [film(5)] }, 12)).toBe(5);
    expect(periodOf({ items: [film(5)] }, 15)).toBe(5);
  });

  test('[P5] it is no quicker than the limit an hour, but in a window that holds them all', () => {
    const quickest = (maxPlaysPerHour: number, plays: number, openMin: number): number =>
      goalsOf([{ minPlays: plays, maxPlaysPerHour }], [plays], { openMin })[0]?.periodMs ?? 0;
    expect(quickest(5, 10, 120)).toBe(12);
    expect(quickest(7, 10, 120)).toBeCloseTo(90 / 10.4, 9);
    // Six plays at ten minutes take 51, which an hour holds; seven take 61.
    expect(quickest(6, 6, 60)).toBe(10);
    expect(quickest(6, 7, 60)).toBeCloseTo(45 / 7.4, 9);
    expect(quickest(6, 7, 61)).toBe(10);
  });

  test('[P7] with a largest gap it is no slower than 0.85 of it', () => {
    expect(periodOf({ maxGapMs: 10 * MINUTE_MS }, 6)).toBe(8.5);
    expect(periodOf({ maxGapMs: 12 * MINUTE_MS }, 6)).toBe(10);
  });
});

describe('the rhythm of a share', () => {
  test('[P8] its plays are spread over the whole window, and there is no bonus beyond it', () => {
    const [goal] = goalsOf([{ minShare: 0.25 }], [12]);
    expect(goal).toMatchObject({ needed: 12, horizonMs: 60, tail: null, stops: true });
    expect(goal?.periodMs).toBeCloseTo(60 / 12.4, 9);
  });

  test('[P8] a count among them is kept in its front-loaded time, the rest after it', () => {
    const [goal] = goalsOf([{ minShare: 0.25, minPlays: 10, frontLoad: 0.5 }], [12]);
    const countMs = 30 / 10.4;
    expect(goal?.periodMs).toBeCloseTo(countMs, 9);
    expect(goal?.tail?.plays).toBe(2);
    expect(goal?.tail?.periodMs).toBeCloseTo((60 - 10 * countMs) / 2.4, 9);
    const [slow] = goalsOf([{ minShare: 0.25, minPlays: 2 }], [12]);
    expect(slow?.tail).toBeNull();
    expect(slow?.periodMs).toBeCloseTo(60 / 12.4, 9);
  });

  test('[P7] a largest gap closer than the share goes on to closing', () => {
    const stops = (maxGapMin: number): boolean | undefined =>
      goalsOf([{ minShare: 0.25, maxGapMs: maxGapMin * MINUTE_MS }], [20])[0]?.stops;
    // Twenty plays and a margin: one every 2.94 minutes.
    expect([stops(4), stops(3.4)]).toEqual([true, false]);
  });

  test('[P12] bonus beyond a count goes on no quicker than the share', () => {
    // The hour has six plays of the count and 108 loop items: a share of 0.01 asks for little more than one.
    const [slow] = goalsOf([{ minPlays: 6, minShare: 0.01 }], [6]);
    expect(slow?.periodMs).toBeCloseTo(45 / 6.4, 9);
    expect(slow?.tail?.plays).toBe(0);
    expect(slow?.tail?.periodMs).toBeCloseTo(60 / 1.14, 6);
    const [airtime] = goalsOf([{ minPlays: 6, minAirtimeShare: 0.05 }], [6]);
    expect(airtime?.tail?.periodMs).toBeCloseTo(20, 6);
  });

  test('[P8] [P11] plays of shares do not give way, so that counts stretch into what they leave', () => {
    // The share takes half of the time all day; the count asks for 0.4 of its front-loaded time, and 0.44 of it is left.
    const [, count] = goalsOf([{ minShare: 0.4 }, { minPlays: 18 }], [30, 18]);
    expect(count?.horizonMs).toBe(45);
    const [, more] = goalsOf([{ minShare: 0.4 }, { minPlays: 21 }], [30, 21]);
    expect(more?.horizonMs).toBeCloseTo((45 * (21 / 45)) / 0.44, 9);
    const [, all] = goalsOf([{ minShare: 0.9 }, { minPlays: 5 }], [57, 5]);
    expect(all?.horizonMs).toBe(60);
  });
});
