/** Takes segments in: verify, store in one durable transaction, and only then answer. */
import type { Program } from '../../domain/plan/program.ts';
import type { Segment } from '../../domain/proof/segment.ts';
import { wireError } from '../../protocol/errors.ts';
import type { SegmentAnswer, SegmentPush } from '../../protocol/player-link.ts';
import { asFailure } from '../as-failure.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { BadSegment, Ledger, VerifiedSegment } from '../stores/ledger-store.ts';
import { createStoredPrograms } from '../stores/stored-programs.ts';
import { type SegmentVerifier, verifyHere } from './segment-verifier.ts';
import type { Sender } from './verify-segment.ts';

/** What a device says of a segment, as the wire has it. */
export type SenderSays = Pick<SegmentPush, 'afterGap' | 'withoutProgram'>;

/** What the ingest service offers. */
export type IngestService = {
  /**
   * Verifies and stores one segment of a proven sender; the answer is true on disk before it is given. One whose program is not here is not stored before its
   * device has brought that, or said that it cannot.
   */
  push(segment: Segment, sender: Sender, said?: SenderSays): Promise<SegmentAnswer>;
  /**
   * Calls `listener` after each segment that is stored, and once more where it is sent again: the first time may have ended in an
   * error of a store that had kept it all the same.
   */
  onStored(listener: (segment: VerifiedSegment) => void): void;
  /** The program of that hash, from memory or the document store. */
  programOf(hash: string): Promise<Program | null>;
};

/** Makes the service over `ledger`. */
export function createIngestService(deps: {
  ledger: Ledger;
  clock: Clock;
  log: Log;
  /** Verifies; this thread does where left out. */
  verifier?: SegmentVerifier;
}): IngestService {
  const { ledger, clock, log } = deps;
  const listeners = new Set<(segment: VerifiedSegment) => void>();
  const programOf = createStoredPrograms(ledger.documents);
  const verifier = deps.verifier ?? verifyHere(programOf);

  async function quarantine(bad: BadSegment): Promise<SegmentAnswer> {
    await ledger.segments.quarantine(bad);
    log.warn({ device: bad.device, segment: bad.segment, reason: bad.reason }, 'segment quarantined');
    return { kind: 'quarantined', hash: bad.hash, reason: bad.reason };
  }

  async function store(segment: VerifiedSegment): Promise<SegmentAnswer> {
    const [outcome] = await ledger.segments.ingest([segment]);
    if (!outcome) throw new Error('the ledger gave no outcome');
    const place = { epoch: segment.epoch, segment: segment.segment };
    switch (outcome.kind) {
      case 'stored':
        for (const listener of listeners) listener(segment);
        return { kind: 'stored', ...place, hash: segment.hash };
      case 'rewind':
        return { kind: 'rewind', epoch: outcome.epoch, segment: outcome.segment };
      case 'fork':
        log.warn({ device: segment.device, ...place }, 'fork: another segment of this number is stored');
        return { kind: 'fork', ...place, hash: outcome.storedHash };
      case 'discontinuous':
        log.warn({ device: segment.device, ...place }, 'segment does not follow the one before; kept in quarantine');
        return { kind: 'quarantined', hash: segment.hash, reason: 'discontinuous' };
    }
  }

  return {
    programOf,
    onStored: (listener) => listeners.add(listener),
    async push({ header, signature, body }, sender, said = {}) {
      try {
        const verified = await verifier.verify({ header, signature, body }, sender, clock.nowMs());
        if (!verified.ok) return await quarantine(verified.error);
        const { segment, programMissing } = verified.value;
        if (programMissing !== null && !said.withoutProgram) return { kind: 'need-program', program: programMissing };
        return await store({ ...segment, afterGap: said.afterGap === true });
      } catch (error) {
        log.error({ err: error, device: sender.device }, 'segment not stored');
        const failure = asFailure(error);
        return { kind: 'error', ...wireError(failure.code, failure.message) };
      }
    },
  };
}
