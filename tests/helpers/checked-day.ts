/** One random day of any kind, planned, or planned again in its middle, and looked over by the independent checker. */
import type { PlayedSlot } from '../../domain/plan/day-plan.ts';
import { planDay } from '../../domain/plan/plan-day.ts';
import type { Program } from '../../domain/plan/program.ts';
import { replanDay } from '../../domain/plan/replan-day.ts';
import { planFaults } from './plan-checker.ts';
import {
  awkwardProgram,
  pickInt,
  realisticProgram,
  seededRandom,
  sharedProgram,
  variedProgram,
} from './random-program.ts';

const DATE = '2026-07-01';
const OPENING_MS = Date.parse(`${DATE}T06:00:00+08:00`);
const MINUTE_MS = 60_000;

/** Of a hundred days two are long ones with counts, two with shares and six with every form of promise: each takes as long as fifty small ones. */
function programOfKind(seed: number): Program {
  const kind = seed % 100;
  if (kind < 2) return realisticProgram(seed, kind === 0 ? undefined : 0.5 + (seed % 7) / 10);
  if (kind < 4) return sharedProgram(seed);
  return kind < 10 ? variedProgram(seed) : awkwardProgram(seed);
}

/** What is wrong with the day of `seed`, one sentence each. */
export function faultsOfDay(seed: number): string[] {
  const random = seededRandom(seed);
  const program = programOfKind(seed);
  if (random() < 0.5) {
    const nowMs = OPENING_MS + pickInt(random, -10, 260) * MINUTE_MS;
    const tally = Object.fromEntries(program.commitments.map((c) => [c.id, pickInt(random, 0, 3)]));
    return planFaults(planDay(program, DATE, tally, nowMs), { program, date: DATE, nowMs, tally });
  }
  const { slots } = planDay(program, DATE, {}, 0);
  const kept = slots.slice(0, Math.floor(slots.length * random()));
  const last = kept.at(-1);
  const nowMs = (last ? last.startMs + last.durationMs : OPENING_MS) + pickInt(random, 0, 30) * MINUTE_MS;
  const played = kept.map(
    ({ startMs, durationMs, item, commitment }): PlayedSlot => ({
      startMs,
      durationMs,
      item,
      commitment,
      counted: random() < 0.9,
    }),
  );
  return planFaults(replanDay(program, DATE, played, nowMs), { program, date: DATE, nowMs, tally: {}, played });
}
