/** How much may be read from one connection: so many bytes a second, and so many at once. */

/** A rate. `burstBytes` are there at the beginning, and come back at `bytesPerS`. */
export type ReadingRate = { bytesPerS: number; burstBytes: number };

/** What a message costs beside its bytes: reading many short ones is as much work as reading long ones. */
const MESSAGE_BYTES = 4096;

/** The longest wait: whoever is not read from is not heard answering the heartbeat either. */
const MOST_WAIT_MS = 5000;

/** The allowance of one connection. */
export type ReadingAllowance = {
  /** Counts a message; gives the milliseconds for which nothing more is to be read, 0 where all is well. */
  spend(bytes: number): number;
  /** From now on another rate holds, with its whole burst. */
  change(rate: ReadingRate): void;
};

/** A new allowance; `monoMs` is a clock that only goes forward. */
export function createReadingAllowance(first: ReadingRate, monoMs: () => number): ReadingAllowance {
  let rate = first;
  let left = rate.burstBytes;
  let sinceMs = monoMs();
  return {
    spend(bytes) {
      const now = monoMs();
      left = Math.min(rate.burstBytes, left + ((now - sinceMs) * rate.bytesPerS) / 1000) - bytes - MESSAGE_BYTES;
      sinceMs = now;
      left = Math.max(left, (-MOST_WAIT_MS * rate.bytesPerS) / 1000);
      return left >= 0 ? 0 : Math.ceil((-left / rate.bytesPerS) * 1000);
    },
    change(next) {
      rate = next;
      left = next.burstBytes;
      sinceMs = monoMs();
    },
  };
}
