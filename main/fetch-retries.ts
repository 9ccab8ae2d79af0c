/** When a media that could not be fetched is tried again: after a random pause that grows with each failure. */
import type { Timers } from './clock.ts';

const FIRST_PAUSE_MS = 2000;
const MOST_PAUSE_MS = 300_000;

/** The media that wait to be tried again. */
export type FetchRetries = {
  isWaiting(sha: string): boolean;
  failed(sha: string): void;
  forget(sha: string): void;
  /** None waits any more. */
  tryAll(): void;
  stop(): void;
};

type Retry = { failures: number; isWaiting: boolean; cancel: () => void };

/** None waits yet. `onDue` is called when one may be tried again; `random` gives [0, 1). */
export function createFetchRetries(timers: Timers, random: () => number, onDue: () => void): FetchRetries {
  const retries = new Map<string, Retry>();
  return {
    isWaiting: (sha) => retries.get(sha)?.isWaiting ?? false,
    failed(sha) {
      const failures = (retries.get(sha)?.failures ?? 0) + 1;
      const limit = Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
      const retry: Retry = { failures, isWaiting: true, cancel: () => undefined };
      retry.cancel = timers.after(limit * (0.5 + random() / 2), () => {
        retry.isWaiting = false;
        onDue();
      });
      retries.set(sha, retry);
    },
    forget(sha) {
      retries.get(sha)?.cancel();
      retries.delete(sha);
    },
    tryAll() {
      for (const retry of retries.values()) {
        retry.cancel();
        retry.isWaiting = false;
      }
    },
    stop() {
      for (const retry of retries.values()) retry.cancel();
    },
  };
}
