/** A clock that stands until a test moves it. */
import type { Clock } from '../../server/clock.ts';

/** A clock at `nowMs`, and the means to move it on. */
export function createManualClock(nowMs: number): Clock & { advance(byMs: number): void; set(toMs: number): void } {
  let now = nowMs;
  return {
    nowMs: () => now,
    advance(byMs) {
      now += byMs;
    },
    set(toMs) {
      now = toMs;
    },
  };
}
