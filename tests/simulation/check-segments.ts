/** Holds the stored segments against what the devices sealed, and verifies signatures, roots and the chain (I1, I3, I5, I6, I7). */
import { createPublicKey, verify } from 'node:crypto';
import { bodyLines, headerHash, recordsRoot, segmentSigningText } from '../../domain/proof/segment.ts';
import { sha256 } from '../../main/sha256.ts';
import { segmentHeaderSchema } from '../../protocol/proof.ts';
import type { Ledger, VerifiedSegmentRow } from '../../server/stores/ledger-store.ts';
import type { DeviceSegment } from './device-segments.ts';
import { keyOf } from './disk-eye.ts';
import type { Fault } from './findings.ts';
import { EVERYTHING } from './simulated-server.ts';

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** A segment that a device sealed, and how far it got there. */
export type ClosedSegment = Extract<DeviceSegment, { value: unknown }>;

/**
 * Looks through all stored segments. Each has to be, byte for byte, what a device sealed under its number; every `eachNth` is verified anew, all by itself.
 * Gives the rows by hash.
 */
export async function checkSegments(
  ledger: Ledger,
  devices: readonly (readonly ClosedSegment[])[],
  publicKey: string,
  eachNth: number,
  fault: Fault,
): Promise<Map<string, VerifiedSegmentRow>> {
  const stored = new Map<string, VerifiedSegmentRow>();
  for await (const row of ledger.segments.segments(EVERYTHING)) stored.set(row.hash, row);
  const raw = Buffer.from(publicKey, 'base64');
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
  const known = new Set<string>();
  for (const segments of devices) {
    for (const hash of checkDevice(segments, stored, fault)) known.add(hash);
  }
  for (const row of stored.values()) {
    if (!known.has(row.hash)) fault('I3', `segment ${keyOf(row)} is in the ledger and was never sealed`);
    if (row.segment % eachNth !== 0) continue;
    const signature = Buffer.from(row.signature, 'base64');
    const isSigned = verify(null, Buffer.from(segmentSigningText(row.header)), key, signature);
    const { root } = segmentHeaderSchema.parse(JSON.parse(row.header));
    const isWhole = recordsRoot(bodyLines(row.body), sha256) === root;
    if (!isSigned || !isWhole) fault('I7', `segment ${keyOf(row)} in the ledger does not verify`);
  }
  return stored;
}

/** The chain of one device, and its segments in the ledger; gives their hashes. */
function checkDevice(
  segments: readonly ClosedSegment[],
  stored: ReadonlyMap<string, VerifiedSegmentRow>,
  fault: Fault,
): string[] {
  const ends = new Map<number, { segment: number; hash: string; end: number }>();
  return segments.map((segment) => {
    const { epoch, segment: number, value, firstSeq, count, prev, state } = segment;
    const hash = headerHash(value.header, sha256);
    const row = stored.get(hash);
    if (!row && (state === 'stored' || state === 'gone'))
      fault('I1', `segment ${keyOf(segment)} was acknowledged and is not in the ledger`);
    if (row && (row.header !== value.header || row.body !== value.body || row.signature !== value.signature))
      fault('I6', `segment ${keyOf(segment)} in the ledger is not the one the device sealed`);
    const before = ends.get(epoch) ?? { segment: -1, hash: null, end: 0 };
    if (number !== before.segment + 1 || prev !== before.hash || firstSeq !== before.end)
      fault('I5', `segment ${keyOf(segment)} does not follow segment ${before.segment} of its epoch`);
    ends.set(epoch, { segment: number, hash, end: firstSeq + count });
    return hash;
  });
}
