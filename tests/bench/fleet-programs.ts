/** Programs of a fleet, no two alike, and how even a plan is. */
import type { DayPlan } from '../../domain/plan/day-plan.ts';
import type { Program } from '../../domain/plan/program.ts';
import { benchProgram, pickInt, seededRandom } from '../helpers/random-program.ts';

const KINDS = 16;
const bases: Program[] = Array.from({ length: KINDS }, (_, k) => benchProgram(15 + k));

/** The program of screen `k`: a bench day whose counts and films are its own. */
export function fleetProgram(k: number): Program {
  const random = seededRandom(k + 1);
  const base = bases[k % KINDS];
  if (!base) throw new RangeError(`no kind of day for ${k}`);
  return {
    ...base,
    commitments: base.commitments.map((commitment) => ({
      ...commitment,
      minPlays: Math.max(1, Math.round(commitment.minPlays * (0.8 + 0.4 * random()))),
      items: commitment.items.map((item) => ({ ...item, durationMs: pickInt(random, 12, 30) * 1000 })),
    })),
  };
}

/** The widest gap of any commitment in its own mean gaps, over all its plays; 1 where none has two gaps. */
export function spreadOf(plan: DayPlan): number {
  const starts = new Map<string, number[]>();
  for (const { commitment, startMs } of plan.slots) {
    if (commitment === null) continue;
    const own = starts.get(commitment);
    if (own) own.push(startMs);
    else starts.set(commitment, [startMs]);
  }
  let worst = 1;
  for (const own of starts.values()) {
    const gaps = own.slice(1).map((start, k) => start - (own[k] ?? 0));
    if (gaps.length < 2) continue;
    worst = Math.max(worst, (Math.max(...gaps) * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0));
  }
  return worst;
}
