/** Re-verifies a whole journal: signatures, roots, chain, contiguity; gives its records. */
import { createPublicKey, verify } from 'node:crypto';
import { expect } from 'vitest';
import type { ProofRecord, UnnumberedRecord } from '../../../domain/proof/record.ts';
import {
  bodyLines,
  headerHash,
  recordsRoot,
  type Segment,
  type SegmentHeader,
  segmentSigningText,
} from '../../../domain/proof/segment.ts';
import type { DeviceKey } from '../../../main/device-key.ts';
import type { DurableFiles } from '../../../main/durable-files.ts';
import { readOpenSegment } from '../../../main/journal/open-segment.ts';
import {
  bySegment,
  createSegmentFiles,
  type SegmentFile,
  type SegmentRef,
} from '../../../main/journal/segment-files.ts';
import { sha256 } from '../../../main/sha256.ts';
import { recordSchema, segmentHeaderSchema } from '../../../protocol/proof.ts';

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** A record with the epoch and boot it was made in. */
export type EpochRecord = ProofRecord & { epoch: number; boot: string };

/** A play that is told apart by `n`. */
export const numberedPlay = (n: number): UnnumberedRecord => ({
  kind: 'play',
  t0: 1000 * n,
  t1: 1000 * n + 500,
  m0: 1000 * n,
  m1: 1000 * n + 500,
  item: `item-${n}`,
  sha: 'a'.repeat(64),
  campaign: null,
  commitment: null,
  slot: `2026-07-01/${1000 * n}`,
  outcome: 'complete',
  reason: 'filler',
  evidence: { expectedMs: 500, frames: 1, dropped: 0, visible: 1 },
});

export function checkSegment(segment: Segment, key: Pick<DeviceKey, 'publicKey'>): SegmentHeader {
  const header = segmentHeaderSchema.parse(JSON.parse(segment.header));
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, Buffer.from(key.publicKey, 'base64')]),
    format: 'der',
    type: 'spki',
  });
  expect(
    verify(null, Buffer.from(segmentSigningText(segment.header)), publicKey, Buffer.from(segment.signature, 'base64')),
  ).toBe(true);
  const lines = bodyLines(segment.body);
  expect(lines.length).toBe(header.count);
  expect(recordsRoot(lines, sha256)).toBe(header.root);
  return header;
}

/** All records on the disk, oldest first, sealed and open, each exactly as it would be sent. */
export function checkJournal(files: DurableFiles, folder: string, key: DeviceKey): EpochRecord[] {
  const segments = createSegmentFiles(files, folder);
  const records: EpochRecord[] = [];
  const ends = new Map<number, { segment: number; seq: number; hash: string }>();
  const loose = segments.list().filter((file) => file.state !== 'damaged');
  const isLoose = (ref: SegmentRef): boolean =>
    loose.some((file) => file.state !== 'open' && file.epoch === ref.epoch && file.segment === ref.segment);
  const packed = new Map<string, Segment>();
  const all: SegmentFile[] = [...loose];
  for (const pack of segments.packs()) {
    for (const { segment, value } of segments.readPack(pack)) {
      const ref = { epoch: pack.epoch, segment };
      if (!isLoose(ref)) all.push({ ...ref, state: 'stored' });
      packed.set(`${pack.epoch}/${segment}`, value);
    }
  }
  for (const file of all.sort(bySegment)) {
    const end = ends.get(file.epoch);
    if (file.state === 'open') {
      // Already sealed under the same number: a crash came before its removal.
      if (all.some((other) => other.state !== 'open' && other.epoch === file.epoch && other.segment === file.segment))
        continue;
      const { opening, lines } = readOpenSegment(segments.readOpen(file) ?? new Uint8Array());
      records.push(...lines.map((line) => recordOf(line, file.epoch, opening?.boot ?? '')));
      continue;
    }
    const segment = isLoose(file) ? segments.readSegment(file) : packed.get(`${file.epoch}/${file.segment}`);
    expect(segment).toBeTruthy();
    if (!segment) continue;
    const header = checkSegment(segment, key);
    expect([header.epoch, header.segment]).toEqual([file.epoch, file.segment]);
    expect(header.segment).toBe(end ? end.segment + 1 : 0);
    expect(header.prev).toBe(end ? end.hash : null);
    expect(header.firstSeq).toBe(end ? end.seq : 0);
    records.push(...bodyLines(segment.body).map((line) => recordOf(line, file.epoch, header.boot)));
    ends.set(file.epoch, {
      segment: header.segment,
      seq: header.firstSeq + header.count,
      hash: headerHash(segment.header, sha256),
    });
  }
  const next = new Map<number, number>();
  for (const record of records) {
    expect(record.seq).toBe(next.get(record.epoch) ?? 0);
    next.set(record.epoch, record.seq + 1);
  }
  return records;
}

const recordOf = (line: string, epoch: number, boot: string): EpochRecord => ({
  ...recordSchema.parse(JSON.parse(line)),
  epoch,
  boot,
});
