/** Sealing: the signed header over the records of a segment. */
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { recordsRoot, type Segment, type SegmentHeader, segmentSigningText } from '../../domain/proof/segment.ts';
import type { DeviceKey } from '../device-key.ts';
import { sha256 } from '../sha256.ts';
import type { SegmentOpening } from './open-segment.ts';

/** Seals `lines` (canonical records without newlines, at least one). */
export function sealSegment(
  opening: SegmentOpening,
  lines: readonly string[],
  closedAt: number,
  key: DeviceKey,
): Segment {
  const full: SegmentHeader = { ...opening, count: lines.length, root: recordsRoot(lines, sha256), closedAt };
  const header = canonicalJson(full);
  return { header, signature: key.sign(segmentSigningText(header)), body: lines.map((line) => `${line}\n`).join('') };
}
