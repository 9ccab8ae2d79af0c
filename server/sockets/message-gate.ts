/** How much one connection may say: beyond it messages are refused unread, and far beyond it the connection is cut. */
import type { Clock } from '../clock.ts';

const WINDOW_MS = 10_000;
/** A player back after months asks for its receipts some two hundred times, and says little else at once. */
const MOST_TAKEN = 500;
const MOST_REFUSED = 5000;

/** What is to be done with the next message. */
export type MessageGate = () => 'take' | 'refuse' | 'cut';

/** The gate of one connection. */
export function createMessageGate(clock: Clock): MessageGate {
  let sinceMs = clock.nowMs();
  let count = 0;
  return () => {
    const nowMs = clock.nowMs();
    // A clock that was set back must not keep anybody out.
    if (Math.abs(nowMs - sinceMs) >= WINDOW_MS) {
      sinceMs = nowMs;
      count = 0;
    }
    count += 1;
    if (count <= MOST_TAKEN) return 'take';
    return count <= MOST_TAKEN + MOST_REFUSED ? 'refuse' : 'cut';
  };
}
