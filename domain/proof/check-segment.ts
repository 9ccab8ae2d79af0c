/** What a segment must be by itself: its bytes, signature, root and records, whoever checks it and whenever. */
import { fail, ok, type Result } from '../result.ts';
import type { Sha256 } from './merkle.ts';
import type { ProofRecord } from './record.ts';
import { bodyLines, headerHash, recordsRoot, type Segment, type SegmentHeader, segmentSigningText } from './segment.ts';

/** What is wrong with a segment. */
export type SegmentFault =
  | 'header-malformed'
  | 'device-foreign'
  | 'screen-foreign'
  | 'signature-wrong'
  | 'count-wrong'
  | 'root-wrong'
  | 'record-malformed'
  | 'seq-wrong'
  | 'time-disordered';

/** A segment that is sound by itself. `lines` are the records' own, without newlines; `hash` is of the header. */
export type SoundSegment = { header: SegmentHeader; hash: string; lines: string[]; records: ProofRecord[] };

/** A segment that is not: the first fault that was found, and its header as far as that could be read. */
export type UnsoundSegment = { fault: SegmentFault; hash: string; header: SegmentHeader | null };

/** What the check is made with. The readers give null for what is not in its one canonical form; `verify` is of the device's key, `signature` base64. */
export type SegmentChecks = {
  sha256: Sha256;
  readHeader(text: string): SegmentHeader | null;
  readRecord(line: string): ProofRecord | null;
  verify(text: string, signature: string): boolean | Promise<boolean>;
};

/** Checks a segment that is to be of `owner`. */
export async function checkSegment(
  segment: Segment,
  owner: { device: string; screen: string },
  { sha256, readHeader, readRecord, verify }: SegmentChecks,
): Promise<Result<SoundSegment, UnsoundSegment>> {
  const hash = headerHash(segment.header, sha256);
  const header = readHeader(segment.header);
  const bad = (fault: SegmentFault): Result<SoundSegment, UnsoundSegment> => fail({ fault, hash, header });
  if (!header) return bad('header-malformed');
  if (header.device !== owner.device) return bad('device-foreign');
  if (header.screen !== owner.screen) return bad('screen-foreign');
  if (!(await verify(segmentSigningText(segment.header), segment.signature))) return bad('signature-wrong');
  const lines = bodyLines(segment.body);
  if (lines.length !== header.count) return bad('count-wrong');
  if (recordsRoot(lines, sha256) !== header.root) return bad('root-wrong');
  const records: ProofRecord[] = [];
  for (const [index, line] of lines.entries()) {
    const record = readRecord(line);
    if (!record) return bad('record-malformed');
    if (record.seq !== header.firstSeq + index) return bad('seq-wrong');
    records.push(record);
  }
  if (!timesAreOrdered(records)) return bad('time-disordered');
  return ok({ header, hash, lines, records });
}

/** Records end after they start, and each starts (monotonic, within a boot) no earlier than the one before ended. */
function timesAreOrdered(records: readonly ProofRecord[]): boolean {
  let lastEnd = 0;
  for (const record of records) {
    if (record.m1 < record.m0) return false;
    if (record.kind === 'boot') lastEnd = record.m1;
    else if (record.kind === 'play') {
      if (record.m0 < lastEnd) return false;
      lastEnd = record.m1;
    }
  }
  return true;
}
