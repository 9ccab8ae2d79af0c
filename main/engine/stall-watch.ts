/** Tells whether the agent itself stood still: what the page said meanwhile is not heard yet, and nobody may be judged by it. */
import type { Clock } from '../disciplined-clock.ts';

/** A look that comes further behind the one before than this is late: they are a second apart. */
const LATE_AFTER_MS = 1500;

/** To be called about once a second. True where this look is late; not twice in a row, for an agent that is always late has to judge all the same. */
export function createStallWatch(clock: Clock): () => boolean {
  let lastM = clock.monoMs();
  let wasLate = false;
  return () => {
    const nowM = clock.monoMs();
    const isLate = !wasLate && nowM - lastM > LATE_AFTER_MS;
    lastM = nowM;
    wasLate = isLate;
    return isLate;
  };
}
