/** Whether a time can be true, as far as the journal tells: no player is older than its make, and time does not run back behind what it recorded. */
import type { ProofRecord } from '../../domain/proof/record.ts';

/** No player was built before this, epoch milliseconds. */
export const EARLIEST_MS = Date.UTC(2026, 0, 1);

/** A clock without a server may be this much behind the one that the server had set. */
const BEHIND_MS = 300_000;
/** A screen that was dark for longer than this (400 days) is not believed by its own clock alone. */
const AHEAD_MS = 400 * 86_400_000;

/** What is known of time; fed with all records in their order. */
export type PlausibleTime = {
  /** Takes a record; gives whether the time it bears can be true. Times that cannot be teach nothing. */
  note(record: ProofRecord): boolean;
  /** Whether it can be `atMs` now. */
  isPlausible(atMs: number): boolean;
};

/** Knows nothing yet but {@link EARLIEST_MS}. */
export function createPlausibleTime(): PlausibleTime {
  let newestMs: number | null = null;

  const isPlausible = (atMs: number): boolean =>
    atMs >= EARLIEST_MS && (newestMs === null || (atMs >= newestMs - BEHIND_MS && atMs <= newestMs + AHEAD_MS));

  return {
    isPlausible,
    note(record) {
      // A step with a bound of error is the server's word, and stands above what was believed before.
      if (record.kind === 'clock' && record.evidence.errorMs > 0) {
        newestMs = record.t1;
        return true;
      }
      if (!isPlausible(record.t1)) return false;
      newestMs = Math.max(newestMs ?? 0, record.t1);
      return true;
    },
  };
}
