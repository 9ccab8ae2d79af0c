/** Of many thousand bundles changed by every kind of forger none verifies as before. */
import { expect, test } from 'vitest';
import { tryHostileBundles } from '../helpers/hostile-bundles.ts';

const BUNDLES = Number(process.env.XUNBO_TEST_BUNDLES ?? 20_000);

test('[I13] [BV6] of 20,000 mutated bundles none verifies as before', async () => {
  const seed = Number(process.env.XUNBO_TEST_SEED ?? Date.now() % 1_000_000);
  const { rejected, tried } = await tryHostileBundles(seed, BUNDLES);
  const count = [...tried.values()].reduce((sum, one) => sum + one, 0);
  console.info(`seed ${seed}: ${count} bundles of ${tried.size} kinds, ${rejected} rejected as a whole`);
  expect(count).toBeGreaterThan(BUNDLES * 0.8);
});
