/** Fixed days whose plans are known by their hashes: planned whole, and planned again in their middle. */
import type { DayPlan, PlayedSlot } from '../../domain/plan/day-plan.ts';
import { planDay } from '../../domain/plan/plan-day.ts';
import type { Program } from '../../domain/plan/program.ts';
import { replanDay } from '../../domain/plan/replan-day.ts';
import { seededRandom } from './random-program.ts';

const DATE = '2026-07-01';

/** A day planned whole, and again at `nowMs` after `played`. */
export type GoldenDay = { program: Program; whole: DayPlan; played: PlayedSlot[]; nowMs: number; again: DayPlan };

/** Whole numbers from `first` to `last`. */
export const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, k) => first + k);

/** Plans `program`, of every third seed with a tally; then again after a part of it was shown, with some plays lost and a few minutes dark. */
export function goldenDay(program: Program, seed: number): GoldenDay {
  const random = seededRandom(seed);
  const tally = seed % 3 === 0 ? Object.fromEntries(program.commitments.map((c, k) => [c.id, (seed + k) % 4])) : {};
  const whole = planDay(program, DATE, tally, 0);
  const kept = whole.slots.slice(0, Math.floor(whole.slots.length * random()));
  const played: PlayedSlot[] = kept.map((slot) => ({ ...slot, counted: random() < 0.85 }));
  const last = kept.at(-1);
  const endMs = last ? last.startMs + last.durationMs : Date.parse(`${DATE}T06:00:00+08:00`);
  const nowMs = endMs + Math.floor(random() * 600_000);
  return { program, whole, played, nowMs, again: replanDay(program, DATE, played, nowMs) };
}
