import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that notice most mutants for the least time: they run first. */
const FIRST = ['golden-plans', 'small-days'];
/** Tests of many long days: they run last. */
const LAST = [
  'golden-bookings',
  'golden-explanations',
  'check-booking',
  'plan-shares',
  'plan-day',
  'plan-limits',
  'plan-rhythm',
  'replan-day',
  'plan-forms',
  'explain-properties',
];

function rank({ moduleId }: TestSpecification): number {
  const isOf = (name: string): boolean => moduleId.endsWith(`/${name}.test.ts`);
  return FIRST.some(isOf) ? FIRST.findIndex(isOf) - FIRST.length : 1 + LAST.findIndex(isOf);
}

class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => rank(one) - rank(other) || one.moduleId.localeCompare(other.moduleId));
  }
}

/** The tests that mutants of the planner and the verdicts are run against: those without files, processes or a new seed each time. */
export default defineConfig({
  test: {
    include: ['tests/domain/{plan,compliance}/*.test.ts'],
    exclude: ['tests/domain/plan/{random-days,planner-properties,bad-input}.test.ts'],
    testTimeout: 60_000,
    isolate: false,
    sequence: { sequencer: QuickestFirst },
    env: { XUNBO_TEST_SEED: '1', XUNBO_TEST_RUNS: '4' },
  },
});
