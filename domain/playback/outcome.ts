/** How a showing ended, judged from what the agent measured and what the page saw. */
import { FULL_LENGTH_TOLERANCE_MS, type PlayOutcome } from '../proof/record.ts';

/** What is known of a showing that is over; `ranMs` by the agent's monotonic clock, the rest by the page. */
export type Showing = { expectedMs: number; ranMs: number; shownMs: number; frames: number; visible: boolean };

/**
 * `complete` where the showing ran its full length (±500 ms on both clocks), was rendered and visible; `failed` where nothing
 * was to be seen; else `cut`.
 */
export function outcomeOf(showing: Showing): PlayOutcome {
  if (showing.frames === 0 || !showing.visible) return 'failed';
  const isFull = (ms: number): boolean => Math.abs(ms - showing.expectedMs) <= FULL_LENGTH_TOLERANCE_MS;
  return isFull(showing.ranMs) && isFull(showing.shownMs) ? 'complete' : 'cut';
}
