/** Timers that stand still until they are run. */
import type { Timers } from '../../main/clock.ts';

/** The timers of one agent, on its monotonic clock. */
export type StillTimers = Timers & {
  /** When the next one is due (monotonic), or null. */
  nextM(): number | null;
  /** Runs all that are due. */
  run(): void;
};

/** No timer is set yet. */
export function createStillTimers(clock: { monoMs(): number }): StillTimers {
  let waiting: { atM: number; run: () => void }[] = [];
  return {
    after(delayMs, run) {
      const entry = { atM: clock.monoMs() + delayMs, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    nextM: () => waiting.reduce<number | null>((next, { atM }) => Math.min(next ?? atM, atM), null),
    run() {
      const due = waiting.filter(({ atM }) => atM <= clock.monoMs());
      waiting = waiting.filter((entry) => !due.includes(entry));
      for (const { run } of due) run();
    },
  };
}
