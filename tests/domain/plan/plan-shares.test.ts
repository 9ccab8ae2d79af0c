/** Shares through a whole day and the rest of one, beside counts and limits. */
import { describe, expect, test } from 'vitest';
import { checkDay } from '../../../domain/plan/check-day.ts';
import type { DayPlan, PlayedSlot, Slot } from '../../../domain/plan/day-plan.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { replanDay } from '../../../domain/plan/replan-day.ts';
import { planFaults } from '../../helpers/plan-checker.ts';
import { commitmentOf, programOf, sharedProgram } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const at = (time: string): number => Date.parse(`${DATE}T${time}:00+08:00`);
const HOUR_MS = 3_600_000;
const NIGHT_MS = at('00:00');

const films = (id: string, seconds: readonly number[]): ProgramCommitment['items'] =>
  seconds.map((length, k) => ({ item: `${id}-${k}`, durationMs: length * 1000, weight: 1 }));

/** A screen open all day with a loop of eleven items and two campaigns, each with a minimum and a share far above it. */
const townSquare = (a: Partial<ProgramCommitment> = {}, b: Partial<ProgramCommitment> = {}): Program =>
  programOf(
    [
      commitmentOf('a', { minPlays: 200, minShare: 0.25, items: films('a', [6, 8, 10, 12]), ...a }),
      commitmentOf('b', { minPlays: 60, minShare: 0.34, items: films('b', [12, 16]), ...b }),
    ],
    {
      from: '00:00',
      to: '24:00',
      loop: Array.from({ length: 11 }, (_, k) => ({ item: `loop-${k}`, durationMs: (6 + k) * 1000 })),
    },
  );

function plan(program: Program, tally: Record<string, number> = {}, nowMs = NIGHT_MS): DayPlan {
  const made = planDay(program, DATE, tally, nowMs);
  expect(planFaults(made, { program, date: DATE, nowMs, tally })).toEqual([]);
  return made;
}

function replan(program: Program, played: readonly PlayedSlot[], nowMs: number): DayPlan {
  const made = replanDay(program, DATE, played, nowMs);
  expect(planFaults(made, { program, date: DATE, nowMs, tally: {}, played })).toEqual([]);
  return made;
}

const own = (made: DayPlan, id: string): Slot[] => made.slots.filter((slot) => slot.commitment === id);
const promised = (made: DayPlan, id: string): Slot[] => own(made, id).filter((slot) => slot.reason !== 'bonus');
const withReason = (made: DayPlan, id: string, reason: Slot['reason']): number =>
  own(made, id).filter((slot) => slot.reason === reason).length;

/** How many of `slots` start in every whole hour from `fromMs` to closing. */
const hourly = (slots: readonly Slot[], fromMs: number): number[] =>
  Array.from({ length: Math.floor((at('24:00') - fromMs) / HOUR_MS) }, (_, hour) => {
    const startMs = fromMs + hour * HOUR_MS;
    return slots.filter((slot) => slot.startMs >= startMs && slot.startMs < startMs + HOUR_MS).length;
  });

/** Every hour has its part of `slots`, give or take a twentieth and one play. */
function expectEven(slots: readonly Slot[], fromMs: number): void {
  const mean = (slots.length * HOUR_MS) / (at('24:00') - fromMs);
  for (const count of hourly(slots, fromMs)) expect(Math.abs(count - mean)).toBeLessThanOrEqual(mean / 20 + 1);
}

const shown = (slots: readonly Slot[], untilMs: number): PlayedSlot[] =>
  slots.filter((slot) => slot.startMs + slot.durationMs <= untilMs).map((slot) => ({ ...slot, counted: true }));

const SHARES: readonly [string, number][] = [
  ['a', 0.25],
  ['b', 0.34],
];

describe('shares of a whole day', () => {
  const made = planDay(townSquare(), DATE, {}, NIGHT_MS);

  test('[P8] [P1] the checker finds no fault', () => {
    expect(plan(townSquare())).toEqual(made);
  });

  test.each(SHARES)('[P8] what the share of %s needs is promised, all of it and evenly to closing', (id, share) => {
    expect(made.feasible).toBe(true);
    expect(promised(made, id)).toHaveLength(Math.ceil(share * made.slots.length));
    expect(made.commitments.find((account) => account.id === id)?.shortBy).toBe(0);
    expectEven(promised(made, id), NIGHT_MS);
  });

  test.each(SHARES)('[P8] the share of %s is kept and hardly exceeded', (id, share) => {
    expect(own(made, id).length / made.slots.length).toBeGreaterThanOrEqual(share);
    expect(own(made, id).length / made.slots.length).toBeLessThanOrEqual(share + 0.01);
  });

  test('[P8] the minimum stays the count that is required', () => {
    expect(made.commitments.map((account) => account.required)).toEqual([200, 60]);
    expect(made.commitments.map((account) => account.idealGapMs)).toEqual(
      SHARES.map(([id]) => Math.round((24 * HOUR_MS) / promised(made, id).length)),
    );
  });

  test('[P16] what shares leave goes to the loop, to every item of it', () => {
    const turns = Array.from({ length: 11 }, (_, k) => made.slots.filter((slot) => slot.item === `loop-${k}`).length);
    expect(Math.min(...turns)).toBeGreaterThan(0.75 * Math.max(...turns));
  });

  test('[P25] plays that shares need are booked', () => {
    const check = checkDay(townSquare(), DATE);
    const workMs = SHARES.reduce((sum, [id]) => sum + promised(made, id).length * (id === 'a' ? 9000 : 14_000), 0);
    expect(check.load).toBeCloseTo(workMs / (24 * HOUR_MS), 6);
    expect(check.load).toBeGreaterThan(0.6);
  });
});

describe('shares of the rest of a day', () => {
  test('[P8] [P15] a late start owes the count of the morning, and no share of what was never shown', () => {
    const made = plan(townSquare(), {}, at('09:40'));
    for (const [id, share] of SHARES) {
      expect(promised(made, id)).toHaveLength(Math.ceil(share * made.slots.length));
      expect(own(made, id).length / made.slots.length).toBeLessThanOrEqual(share + 0.01);
      expectEven(promised(made, id), at('09:40'));
    }
    // 580 minutes are gone: 107 windows of 5.4 minutes of 200 plays in 18 hours, 32 windows of 18 minutes of 60.
    expect(SHARES.map(([id]) => withReason(made, id, 'make-good'))).toEqual([107, 32]);
    expect(own(made, 'b')[31]?.reason).toBe('make-good');
  });

  test('[P8] what was played counts towards the share', () => {
    const tally = { a: 700, b: 1100 };
    const made = plan(townSquare(), tally, at('09:40'));
    const total = made.slots.length + 1800;
    expect(promised(made, 'a')).toHaveLength(Math.ceil(0.25 * total) - 700);
    expect(promised(made, 'b')).toHaveLength(Math.ceil(0.34 * total) - 1100);
    expectEven(promised(made, 'a'), at('09:40'));
    expectEven(promised(made, 'b'), at('09:40'));
  });

  test.each(['01:00', '09:40', '17:25', '23:00'])('[P15] a day on schedule at %s makes nothing good', (time) => {
    const whole = plan(townSquare());
    const made = replan(townSquare(), shown(whole.slots, at(time)), at(time));
    expect(SHARES.map(([id]) => withReason(made, id, 'make-good'))).toEqual([0, 0]);
    expect(made.feasible).toBe(true);
  });

  test('[P15] plays of a share that did not count are made good', () => {
    const whole = plan(townSquare());
    const broken = shown(whole.slots, at('06:00')).map((slot) => ({ ...slot, counted: slot.commitment !== 'a' }));
    const made = replan(townSquare(), broken, at('06:00'));
    const lost = broken.filter((slot) => slot.counted).length;
    expect(made.feasible).toBe(true);
    expect(Math.abs(withReason(made, 'a', 'make-good') - 0.25 * lost)).toBeLessThanOrEqual(2);
    expect(withReason(made, 'b', 'make-good')).toBe(0);
  });
});

describe('shares beside counts and limits', () => {
  test('[P8] [P11] a count close to its share is kept in three quarters of the day, the rest of the share after it', () => {
    const made = plan(townSquare({ minPlays: 1700 }));
    expect(made.feasible).toBe(true);
    expect(own(made, 'a').length / made.slots.length).toBeLessThanOrEqual(0.27);
    expect(own(made, 'a')[1699]?.startMs).toBeLessThanOrEqual(at('18:00'));
    expect(Math.min(...hourly(promised(made, 'a'), NIGHT_MS))).toBeGreaterThan(20);
  });

  test('[P8] [P12] a count above its share is kept early and goes on to closing as bonus, no quicker than the share', () => {
    const made = plan(townSquare({ minPlays: 2200 }));
    expect(promised(made, 'a')).toHaveLength(2200);
    expect(promised(made, 'a').at(-1)?.startMs).toBeLessThanOrEqual(at('18:05'));
    expect(Math.min(...hourly(own(made, 'a'), at('19:00')))).toBeGreaterThanOrEqual(60);
    expect(own(made, 'a').length / made.slots.length).toBeLessThan(0.36);
    expect(own(made, 'b').length / made.slots.length).toBeLessThanOrEqual(0.36);
  });

  test('[P8] [P7] a largest gap closer than the share is held to closing', () => {
    const made = plan(townSquare({ minShare: 0.02, minPlays: 0, maxGapMs: 600_000 }));
    const starts = own(made, 'a').map((slot) => slot.startMs);
    expect(made.feasible).toBe(true);
    expect(at('24:00') - (starts.at(-1) ?? 0)).toBeLessThanOrEqual(600_000);
  });

  test.each([0, 1e-9])('[P8] a share of %d asks for nothing beyond the count', (minShare) => {
    const made = plan(townSquare({ minShare, minPlays: 50 }, { minShare: null }), {}, at('03:00'));
    expect(made.feasible).toBe(true);
    expect(own(made, 'a').length).toBeGreaterThanOrEqual(50);
    expect(own(made, 'a').length).toBeLessThan(70);
    expect(plan(townSquare({ minShare }), {}, at('24:00')).slots).toEqual([]);
  });

  test('[P8] shares that no day holds are a conflict, and what fits of them is planned all the same', () => {
    const made = plan(townSquare({ minShare: 0.5 }, { minShare: 0.6 }));
    expect(made.conflicts.map((conflict) => conflict.kind)).toContain('min-share');
    expect(own(made, 'a').length / made.slots.length).toBeGreaterThan(0.3);
    expect(own(made, 'b').length / made.slots.length).toBeGreaterThan(0.4);
    expect(made.slots.filter((slot) => slot.reason === 'bonus').length).toBeLessThan(made.slots.length / 200);
  });

  test('[P8] [P1] on any day of counts and shares the checker finds no fault and no share is far exceeded', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const program = sharedProgram(seed);
      const made = plan(program, {}, at(seed % 3 === 0 ? '11:00' : '06:00'));
      expect(made.conflicts, `seed ${seed}`).toEqual([]);
      for (const { id, minShare, minPlays } of program.commitments) {
        if (minShare === null || minPlays > minShare * made.slots.length) continue;
        expect(own(made, id).length / made.slots.length, `seed ${seed}, ${id}`).toBeLessThanOrEqual(minShare + 0.02);
      }
    }
  });
});
