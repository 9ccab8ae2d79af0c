/** Port of the bodies of stored segments: which there are, and the dropping of those that are old enough. */
import type { VerifiedSegmentRow } from './ledger-store.ts';

/** What marks a stored segment whose body was dropped; header, signature, counters and log entries stay. */
export const DROPPED_BODY = '';

/** A stored segment and the index of its entry in the log. */
export type LoggedSegment = { index: number; row: VerifiedSegmentRow };

/** Bodies of stored segments. Every ledger adapter has one; the contract suite holds it. */
export type BodyStore = {
  /** The stored segments whose entries have indexes in [from, to), in order. */
  loggedIn(from: number, to: number): Promise<LoggedSegment[]>;
  /** Drops the bodies of the segments of these hashes (of their headers) and notes that everything below log index `upTo` was looked at, durably and together. */
  drop(hashes: readonly string[], upTo: number): Promise<void>;
  /** The log index noted last; 0 at first. */
  lookedUpTo(): Promise<number>;
};
