/** Sealing: the signed header over the records of a segment. */
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import {
  bodyOf,
  recordsRoot,
  type Segment,
  type SegmentHeader,
  segmentSigningText,
} from '../../domain/proof/segment.ts';
import type { DeviceKey } from '../device-key.ts';
import { sha256 } from '../sha256.ts';
import type { SegmentOpening } from './open-segment.ts';

/** The header with its keys in the order in which they are written, which saves sorting them. */
function headerOf(opening: SegmentOpening, end: Pick<SegmentHeader, 'closedAt' | 'count' | 'root'>): SegmentHeader {
  const { beacon, boot, build, clock, device, epoch, firstSeq, manifest, prev, program, screen, segment, v } = opening;
  const { closedAt, count, root } = end;
  return {
    beacon,
    boot,
    build,
    clock,
    closedAt,
    count,
    device,
    epoch,
    firstSeq,
    manifest,
    prev,
    program,
    root,
    screen,
    segment,
    v,
  };
}

/** Seals `lines` (canonical records without newlines, at least one). */
export function sealSegment(
  opening: SegmentOpening,
  lines: readonly string[],
  closedAt: number,
  key: DeviceKey,
): Segment {
  const header = canonicalJson(headerOf(opening, { closedAt, count: lines.length, root: recordsRoot(lines, sha256) }));
  return { header, signature: key.sign(segmentSigningText(header)), body: bodyOf(lines) };
}
