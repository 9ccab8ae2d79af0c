import { defineConfig } from 'vitest/config';

/** The tests that mutants of the planner and the verdicts are run against: those without files, processes or a new seed each time. */
export default defineConfig({
  test: {
    include: ['tests/domain/{plan,compliance}/*.test.ts'],
    exclude: ['tests/domain/plan/{random-days,planner-properties,bad-input}.test.ts'],
    testTimeout: 60_000,
    env: { XUNBO_TEST_SEED: '1' },
  },
});
