/** Holds the stored segments against what the device sealed, and verifies signatures, roots and the chain (I1, I5, I7). */
import { createPublicKey, verify } from 'node:crypto';
import { bodyLines, headerHash, recordsRoot, segmentSigningText } from '../../domain/proof/segment.ts';
import { sha256 } from '../../main/sha256.ts';
import { segmentHeaderSchema } from '../../protocol/proof.ts';
import type { Ledger, VerifiedSegmentRow } from '../../server/stores/ledger-store.ts';
import type { DiskSegment } from './simulated-disk.ts';

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Looks through all stored segments. Each has to be, byte for byte, what the device sealed under its number; every `eachNth` is
 * verified anew, all by itself.
 */
export async function checkSegments(
  ledger: Ledger,
  disk: readonly DiskSegment[],
  publicKey: string,
  eachNth: number,
  fault: (text: string) => void,
): Promise<void> {
  const stored = new Map<string, VerifiedSegmentRow>();
  const all = { fromMs: Number.MIN_SAFE_INTEGER, toMs: Number.MAX_SAFE_INTEGER, screen: null };
  for await (const row of ledger.segments.segments(all)) stored.set(`${row.epoch}/${row.segment}`, row);
  const raw = Buffer.from(publicKey, 'base64');
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
  const lastHash = new Map<number, { segment: number; hash: string; end: number }>();
  for (const { epoch, segment, sealed, state } of disk) {
    const at = `${epoch}/${segment}`;
    const row = stored.get(at);
    stored.delete(at);
    if (!sealed) continue;
    if (state === 'stored' && !row) fault(`I1: segment ${at} was acknowledged and is not in the ledger`);
    if (row && (row.header !== sealed.header || row.body !== sealed.body || row.signature !== sealed.signature)) {
      fault(`I6: segment ${at} in the ledger is not the one the device sealed`);
    }
    const header = segmentHeaderSchema.parse(JSON.parse(sealed.header));
    const before = lastHash.get(epoch) ?? { segment: -1, hash: null, end: 0 };
    if (header.segment !== before.segment + 1 || header.prev !== before.hash || header.firstSeq !== before.end) {
      fault(`I5: segment ${at} does not follow segment ${before.segment} of its epoch`);
    }
    lastHash.set(epoch, { segment, hash: headerHash(sealed.header, sha256), end: header.firstSeq + header.count });
    if (!row || segment % eachNth !== 0) continue;
    const isSigned = verify(
      null,
      Buffer.from(segmentSigningText(row.header)),
      key,
      Buffer.from(row.signature, 'base64'),
    );
    const isWhole = recordsRoot(bodyLines(row.body), sha256) === header.root;
    if (!isSigned || !isWhole) fault(`I7: segment ${at} in the ledger does not verify`);
  }
  for (const at of stored.keys()) fault(`I3: segment ${at} is in the ledger and was never sealed`);
}
