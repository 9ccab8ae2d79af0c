/** Programs out of all range: each fault is named, nothing is clamped, and planning comes back however much is asked for. */
import { describe, expect, test } from 'vitest';
import type { Conflict, DayPlan } from '../../../domain/plan/day-plan.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { validateProgram } from '../../../domain/plan/validate-program.ts';
import { planFaults } from '../../helpers/plan-checker.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const film = (durationMs: number): ProgramCommitment['items'] => [{ item: 'film', durationMs, weight: 1 }];
const of = (over: Partial<ProgramCommitment>): Program => programOf([commitmentOf('a', over)]);

/** A plan with the independent checker's blessing. */
function plan(program: Program): DayPlan {
  const made = planDay(program, DATE, {}, 0);
  expect(planFaults(made, { program, date: DATE, nowMs: 0, tally: {} })).toEqual([]);
  return made;
}

const many = (count: number, over: Partial<ProgramCommitment>): Program =>
  programOf(Array.from({ length: count }, (_, k) => commitmentOf(`c${k}`, over)));

describe('values out of their range are named, and none is clamped', () => {
  const duration = 'a whole number of milliseconds from 1 to 86400000';
  test.each<[Partial<ProgramCommitment>, string, string, string]>([
    [{ items: film(0) }, 'items[0].durationMs', '0', duration],
    [{ items: film(-MINUTE_MS) }, 'items[0].durationMs', '-60000', duration],
    [{ items: film(1000.5) }, 'items[0].durationMs', '1000.5', duration],
    [{ items: film(Number.NaN) }, 'items[0].durationMs', 'NaN', duration],
    [{ items: film(25 * HOUR_MS) }, 'items[0].durationMs', '90000000', duration],
    [{ minPlays: 100_001 }, 'minPlays', '100001', 'a whole number of plays a day from 0 to 100000'],
    [{ minPlays: Number.POSITIVE_INFINITY }, 'minPlays', 'Infinity', 'a whole number of plays a day from 0 to 100000'],
    [{ minShare: 1.5 }, 'minShare', '1.5', 'a share from 0 to 1'],
    [{ minShare: -0.1 }, 'minShare', '-0.1', 'a share from 0 to 1'],
    [{ minShare: Number.NaN }, 'minShare', 'NaN', 'a share from 0 to 1'],
    [{ minGapMs: 10, maxGapMs: 5 }, 'maxGapMs', '5', 'at least minGapMs (10)'],
    [
      { dayParts: [{ from: '08:00', to: '08:00' }] },
      'dayParts[0].to',
      '"08:00"',
      'later than from (08:00); past midnight is written 32:00',
    ],
    [
      { dayParts: [{ from: '22:00', to: '01:30' }] },
      'dayParts[0].to',
      '"01:30"',
      'later than from (22:00); past midnight is written 25:30',
    ],
  ])('[P22] %j', (over, place, value, allowed) => {
    expect(validateProgram(of(over))).toMatchObject([{ place: `commitments[0].${place}`, value, allowed }]);
  });

  test('[P22] 10,000 commitments are allowed and 10,001 are not', () => {
    expect(validateProgram(many(10_000, {}))).toEqual([]);
    expect(validateProgram(many(10_001, {}))).toEqual([
      { code: 'too-many', place: 'commitments', value: '10001', allowed: 'at most 10000 commitments' },
    ]);
  });
});

describe('promises that cannot be are conflicts with what fits', () => {
  test.each<[string, Partial<ProgramCommitment>, Partial<Conflict>]>([
    [
      'a film longer than its day part',
      { minPlays: 1, items: film(11 * MINUTE_MS), dayParts: [{ from: '08:00', to: '08:10' }] },
      { kind: 'item-too-long', fits: 0 },
    ],
    [
      'a day part outside opening hours',
      { minPlays: 1, dayParts: [{ from: '01:00', to: '02:00' }] },
      { kind: 'no-window', fits: 0 },
    ],
    ['60 a day, at most 1 an hour', { minPlays: 60, maxPlaysPerHour: 1 }, { kind: 'limits', fits: 17 }],
    ['10 a day, 4 hours apart', { minPlays: 10, minGapMs: 4 * HOUR_MS }, { kind: 'limits', fits: 5 }],
    ['a minimum of 100,000', { minPlays: 100_000 }, { kind: 'overbooked', fits: 2040 }],
    ['half of all plays, at most 1 an hour', { minShare: 0.5, maxPlaysPerHour: 1 }, { kind: 'min-share', fits: 17 }],
    ['half of all plays, an hour apart', { minShare: 0.5, minGapMs: HOUR_MS }, { kind: 'min-share', fits: 17 }],
  ])('[P20] %s', (_, over, conflict) => {
    const made = plan(of(over));
    expect(made.feasible).toBe(false);
    expect(made.conflicts).toMatchObject([{ commitments: ['a'], ...conflict }]);
    expect(made.commitments[0]?.planned).toBe(conflict.fits);
  });

  test.each<[string, Partial<ProgramCommitment>]>([
    ['no hour without a play every 10 minutes, at most 1 an hour', { maxGapMs: 600_000, maxPlaysPerHour: 1 }],
    ['plays closer than the film is long', { maxGapMs: 30_000, items: film(MINUTE_MS) }],
  ])('[P7] %s: a largest gap without a minimum is not given up in silence', (_, over) => {
    const made = plan(of(over));
    expect(made.feasible).toBe(false);
    expect(made.conflicts).toMatchObject([{ kind: 'max-gap', commitments: ['a'] }]);
  });
});

describe('planning comes back, however much is asked for', () => {
  test('[P23] 10,000 commitments of 100,000 plays each', () => {
    const made = planDay(many(10_000, { minPlays: 100_000, items: film(1000) }), DATE, {}, 0);
    const kinds = new Set(made.conflicts.map((conflict) => conflict.kind));
    expect(made.conflicts).toHaveLength(10_000);
    expect([...kinds].sort()).toEqual(['overbooked', 'work-bound']);
    expect(made.commitments.reduce((sum, account) => sum + account.planned, 0)).toBe(61_200);
    expect(made.commitments[0]).toMatchObject({ planned: 61_200, shortBy: 38_800 });
  });

  test('[P23] 10,000 commitments of 10 plays, of which most fit', () => {
    const made = planDay(many(10_000, { minPlays: 10, items: film(1000) }), DATE, {}, 0);
    const planned = made.commitments.reduce((sum, account) => sum + account.planned, 0);
    expect(planned).toBeGreaterThan(40_000);
    expect(made.conflicts.every((conflict) => conflict.kind === 'work-bound')).toBe(true);
    expect(made.commitments[0]?.shortBy).toBe(0);
  });

  test('[P23] items of a millisecond', () => {
    const made = planDay(many(100, { minPlays: 100_000, items: film(1) }), DATE, {}, 0);
    expect(made.slots.length).toBeLessThan(300_000);
    expect(made.conflicts.map((conflict) => conflict.kind)).toContain('work-bound');
    expect(made.commitments[0]?.shortBy).toBe(0);
  });

  test('[P23] 2,000 commitments whose counts and shares cannot be had', () => {
    const made = planDay(many(2000, { minPlays: 3, minShare: 0.001, items: film(20_000) }), DATE, {}, 0);
    expect(made.conflicts.filter((conflict) => conflict.kind === 'min-share')).toHaveLength(2000);
    expect(made.conflicts.filter((conflict) => conflict.kind === 'overbooked')).toHaveLength(980);
  });

  test('[P23] of 10,000 competitors a conflict names the first hundred', () => {
    const made = planDay(many(10_000, { minPlays: 1, items: film(20_000) }), DATE, {}, 0);
    expect(made.commitments.filter((account) => account.shortBy === 0)).toHaveLength(3060);
    expect(Math.max(...made.conflicts.map((conflict) => conflict.commitments.length))).toBe(101);
  });
});
