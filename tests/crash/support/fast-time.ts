/** A time that runs many times faster than the machine's, and alike in every process that is told of the same beginning. */
import { type RawClock, systemTimers, type Timers } from '../../../main/clock.ts';

/** How much faster. A film of three seconds takes 150 ms, and its tolerance of half a second leaves a busy machine 25. */
const TIMES = 20;

/** The clocks and timers of one process. */
export type FastTime = { raw: RawClock; timers: Timers };

/** Time that was `fromMs` (UTC ms) when the machine's clock showed `machineMs`. */
export function fastTime(fromMs: number, machineMs: number): FastTime {
  const machineNowMs = (): number => performance.timeOrigin + performance.now();
  return {
    raw: {
      wallMs: () => fromMs + (machineNowMs() - machineMs) * TIMES,
      monoMs: () => performance.now() * TIMES,
      uptimeMs: () => machineNowMs() * TIMES,
    },
    timers: { after: (delayMs, run) => systemTimers.after(delayMs / TIMES, run) },
  };
}
