/** Gathers what changed and hands it on at a bounded rate: at once after a pause, then at most every `everyMs`. */

/** Timers as the batch needs them, so that a test may turn the clock by hand. */
export type BatchClock = { nowMs: () => number; after: (delayMs: number, run: () => void) => void };

/** Takes changes in; see {@link createChangeBatch}. */
export type ChangeBatch<T> = { add: (changes: readonly T[]) => void };

/** A batch that calls `flush` with each change once, never twice within `everyMs` milliseconds. */
export function createChangeBatch<T>(
  everyMs: number,
  flush: (changes: T[]) => void,
  clock: BatchClock,
): ChangeBatch<T> {
  const waiting = new Set<T>();
  let lastMs = Number.NEGATIVE_INFINITY;
  let scheduled = false;

  const run = (): void => {
    scheduled = false;
    lastMs = clock.nowMs();
    const changes = [...waiting];
    waiting.clear();
    flush(changes);
  };

  return {
    add(changes) {
      for (const change of changes) waiting.add(change);
      if (waiting.size === 0 || scheduled) return;
      scheduled = true;
      clock.after(Math.max(0, lastMs + everyMs - clock.nowMs()), run);
    },
  };
}
