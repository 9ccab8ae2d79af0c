/** Who verifies segments: this thread, or others beside it. */
import type { Program } from '../../domain/plan/program.ts';
import type { Segment } from '../../domain/proof/segment.ts';
import type { Result } from '../../domain/result.ts';
import type { BadSegment } from '../stores/ledger-store.ts';
import { type Received, type Sender, verifySegment } from './verify-segment.ts';

/** Verifies segments. Those of one sender come out in the order in which they went in: the ledger takes a chain in order only. */
export type SegmentVerifier = {
  /** As `verifySegment`. Rejects where it could not be tried. */
  verify(segment: Segment, sender: Sender, receivedAtMs: number): Promise<Result<Received, BadSegment>>;
  /** Ends what it runs. */
  close(): Promise<void>;
};

/** Verifies in this thread. `programOf` gives stored programs. */
export const verifyHere = (programOf: (hash: string) => Promise<Program | null>): SegmentVerifier => ({
  verify: (segment, sender, receivedAtMs) => verifySegment(segment, sender, programOf, receivedAtMs),
  close: async () => undefined,
});
