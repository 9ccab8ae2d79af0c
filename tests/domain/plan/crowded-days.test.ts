/** Days too full for a sweep: what a search places there is shown in turns, from opening on and after a plan made anew. */
import { expect, test } from 'vitest';
import type { DayPlan } from '../../../domain/plan/day-plan.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { replanDay } from '../../../domain/plan/replan-day.ts';
import { DAY, film, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf, crowdedProgram, programOf } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const HOUR_MS = 3_600_000;
const SEEDS = Array.from({ length: 30 }, (_, k) => k + 1);

/** When `part` opens and closes on the date; the whole day, 06:00 to 23:00, where there is none. */
const opening = (part = { from: '06:00', to: '23:00' }): [opensMs: number, closesMs: number] => [
  Date.parse(`${DATE}T${part.from}:00+08:00`),
  Date.parse(`${DATE}T${part.to}:00+08:00`),
];

/** The longest wait for a first or next play of any commitment in its even gaps: its time to the last play by its plays. */
function longestWait(program: Program, { slots }: DayPlan): number {
  const waits = program.commitments.map(({ id, dayParts }) => {
    const [opensMs] = opening(dayParts[0]);
    const starts = slots.filter(({ commitment }) => commitment === id).map(({ startMs }) => startMs);
    const gaps = starts.map((start, k) => start - (starts[k - 1] ?? opensMs));
    return starts.length < 3 ? 0 : (Math.max(...gaps) * starts.length) / ((starts.at(-1) ?? 0) - opensMs);
  });
  return Math.max(...waits);
}

/** The longest waits of 30 days, ascending. */
const waitsOf = (load: number, kind: { parts?: number; shares?: number }): number[] =>
  SEEDS.map((seed) => {
    const program = crowdedProgram(seed, load, kind);
    return longestWait(program, planDay(program, DATE, {}, 0));
  }).sort((a, b) => a - b);

test.each([0.92, 0.97, 0.99])('[P34] counts that take %f of the day take turns', (load) => {
  expect(waitsOf(load, {}).at(-1)).toBeLessThan(8);
});

test('[P34] also where some have hours of their own', () => {
  const waits = waitsOf(0.97, { parts: 0.5 });
  expect(waits[26]).toBeLessThan(8);
  expect(waits.at(-1)).toBeLessThan(25);
});

test('[P34] also beside shares that fill what counts leave, or do not fit', () => {
  expect(waitsOf(0.9, { shares: 2 }).at(-1)).toBeLessThan(12);
});

test('[P34] a plan made anew at any hour of a day that shares fill lets no count wait for hours', () => {
  const share = (id: string, minPlays: number, minShare: number, lengthsS: readonly number[]) =>
    commitmentOf(id, {
      minPlays,
      minShare,
      items: lengthsS.map((seconds, k) => ({ item: `${id}-${k}`, durationMs: seconds * 1000, weight: 1 })),
    });
  const program = programOf(
    [
      share('often', 200, 0.25, [12, 6, 8, 6]),
      share('third', 60, 0.34, [16, 12]),
      commitmentOf('count', {
        minPlays: 3000,
        priority: 5,
        items: [{ item: 'card', durationMs: 3000, weight: 1 }],
      }),
    ],
    {
      from: '00:00',
      to: '24:00',
      loop: [
        { item: 'loop-a', durationMs: 12_000 },
        { item: 'loop-b', durationMs: 8000 },
      ],
    },
  );
  const [startMs] = opening({ from: '00:00', to: '24:00' });
  const waits = Array.from({ length: 20 }, (_, hour) => {
    const nowMs = startMs + hour * HOUR_MS;
    const { slots } = replanDay(program, DATE, [], nowMs);
    return ((slots.find(({ commitment }) => commitment === 'count')?.startMs ?? Number.NaN) - nowMs) / 1000;
  });
  for (const wait of waits) expect(wait).toBeLessThan(60);
});

test('[P34] where turns would break a largest gap the order found stands', () => {
  const program = smallProgram(
    [
      commitmentOf('once', { minPlays: 1, items: [film(6)], maxGapMs: 18 * 60_000, dayParts: [part(30, 50)] }),
      commitmentOf('twice', { minPlays: 2, items: [film(10)], maxGapMs: 16 * 60_000, dayParts: [part(30, 60)] }),
    ],
    60,
  );
  expect(planDay(program, DAY, {}, 0).conflicts).toEqual([]);
});
