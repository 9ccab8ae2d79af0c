/** Items that fail again and again are set aside for a while. */
import type { Clock } from '../disciplined-clock.ts';
import type { Incidents } from '../incidents.ts';

const FAILURES_TO_SET_ASIDE = 3;
const FIRST_PAUSE_MS = 300_000;
const MOST_PAUSE_MS = 7_200_000;

/** Which items may be shown, as far as their past showings go. */
export type SetAside = {
  isUsable(item: string): boolean;
  succeeded(item: string): void;
  /** Notes a failure; true where the item is set aside by it. */
  failed(item: string): boolean;
  /** Lets items whose pause is over back in; true where there were some. */
  expire(): boolean;
};

type Entry = { failures: number; pauseMs: number; untilM: number | null };

/** Keeps count on the monotonic clock. */
export function createSetAside(clock: Clock, incidents: Incidents): SetAside {
  const entries = new Map<string, Entry>();
  return {
    isUsable: (item) => (entries.get(item)?.untilM ?? null) === null,
    succeeded(item) {
      entries.delete(item);
      incidents.close('playback-failing', item);
    },
    failed(item) {
      const entry = entries.get(item) ?? { failures: 0, pauseMs: FIRST_PAUSE_MS, untilM: null };
      entries.set(item, entry);
      entry.failures += 1;
      if (entry.failures < FAILURES_TO_SET_ASIDE) return false;
      entry.untilM = clock.monoMs() + entry.pauseMs;
      const minutes = Math.round(entry.pauseMs / 60_000);
      incidents.open('playback-failing', item, `${item} failed ${entry.failures} times; set aside for ${minutes} min`);
      return true;
    },
    expire() {
      const over = [...entries.values()].filter((e) => e.untilM !== null && clock.monoMs() >= e.untilM);
      for (const entry of over) {
        entry.untilM = null;
        // One more chance: the next failure sets it aside again, for longer.
        entry.failures = FAILURES_TO_SET_ASIDE - 1;
        entry.pauseMs = Math.min(MOST_PAUSE_MS, entry.pauseMs * 2);
      }
      return over.length > 0;
    },
  };
}
