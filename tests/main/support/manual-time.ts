/** Clocks and timers that stand still until they are told to go on. */
import type { RawClock, Timers } from '../../../main/clock.ts';

export type ManualTime = {
  raw: RawClock;
  timers: Timers;
  /** Runs everything due in the next `ms`, in order. */
  advance(ms: number): void;
  /** As {@link advance}, letting promises settle between timers. */
  advanceAsync(ms: number): Promise<void>;
  /** The agent stands still: what comes due meanwhile runs, late, with the next {@link advance}. */
  stall(ms: number): void;
  /** Steps the system's wall clock without time passing. */
  stepWall(ms: number): void;
  /** The machine sleeps: wall clock and uptime go on, the monotonic clock does not. */
  sleep(ms: number): void;
};

export function createManualTime(wallMs: number): ManualTime {
  let mono = 0;
  let wall = wallMs;
  let uptime = 1_000_000;
  let order = 0;
  let queue: { at: number; order: number; run: () => void }[] = [];

  function next(until: number): { at: number; run: () => void } | null {
    let best: (typeof queue)[number] | null = null;
    for (const entry of queue) {
      if (entry.at <= until && (!best || entry.at < best.at || (entry.at === best.at && entry.order < best.order)))
        best = entry;
    }
    queue = queue.filter((entry) => entry !== best);
    return best;
  }
  function moveTo(at: number): void {
    const by = Math.max(0, at - mono);
    mono += by;
    wall += by;
    uptime += by;
  }
  return {
    raw: { wallMs: () => wall, monoMs: () => mono, uptimeMs: () => uptime },
    timers: {
      after(delayMs, run) {
        order += 1;
        const entry = { at: mono + Math.max(0, delayMs), order, run };
        queue.push(entry);
        return () => {
          queue = queue.filter((other) => other !== entry);
        };
      },
    },
    advance(ms) {
      const until = mono + ms;
      for (let due = next(until); due; due = next(until)) {
        moveTo(due.at);
        due.run();
      }
      moveTo(until);
    },
    async advanceAsync(ms) {
      const until = mono + ms;
      for (let due = next(until); due; due = next(until)) {
        moveTo(due.at);
        due.run();
        await settle();
      }
      moveTo(until);
      await settle();
    },
    stall: (ms) => moveTo(mono + ms),
    stepWall: (ms) => {
      wall += ms;
    },
    sleep: (ms) => {
      wall += ms;
      uptime += ms;
    },
  };
}

/** Lets everything that waits for promises alone go on. */
export async function settle(): Promise<void> {
  for (let k = 0; k < 20; k += 1) await Promise.resolve();
}
