/** Days held against an exact solver: nearly all that it fits are planned in full, and no count said to fit is more than one too low. */
import { expect, test } from 'vitest';
import { planDay } from '../../domain/plan/plan-day.ts';
import { exactReference } from '../helpers/exact-reference.ts';
import { fitsExactly } from '../helpers/exhaustive-search.ts';
import { awkwardProgram } from '../helpers/random-program.ts';
import { seedsOfRun } from '../helpers/run-seeds.ts';

const DATE = '2026-07-01';
const seeds = seedsOfRun('exact reference', Number(process.env.XUNBO_TEST_EXACT ?? 6000));
const reference = exactReference();

test('[P4] [P20] of days that a MIP solver fits at least 99.9 % are planned in full, and no count said to fit is more than one too low', async () => {
  const refused: number[] = [];
  const [tooLow, tooHigh]: [number[], number[]] = [[], []];
  let [feasible, infeasible, open, counts, below] = [0, 0, 0, 0, 0];
  for (const seed of seeds) {
    const program = awkwardProgram(seed);
    const plan = planDay(program, DATE, {}, 0);
    const fits = await reference.fits(program);
    if (fits === null) open += 1;
    else if (fits) feasible += 1;
    else infeasible += 1;
    if (fits === true && !plan.feasible) refused.push(seed);
    expect(plan.feasible && fits === false, `seed ${seed} is planned though it does not fit`).toBe(false);
    const planned = plan.commitments.map((account) => Math.min(account.required, account.planned));
    for (const conflict of plan.conflicts) {
      const k = program.commitments.findIndex((c) => c.id === conflict.commitments[0]);
      const exact = await reference.largestCount(program, k, planned);
      if (exact === null) continue;
      counts += 1;
      if (conflict.fits < exact) below += 1;
      if (conflict.fits < exact - 1) tooLow.push(seed);
      if (conflict.fits > exact) tooHigh.push(seed);
    }
  }
  console.info(
    `${feasible} days fit, ${refused.length} of them refused (seeds ${refused.join() || 'none'}); ${infeasible} do not`,
  );
  console.info(`${counts} counts said to fit, ${below} below the exact one; ${open} days not settled`);
  expect(feasible).toBeGreaterThan(seeds.length / 4);
  expect(open).toBeLessThan(seeds.length / 50);
  expect(refused.length).toBeLessThanOrEqual(feasible / 1000);
  expect([tooLow, tooHigh]).toEqual([[], []]);
});

test('[P4] the two references agree', async () => {
  const apart: number[] = [];
  for (const seed of seeds.slice(0, 500)) {
    const program = awkwardProgram(seed);
    const searched = fitsExactly(
      program,
      program.commitments.map((c) => c.minPlays),
      100_000,
    );
    const solved = await reference.fits(program);
    if (searched !== null && solved !== null && searched !== solved) apart.push(seed);
  }
  expect(apart).toEqual([]);
});
