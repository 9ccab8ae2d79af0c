/** How much may be read from a connection. */
import { expect, test } from 'vitest';
import { createReadingAllowance } from '../../server/sockets/reading-allowance.ts';

const KB = 1024;
const rate = { bytesPerS: 100 * KB, burstBytes: 50 * KB };

function allowance(): {
  spend(bytes: number): number;
  pass(ms: number): void;
  change: ReturnType<typeof createReadingAllowance>['change'];
} {
  let nowMs = 0;
  const of = createReadingAllowance(rate, () => nowMs);
  return {
    spend: of.spend,
    change: of.change,
    pass(ms) {
      nowMs += ms;
    },
  };
}

test('[SK6] what is there at the beginning may be read at once, then as fast as the rate has it; a message counts 4 KB beside its bytes', () => {
  const { spend, pass } = allowance();
  expect([spend(20 * KB), spend(20 * KB)]).toEqual([0, 0]);
  // 2 KB were left of 50.
  expect(spend(8 * KB)).toBe(100);
  pass(100);
  expect(spend(6 * KB)).toBe(100);
  pass(10_000);
  expect(spend(46 * KB)).toBe(0);
});

test('[SK6] short messages are slowed too, and nobody waits for more than five seconds', () => {
  const { spend } = allowance();
  const waits = Array.from({ length: 20 }, () => spend(10));
  expect(waits.findIndex((ms) => ms > 0)).toBe(12);
  expect(spend(100_000 * KB)).toBe(5000);
});

test('[SK6] another rate holds with its whole burst', () => {
  const { spend, change } = allowance();
  expect(spend(1000 * KB)).toBe(5000);
  change({ bytesPerS: 1000 * KB, burstBytes: 2000 * KB });
  expect(spend(1000 * KB)).toBe(0);
});
