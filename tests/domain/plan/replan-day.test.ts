/** The rest of a day planned anew: what was lost is made up for before closing, within every limit. */
import { describe, expect, test } from 'vitest';
import type { DayPlan, PlayedSlot } from '../../../domain/plan/day-plan.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { replanDay } from '../../../domain/plan/replan-day.ts';
import { planFaults } from '../../helpers/plan-checker.ts';
import { commitmentOf, programOf, realisticProgram, seededRandom } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const at = (time: string): number => Date.parse(`${DATE}T${time}:00+08:00`);
const HOUR_MS = 3_600_000;

function replan(program: Program, played: PlayedSlot[], nowMs: number): DayPlan {
  const made = replanDay(program, DATE, played, nowMs);
  expect(planFaults(made, { program, date: DATE, nowMs, tally: {}, played })).toEqual([]);
  return made;
}

/** What was shown of `plan` if the screen was dark from `fromMs` to `toMs`; a play cut off did not count. */
function playedUntil(plan: DayPlan, fromMs: number): PlayedSlot[] {
  return plan.slots
    .filter((slot) => slot.startMs < fromMs)
    .map(({ startMs, durationMs, item, commitment }) => ({
      startMs,
      durationMs,
      item,
      commitment,
      counted: startMs + durationMs <= fromMs,
    }));
}

const starts = (made: DayPlan, id: string): number[] =>
  made.slots.filter((slot) => slot.commitment === id).map((slot) => slot.startMs);

describe('repair', () => {
  test('[P15] a lost morning is made up before closing, and says so', () => {
    const program = programOf([commitmentOf('a', { minPlays: 34 }), commitmentOf('b', { minPlays: 10 })]);
    const made = replan(program, [], at('14:30'));
    expect(made.feasible).toBe(true);
    const a = made.slots.filter((slot) => slot.commitment === 'a');
    // Half of the day is gone, and with it the windows of two thirds of 34 plays front-loaded to three quarters.
    expect(a.filter((slot) => slot.reason === 'make-good')).toHaveLength(22);
    expect(a.filter((slot) => slot.reason === 'scheduled')).toHaveLength(12);
    expect(a[0]?.reason).toBe('make-good');
  });

  test('[P15] a day on schedule has nothing to make good', () => {
    const program = programOf([commitmentOf('a', { minPlays: 34 }), commitmentOf('b', { minPlays: 10 })]);
    const made = replan(program, playedUntil(planDay(program, DATE, {}, 0), at('12:00')), at('12:00'));
    expect(made.slots.filter((slot) => slot.reason === 'make-good')).toEqual([]);
    expect(made.commitments[0]?.tally).toBeGreaterThanOrEqual(15);
  });

  test('[P15] plays that did not count are planned again', () => {
    const program = programOf([commitmentOf('a', { minPlays: 10 })]);
    const broken = playedUntil(planDay(program, DATE, {}, 0), at('20:00')).map((slot) => ({
      ...slot,
      counted: slot.commitment === null,
    }));
    const made = replan(program, broken, at('20:00'));
    expect(made.commitments[0]).toMatchObject({ tally: 0, shortBy: 0 });
    expect(made.slots.filter((slot) => slot.reason === 'make-good' || slot.reason === 'scheduled')).toHaveLength(10);
  });

  test('[P15] what no longer fits is a shortfall with the count that does', () => {
    const program = programOf([commitmentOf('a', { minPlays: 34, maxPlaysPerHour: 4 })]);
    const made = replan(program, [], at('20:00'));
    expect(made.commitments[0]).toMatchObject({ planned: 12, shortBy: 22 });
    expect(made.conflicts).toMatchObject([{ kind: 'limits', commitments: ['a'], fits: 12 }]);
  });

  test('[P18] limits are kept against what was shown, counted or not', () => {
    const program = programOf([commitmentOf('a', { minPlays: 20, maxPlaysPerHour: 2, minGapMs: 1_200_000 })]);
    const play = (time: string, counted: boolean): PlayedSlot => ({
      startMs: at(time),
      durationMs: 30_000,
      item: 'film-a',
      commitment: 'a',
      counted,
    });
    const made = replan(program, [play('11:40', false), play('11:10', true)], at('12:00'));
    expect(starts(made, 'a')[0]).toBeGreaterThanOrEqual(at('12:10'));
    expect(starts(made, 'a')[1]).toBeGreaterThanOrEqual(at('12:40'));
  });

  test('[P18] the loop goes on after the item shown last', () => {
    const loop = ['p', 'q', 'r', 's'].map((item) => ({ item, durationMs: 10_000 }));
    const program = programOf([], { loop });
    const shown = ['p', 'q', 'r', 's', 'p', 'q'].map((item, k) => ({
      startMs: at('11:00') + k * 10_000,
      durationMs: 10_000,
      item,
      commitment: null,
      counted: true,
    }));
    expect(
      replan(program, shown, at('11:01'))
        .slots.slice(0, 4)
        .map((slot) => slot.item),
    ).toEqual(['r', 's', 'p', 'q']);
  });

  test('[P10] shares of items are kept by what was shown of each', () => {
    const items = ['x', 'y'].map((item) => ({ item, durationMs: 20_000, weight: 1 }));
    const program = programOf([commitmentOf('a', { minPlays: 8, items, frontLoad: 1 })]);
    const shown = [0, 1, 2].map((k) => ({
      startMs: at('07:00') + k * HOUR_MS,
      durationMs: 20_000,
      item: 'x',
      commitment: 'a',
      counted: true,
    }));
    const made = replan(program, shown, at('10:00'));
    expect(
      made.slots
        .filter((slot) => slot.commitment === 'a')
        .slice(0, 4)
        .map((slot) => slot.item),
    ).toEqual(['y', 'y', 'y', 'x']);
  });

  test('[P19] the order in which plays are told does not matter', () => {
    const program = programOf([commitmentOf('a', { minPlays: 60 })]);
    const played = playedUntil(planDay(program, DATE, {}, 0), at('13:00'));
    expect(replan(program, played.toReversed(), at('13:00'))).toEqual(replan(program, played, at('13:00')));
  });

  test('[P14] any quarter of the day lost, at up to 70 % booked, still keeps every minimum', () => {
    for (let seed = 1; seed <= Math.min(60, Number(process.env.XUNBO_TEST_RUNS ?? 60)); seed += 1) {
      const random = seededRandom(seed * 7919);
      const program = realisticProgram(seed, [0.5, 0.6, 0.65, 0.7][seed % 4]);
      const from = at('06:00') + Math.floor(random() * 0.75 * 17 * HOUR_MS);
      const to = from + 0.25 * 17 * HOUR_MS;
      const made = replan(program, playedUntil(planDay(program, DATE, {}, 0), from), to);
      expect(made.conflicts, `seed ${seed}`).toEqual([]);
    }
  });
});
