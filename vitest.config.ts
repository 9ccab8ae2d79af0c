import { defineConfig } from 'vitest/config';

/** Tests of the console wait more than they work; those of screens measure moments, and have the machine to themselves. */
const CONSOLE = ['tests/e2e/console*.test.ts', 'tests/e2e/verify-page.test.ts'];

/**
 * `fast` needs neither a browser nor a player process; `e2e` runs real browsers and real processes, one file at a time, `console` two; `long` looks at
 * many random days for half an hour; `crash` kills real processes and cuts the power of traced ones. One project after the other.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/long/**', 'tests/crash/**'],
          testTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'long',
          include: ['tests/long/**/*.test.ts'],
          testTimeout: 4 * 3_600_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'crash',
          include: ['tests/crash/**/*.test.ts'],
          testTimeout: 4 * 3_600_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: CONSOLE,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'console',
          include: CONSOLE,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
