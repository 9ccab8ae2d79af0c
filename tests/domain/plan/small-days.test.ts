/** Small random days are planned in full exactly where they fit, and the checker finds no fault in them. */
import { expect, test } from 'vitest';
import { planDay } from '../../../domain/plan/plan-day.ts';
import { fitsExactly } from '../../helpers/exhaustive-search.ts';
import { planFaults } from '../../helpers/plan-checker.ts';
import { awkwardProgram } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const SEEDS = Array.from({ length: 120 }, (_, k) => k + 1);

/** The same days in every run, so that a change of the planner is judged by what it does and not by luck. */
const days = SEEDS.map((seed) => ({ seed, program: awkwardProgram(seed) }));

test('[P1] [P3] [P5] [P6] the checker finds no fault in the plans of 120 small days', () => {
  for (const { seed, program } of days) {
    const made = planDay(program, DATE, {}, 0);
    expect(planFaults(made, { program, date: DATE, nowMs: 0, tally: {} }), `seed ${seed}`).toEqual([]);
  }
});

test('[P4] [P20] small days are planned in full exactly where they fit, and what is said to fit is all that does', () => {
  let counts = 0;
  for (const { seed, program } of days) {
    const made = planDay(program, DATE, {}, 0);
    const wanted = program.commitments.map((c) => c.minPlays);
    const fits = fitsExactly(program, wanted, 20_000);
    if (fits !== null) expect([seed, made.feasible]).toEqual([seed, fits]);
    const planned = made.commitments.map((account) => Math.min(account.required, account.planned));
    for (const conflict of made.conflicts) {
      const k = program.commitments.findIndex((c) => c.id === conflict.commitments[0]);
      expect(conflict.fits).toBe(planned[k]);
      const oneMore = fitsExactly(
        program,
        planned.map((count, i) => (i === k ? count + 1 : count)),
        20_000,
      );
      if (oneMore === null) continue;
      counts += 1;
      expect([seed, conflict.commitments[0], oneMore]).toEqual([seed, conflict.commitments[0], false]);
    }
  }
  expect(counts).toBeGreaterThan(60);
});
