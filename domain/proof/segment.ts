/** Segments: signed runs of records, chained by the hash of the header before. */
import { canonicalJson } from './canonical-json.ts';
import { merkleRoot, type Sha256 } from './merkle.ts';
import type { PlayRecord, ProofRecord } from './record.ts';

/** A segment is sealed at this many records at the latest. */
export const MAX_SEGMENT_RECORDS = 64;

/** And once its records have this many characters, so that it goes into one message however long they are. */
export const MAX_SEGMENT_CHARS = 65_536;

/** A segment is sealed this many milliseconds after its first record at the latest. */
export const MAX_SEGMENT_AGE_MS = 600_000;

/** What the wall clock of the records rests on: `lastSyncMs` and the bound of error then, null where it never was synchronised. */
export type ClockState = { source: 'server' | 'system'; lastSyncMs: number | null; errorMs: number | null };

/** The log's last checkpoint that the device saw before sealing; hashes hexadecimal. */
export type Beacon = { size: number; root: string };

/** Header of a segment. Hashes are SHA-256, hexadecimal; `segment` and `firstSeq` count from 0 within the epoch. */
export type SegmentHeader = {
  v: 1;
  screen: string;
  device: string;
  epoch: number;
  boot: string;
  segment: number;
  firstSeq: number;
  count: number;
  root: string;
  prev: string | null;
  program: string | null;
  manifest: string | null;
  build: string;
  clock: ClockState;
  beacon: Beacon | null;
  closedAt: number;
};

/** A segment as it is stored and sent: canonical header, its Ed25519 signature (base64), and the records, one canonical JSON a line. */
export type Segment = { header: string; signature: string; body: string };

/** First line of the bytes that are signed, so that a segment's signature is good for nothing else. */
export const SEGMENT_CONTEXT = 'xunbo/segment/v1\n';

/** The text whose UTF-8 bytes a device signs for a canonical header. */
export const segmentSigningText = (header: string): string => SEGMENT_CONTEXT + header;

/** The lines of a body: one record each, every line ended by a newline. */
export function bodyLines(body: string): string[] {
  return body.endsWith('\n') ? body.slice(0, -1).split('\n') : body.split('\n');
}

/** The body of a segment of these record lines, which carry no newline. */
export const bodyOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** A record as its journal line, newline included. */
export const recordLine = (record: ProofRecord): string =>
  `${canonicalJson(record.kind === 'play' ? inOrder(record) : record)}\n`;

/** A play with its keys as they will be written: nearly all records are plays, and sorting them is most of writing them. */
function inOrder(play: PlayRecord): PlayRecord {
  const { campaign, commitment, evidence, item, kind, m0, m1, outcome, reason, seq, sha, slot, t0, t1 } = play;
  const { dropped, expectedMs, frames, shot, visible } = evidence;
  const seen = { dropped, expectedMs, frames, ...(shot !== undefined && { shot }), visible };
  return { campaign, commitment, evidence: seen, item, kind, m0, m1, outcome, reason, seq, sha, slot, t0, t1 };
}

/** Merkle root over the record lines (without newlines), hexadecimal. */
export function recordsRoot(lines: readonly string[], sha256: Sha256): string {
  return hex(merkleRoot(lines, sha256));
}

/** Hash of a canonical header, by which the next segment names it; hexadecimal. */
export const headerHash = (header: string, sha256: Sha256): string => hex(sha256(header));

/** Hash of any content-addressed document (program, manifest, slogan): SHA-256 of its canonical JSON, hexadecimal. */
export const contentHash = (value: unknown, sha256: Sha256): string => hex(sha256(canonicalJson(value)));

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes in lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX_OF_BYTE[byte];
  return text;
}
