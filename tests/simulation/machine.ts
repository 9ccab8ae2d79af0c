/** The machine under a screen: true time, moved by the simulation alone, and the clocks the machine makes of it. */
import type { RawClock } from '../../main/clock.ts';
import type { Clock } from '../../server/clock.ts';

/** The machine. True time is UTC in milliseconds; the server's clock shows it, the machine's own may not. */
export type Machine = Clock & {
  raw: RawClock;
  /** Moves true time on to `toMs`; never back. */
  moveTo(toMs: number): void;
  /** Somebody or something set the system's clock. */
  stepClock(byMs: number): void;
  /** The power is back; without a battery the system's clock begins in 1970. */
  powerOn(losesClock: boolean): void;
};

/** A machine that is switched on at `startMs` with the right time. */
export function createMachine(startMs: number): Machine {
  let nowMs = startMs;
  let bootedMs = startMs;
  let wallOffsetMs = 0;
  return {
    nowMs: () => nowMs,
    raw: {
      // No system lets its clock be set to before 1970.
      wallMs: () => Math.max(0, nowMs + wallOffsetMs),
      monoMs: () => nowMs - bootedMs,
      uptimeMs: () => nowMs - bootedMs,
    },
    moveTo(toMs) {
      nowMs = Math.max(nowMs, toMs);
    },
    stepClock(byMs) {
      wallOffsetMs = Math.max(-nowMs, wallOffsetMs + byMs);
    },
    powerOn(losesClock) {
      bootedMs = nowMs;
      if (losesClock) wallOffsetMs = -nowMs;
    },
  };
}
