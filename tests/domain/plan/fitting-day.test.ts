/** Whether the counts of a day fit is found without a plan, and is what planning the day says. */
import { expect, test } from 'vitest';
import { checkDay } from '../../../domain/plan/check-day.ts';
import { fitsAtSight, mayOverflowSlots } from '../../../domain/plan/fitting-day.ts';
import { loopQueue } from '../../../domain/plan/loop-queue.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { WEEKDAYS } from '../../../domain/time/weekday.ts';
import { DAY, dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { awkwardProgram, commitmentOf, pickInt, programOf, seededRandom } from '../../helpers/random-program.ts';

const SEEDS = Array.from({ length: 16 }, (_, k) => k + 1);

/** Six hours of counts that mostly just fit or just do not, some of them with limits and day parts, one in ten of them grossly too large. */
function countsProgram(seed: number): Program {
  const random = seededRandom(seed);
  const load = 0.6 + 0.6 * random();
  const size = pickInt(random, 1, 8);
  const commitments = Array.from({ length: size }, (_, k) => {
    const seconds = pickInt(random, 20, 120);
    const plays = Math.round(((load * 6 * 3600) / size / seconds) * (0.5 + random()));
    return commitmentOf(`c${k}`, {
      minPlays: random() < 0.1 ? plays * 9 : plays,
      items: Array.from({ length: pickInt(random, 1, 2) }, (_, n) => ({
        item: `film-${k}-${n}`,
        durationMs: (seconds + 10 * n) * 1000,
        weight: 1,
      })),
      dayParts: random() < 0.15 ? [{ from: '10:00', to: '12:30' }] : [],
      minGapMs: random() < 0.1 ? 240_000 : null,
      maxPlaysPerHour: random() < 0.1 ? 12 : null,
    });
  });
  const whole = [{ days: [...WEEKDAYS], from: '08:00', to: '14:00' }];
  const halves = [
    { days: [...WEEKDAYS], from: '08:00', to: '11:00' },
    { days: [...WEEKDAYS], from: '12:00', to: '15:00' },
  ];
  return programOf(commitments, { openingHours: random() < 0.2 ? halves : whole });
}

test.each(SEEDS)('[K1] a check without a plan says what planning the day says, seed %i', (seed) => {
  for (const program of [countsProgram(seed), awkwardProgram(seed)]) {
    const plan = planDay(program, DAY, {}, 0);
    const { conflicts, given } = checkDay(program, DAY);
    expect(conflicts).toEqual(plan.conflicts);
    expect([...given]).toEqual(plan.commitments.map(({ id, required, planned }) => [id, Math.min(required, planned)]));
  }
});

const commitmentsOf = (wishes: Partial<ProgramCommitment>[]): ProgramCommitment[] =>
  wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish }));

/** Whether a check says that ten-minute films fit in an hour; `minPlays` and more of each commitment. */
const fits = (wishes: Partial<ProgramCommitment>[]): boolean =>
  checkDay(smallProgram(commitmentsOf(wishes), 60), DAY).conflicts.length === 0;

test('[P24] plays that may start at any time fit exactly as far as they are no longer than the day', () => {
  expect(fits([{ minPlays: 4 }, { minPlays: 2 }])).toBe(true);
  expect(fits([{ minPlays: 4 }, { minPlays: 3 }])).toBe(false);
  expect(fits([{ minPlays: 6, items: [film(10), film(8)] }])).toBe(true);
  expect(fits([{ minPlays: 6, items: [film(10), film(11)] }])).toBe(false);
});

test('[P24] limits and day parts are looked at, also where there would be time enough', () => {
  expect(fits([{ minPlays: 3, dayParts: [part(0, 30)] }])).toBe(true);
  expect(
    fits([
      { minPlays: 3, dayParts: [part(0, 30)] },
      { minPlays: 1, dayParts: [part(20, 30)] },
    ]),
  ).toBe(false);
  expect(fits([{ minPlays: 3, minGapMs: 25 * 60_000 }])).toBe(true);
  expect(fits([{ minPlays: 4, minGapMs: 25 * 60_000 }])).toBe(false);
  expect(fits([{ minPlays: 3, maxPlaysPerHour: 2 }])).toBe(false);
});

test('[P23] where items are so short that a plan might reach the bound on its slots, the plan is asked', () => {
  const withLoopOf = (durationMs: number): Program =>
    smallProgram(commitmentsOf([{ minPlays: 1 }]), 60, { loop: [{ item: 'loop', durationMs }] });
  expect(mayOverflowSlots(dayOf(withLoopOf(30_000)))).toBe(false);
  expect(mayOverflowSlots(dayOf(withLoopOf(10)))).toBe(true);
  expect(checkDay(withLoopOf(10), DAY).conflicts).toEqual(planDay(withLoopOf(10), DAY, {}, 0).conflicts);
  expect(checkDay(withLoopOf(10), DAY).conflicts).toMatchObject([{ kind: 'work-bound' }]);
});

/** Whether the answer for an hour was found by adding up alone, without asking what the loop shows. */
function isSummed(wishes: Partial<ProgramCommitment>[], openingHours?: Program['openingHours'], starts: number[] = []) {
  const commitments = commitmentsOf(wishes.map((wish) => ({ minPlays: 1, ...wish })));
  const program = smallProgram(commitments, 60, openingHours ? { openingHours } : {});
  const day = dayOf(program, starts.length === 0 ? 0 : 20, { c0: { playsByItem: [starts.length], starts } });
  let asked = 0;
  fitsAtSight(day, () => {
    asked += 1;
    return loopQueue(day.loop, 1);
  });
  return asked === 0;
}

test('[P24] where every play may start at any time, adding up is enough', () => {
  expect(isSummed([{}, { minPlays: 4 }])).toBe(true);
  expect(isSummed([{ dayParts: [part(0, 60)] }])).toBe(true);
  expect(isSummed([{ minGapMs: 10 * 60_000 }])).toBe(true);
  expect(isSummed([{}, { minPlays: 0, maxPlaysPerHour: 1 }])).toBe(true);
});

/** What adding up says of an hour of ten-minute films. */
const sumsUp = (wishes: Partial<ProgramCommitment>[]): boolean => {
  const day = dayOf(smallProgram(commitmentsOf(wishes), 60));
  return fitsAtSight(day, () => {
    throw new Error('the loop is asked');
  });
};

test('[P24] the sum is of the lengths of all plays, each as long as its film of the turn is', () => {
  expect(sumsUp([{ minPlays: 4 }, { minPlays: 2 }])).toBe(true);
  expect(sumsUp([{ minPlays: 4 }, { minPlays: 3 }])).toBe(false);
  expect(sumsUp([{ minPlays: 7 }])).toBe(false);
  expect(sumsUp([{ minPlays: 6, items: [film(10), film(8)] }])).toBe(true);
  expect(sumsUp([{ minPlays: 7, items: [film(10), film(8)] }])).toBe(false);
  expect(sumsUp([{ minPlays: 5, items: [film(10), film(11)] }])).toBe(true);
  expect(sumsUp([{ minPlays: 6, items: [film(10), film(11)] }])).toBe(false);
});

test.each<[string, Partial<ProgramCommitment>]>([
  ['an hourly limit', { maxPlaysPerHour: 5 }],
  ['a distance longer than the film', { minGapMs: 10 * 60_000 + 1 }],
  ['a distance longer than one of its films', { minGapMs: 11 * 60_000, items: [film(12), film(10)] }],
  ['hours that begin later', { dayParts: [part(10, 60)] }],
  ['hours that end earlier', { dayParts: [part(0, 50)] }],
  ['hours with a break', { dayParts: [part(0, 20), part(30, 60)] }],
])('[P24] with %s it is not', (_, over) => {
  expect(isSummed([{}, over])).toBe(false);
  expect(isSummed([over, {}])).toBe(false);
});

test('[P24] nor on a day that closes in between, or after plays that are to be kept away from', () => {
  const hours = [
    { days: [...WEEKDAYS], from: '08:00', to: '08:20' },
    { days: [...WEEKDAYS], from: '08:30', to: '09:00' },
  ];
  expect(isSummed([{}], hours)).toBe(false);
  expect(isSummed([{ minPlays: 2 }], undefined, [minute(5)])).toBe(false);
});
