/** The one seam to real time: every other file is handed a clock and timers. */
import { uptime } from 'node:os';

/**
 * The machine's clocks in milliseconds: `wallMs` UTC as the system believes it, `monoMs` never set back and without time asleep,
 * `uptimeMs` since the machine started, time asleep included.
 */
export type RawClock = { wallMs(): number; monoMs(): number; uptimeMs(): number };

/** Runs `run` once after `delayMs`; the function given back calls it off. */
export type Timers = { after(delayMs: number, run: () => void): () => void };

/** The real clocks. */
export const systemClock: RawClock = {
  wallMs: () => Date.now(),
  monoMs: () => performance.now(),
  uptimeMs: () => uptime() * 1000,
};

/** Node's timer takes at most 2³¹ − 1 ms; a longer wait ends early, which every caller has to stand anyway. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The real timers. */
export const systemTimers: Timers = {
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, delayMs), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/** Calls `run` every `periodMs` until called off. */
export function every(timers: Timers, periodMs: number, run: () => void): () => void {
  let cancel = timers.after(periodMs, again);
  function again(): void {
    cancel = timers.after(periodMs, again);
    run();
  }
  return () => cancel();
}
