/** When a player may change over to a release that lies ready: where nobody sees it, else after a day of waiting. */
import type { Status } from '../../protocol/player-link.ts';

/** A screen that never closes changes over after this, at the price of one play cut short. */
const PATIENCE_MS = 24 * 3_600_000;

/** Whether now is the moment; `readySinceM` is when the release lay ready, both in monotonic ms. */
export const isUpdateMoment = (state: Status['state'], readySinceM: number, nowM: number): boolean =>
  state === 'closed' || state === 'idle' || state === 'no-program' || nowM - readySinceM >= PATIENCE_MS;
