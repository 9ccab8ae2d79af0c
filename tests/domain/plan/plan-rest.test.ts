/** What cannot be had costs nothing else of the day, and a plan that reaches its bound on slots says so. */
import { describe, expect, test } from 'vitest';
import type { DayPlan } from '../../../domain/plan/day-plan.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { DAY, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const MINUTE_MS = 60_000;

/** The plan of a day of ten-minute films. */
function planOf(wishes: Partial<ProgramCommitment>[], openMin = 60, over: Partial<Program> = {}): DayPlan {
  const commitments = wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish }));
  return planDay(smallProgram(commitments, openMin, over), DAY, {}, 0);
}
const plannedIn = ({ commitments }: DayPlan): number[] => commitments.map(({ planned }) => planned);
const conflictsIn = ({ conflicts }: DayPlan): string[] =>
  conflicts.map(({ kind, commitments }) => `${kind} ${commitments[0]}`);
const shareOf = ({ slots }: DayPlan, id: string): number =>
  slots.filter(({ commitment }) => commitment === id).length / slots.length;

/** Thirty minutes in the middle and ten at the end leave no order but one to three films, which only a search finds. */
const PUZZLE: Partial<ProgramCommitment>[] = [
  { minPlays: 1, items: [film(30)] },
  { minPlays: 1, items: [film(20)], dayParts: [part(0, 50)] },
  { minPlays: 1, dayParts: [part(20, 60)] },
];

describe('counts beside what cannot be had', () => {
  test('[P4] a day that one order fills is filled', () => {
    const plan = planOf(PUZZLE);
    expect([plan.feasible, plannedIn(plan)]).toEqual([true, [1, 1, 1]]);
  });

  test('[P7] a largest gap that does not fit beside them costs none of them', () => {
    const gap = { maxGapMs: 12 * MINUTE_MS };
    const swept = planOf([{ minPlays: 4 }, gap]);
    expect(conflictsIn(swept)).toEqual(['max-gap c1']);
    expect(plannedIn(swept)[0]).toBe(4);
    const searched = planOf([...PUZZLE, gap]);
    expect(conflictsIn(searched)).toEqual(['max-gap c3']);
    expect(plannedIn(searched)).toEqual([1, 1, 1, 0]);
  });

  test('[P7] a largest gap is kept where a share is what does not fit', () => {
    const plan = planOf([
      { maxGapMs: 20 * MINUTE_MS, items: [film(1)] },
      { minShare: 0.5, items: [film(1)], dayParts: [part(0, 1)], maxPlaysPerHour: 1 },
    ]);
    expect(conflictsIn(plan)).toEqual(['min-share c1']);
    expect(plannedIn(plan)[0]).toBeGreaterThanOrEqual(3);
  });

  test('[P8] a share is kept, by search too, where a count is what does not fit', () => {
    const plan = planOf(
      [
        { minPlays: 9, dayParts: [part(0, 60)] },
        { minShare: 0.2, items: [film(1)] },
      ],
      120,
    );
    expect(plannedIn(plan)[0]).toBe(6);
    expect(shareOf(plan, 'c1')).toBeGreaterThanOrEqual(0.2);
    expect(conflictsIn(plan).some((conflict) => conflict.startsWith('min-share'))).toBe(false);
  });

  test('[P8] a share is kept where a count is what does not fit', () => {
    const plan = planOf(
      [
        { minPlays: 9, maxPlaysPerHour: 2 },
        { minShare: 0.2, items: [film(1)] },
      ],
      120,
    );
    expect(conflictsIn(plan)).toEqual(['limits c0']);
    expect(plannedIn(plan)[0]).toBe(4);
    expect(shareOf(plan, 'c1')).toBeGreaterThanOrEqual(0.2);
    expect(shareOf(plan, 'c1')).toBeLessThan(0.25);
  });

  test('[P8] [P29] also beside exact times', () => {
    const plan = planOf(
      [
        { minPlays: 9, maxPlaysPerHour: 2 },
        { minShare: 0.2, items: [film(1)] },
        { minPlays: 1, exactTimes: ['09:30'] },
      ],
      120,
    );
    expect(conflictsIn(plan)).toEqual(['limits c0']);
    expect(plan.slots.filter(({ commitment }) => commitment === 'c2').map(({ startMs }) => startMs)).toEqual([
      minute(90),
    ]);
    expect(plannedIn(plan)[0]).toBe(4);
    expect(shareOf(plan, 'c1')).toBeGreaterThanOrEqual(0.2);
  });
});

describe('the bound on slots', () => {
  test('[P23] a plan that reaches it says where, and how much of the day is left', () => {
    const { slots, conflicts } = planOf([], 60, { loop: [{ item: 'flash', durationMs: 10 }] });
    const lastMs = minute(0) + 199_999 * 10;
    expect([slots.length, slots.at(-1)?.startMs]).toEqual([200_000, lastMs]);
    expect(conflicts).toEqual([
      {
        kind: 'work-bound',
        commitments: [],
        startMs: lastMs,
        endMs: minute(60),
        overflowMs: minute(60) - lastMs,
        fits: 200_000,
      },
    ]);
  });

  test('[P23] one that stays below does not', () => {
    expect(planOf([], 30, { loop: [{ item: 'flash', durationMs: 10 }] }).conflicts).toEqual([]);
  });
});
