/** Long work in small pieces: gives way to everything that waits in the event loop every few milliseconds. */
import { setImmediate } from 'node:timers/promises';
import { workClockMs } from './clock.ts';

/** Work goes on for this long before it gives way. */
const PIECE_MS = 5;

/** Paces one run of work. */
export type Pace = {
  /** Gives way where a piece is over; call it between units of work. */
  breathe(): Promise<void>;
  /** Milliseconds of work since the run began, without what was spent giving way. */
  workedMs(): number;
};

/** A new run. */
export function createPace(): Pace {
  let pieceSince = workClockMs();
  let before = 0;
  return {
    async breathe() {
      const spent = workClockMs() - pieceSince;
      if (spent < PIECE_MS) return;
      before += spent;
      await setImmediate();
      pieceSince = workClockMs();
    },
    workedMs: () => before + workClockMs() - pieceSince,
  };
}
