/** Verification of a received segment: its bytes, signature, root, records and what they add up to. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Program } from '../../domain/plan/program.ts';
import { parseCanonicalJson } from '../../domain/proof/canonical-json.ts';
import { countPlays } from '../../domain/proof/count-plays.ts';
import type { ProofRecord } from '../../domain/proof/record.ts';
import {
  bodyLines,
  headerHash,
  hex,
  recordsRoot,
  type Segment,
  type SegmentHeader,
  segmentSigningText,
} from '../../domain/proof/segment.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { segmentHeaderSchema } from '../../protocol/proof.ts';
import { readRecord } from '../../protocol/read-record.ts';
import { sha256 } from '../sha256.ts';
import type { BadSegment, DayClose, VerifiedSegment } from '../stores/ledger-store.ts';

/** Who sent the segment, as the connection proved it. */
export type Sender = { readonly device: string; readonly screen: string; readonly publicKey: string };

/** DER prefix of a raw Ed25519 public key (RFC 8410). */
const ED25519_SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** A raw Ed25519 public key, base64, as a key object; throws for anything else. */
export function publicKeyOf(base64: string): KeyObject {
  const raw = Buffer.from(base64, 'base64');
  if (raw.length !== 32) throw new TypeError('an Ed25519 public key has 32 bytes');
  return createPublicKey({ key: Buffer.concat([ED25519_SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
}

/** Keys of those who send, made once a connection: it costs as much as hashing a segment. */
const keys = new WeakMap<Sender, KeyObject>();

function keyOf(sender: Sender): KeyObject {
  const key = keys.get(sender) ?? publicKeyOf(sender.publicKey);
  keys.set(sender, key);
  return key;
}

/** Verifies `text`'s UTF-8 against a base64 Ed25519 signature. */
export function verifyText(text: string, signature: string, key: KeyObject): boolean {
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

/**
 * Verifies a segment of `sender`. `programOf` gives the program a header names, for the durations that plays are held against.
 * A failure carries what is needed to keep the segment aside under its place in the chain, or null where it names none.
 */
export async function verifySegment(
  segment: Segment,
  sender: Sender,
  programOf: (hash: string) => Promise<Program | null>,
  receivedAtMs: number,
): Promise<Result<VerifiedSegment, BadSegment>> {
  const hash = headerHash(segment.header, sha256);
  const header = parseHeader(segment.header);
  const bad = (reason: string): { ok: false; error: BadSegment } =>
    fail({
      device: sender.device,
      epoch: header?.epoch ?? -1,
      segment: header?.segment ?? -1,
      firstSeq: header?.firstSeq ?? 0,
      count: header?.count ?? 0,
      hash,
      ...segment,
      receivedAtMs,
      reason,
    });
  if (!header) return bad('header-malformed');
  if (header.device !== sender.device) return bad('device-foreign');
  if (header.screen !== sender.screen) return bad('screen-foreign');
  if (!verifyText(segmentSigningText(segment.header), segment.signature, keyOf(sender))) {
    return bad('signature-wrong');
  }
  const lines = bodyLines(segment.body);
  if (lines.length !== header.count) return bad('count-wrong');
  if (recordsRoot(lines, sha256) !== header.root) return bad('root-wrong');
  const records: ProofRecord[] = [];
  for (const [index, line] of lines.entries()) {
    const record = parseRecord(line);
    if (!record) return bad('record-malformed');
    if (record.seq !== header.firstSeq + index) return bad('seq-wrong');
    records.push(record);
  }
  if (!timesAreOrdered(records)) return bad('time-disordered');
  const program = header.program === null ? null : await programOf(header.program);
  const first = records[0];
  if (!first) return bad('count-wrong');
  return ok({
    device: header.device,
    screen: header.screen,
    epoch: header.epoch,
    segment: header.segment,
    firstSeq: header.firstSeq,
    count: header.count,
    hash,
    prev: header.prev,
    ...segment,
    firstAtMs: Math.min(...records.map((r) => r.t0)),
    lastAtMs: Math.max(...records.map((r) => r.t1)),
    receivedAtMs,
    deltas: countPlays(records, program),
    dayCloses: records.flatMap((record, k) => dayCloseOf(record, lines[k] ?? '')),
  });
}

function parseHeader(text: string): SegmentHeader | null {
  const json = parseCanonicalJson(text);
  const parsed = json && segmentHeaderSchema.safeParse(json.value);
  return parsed?.success ? parsed.data : null;
}

function parseRecord(line: string): ProofRecord | null {
  const json = parseCanonicalJson(line);
  return json && readRecord(json.value);
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

function dayCloseOf(record: ProofRecord, line: string): DayClose[] {
  if (record.kind !== 'dayclose') return [];
  const { date, plays, short } = record.evidence;
  return [{ record: hex(sha256(line)), date, plays, short }];
}
