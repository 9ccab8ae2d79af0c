/** A good bundle changed in any way, and signed anew by whoever could, never verifies as before. */
import { expect, test } from 'vitest';
import { MUTATIONS } from '../../helpers/bundle-mutations.ts';
import { tryHostileBundles } from '../../helpers/hostile-bundles.ts';

test('[I13] [BV6] no mutated bundle verifies as before: every kind of change, by whoever signs it', async () => {
  const seed = Number(process.env.XUNBO_TEST_SEED ?? 20_260_701);
  console.info(`seed ${seed}`);
  const { rejected, tried } = await tryHostileBundles(seed, 200);
  expect(tried.size).toBe(Object.keys(MUTATIONS).length);
  expect(rejected).toBeGreaterThan(50);
});
