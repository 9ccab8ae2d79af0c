/** Verification of a received segment: its bytes, signature, root, records and what they add up to. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Program } from '../../domain/plan/program.ts';
import { checkSegment, type SoundSegment, type UnsoundSegment } from '../../domain/proof/check-segment.ts';
import { countPlays } from '../../domain/proof/count-plays.ts';
import { hex, type Segment } from '../../domain/proof/segment.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { readHeader } from '../../protocol/read-header.ts';
import { readRecordLine } from '../../protocol/read-record-line.ts';
import { sha256 } from '../sha256.ts';
import type { BadSegment, DayClose, VerifiedSegment } from '../stores/ledger-store.ts';

/** Who sent the segment, as the connection proved it. */
export type Sender = { readonly device: string; readonly screen: string; readonly publicKey: string };

/** A segment that holds. `programMissing`: hash of the program that it names where that is not stored; none of its plays count then. */
export type Received = { segment: VerifiedSegment; programMissing: string | null };

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

/** Verifies `text`'s UTF-8 against an Ed25519 signature in base64, in its one spelling: what is stored is its bytes. */
export function verifyText(text: string, signature: string, key: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64');
  return bytes.toString('base64') === signature && verify(null, Buffer.from(text), key, bytes);
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
): Promise<Result<Received, BadSegment>> {
  const verify = (text: string, signature: string): boolean => verifyText(text, signature, keyOf(sender));
  const checked = await checkSegment(segment, sender, { sha256, readHeader, readRecord: readRecordLine, verify });
  if (!checked.ok) return fail(badSegment(segment, sender, checked.error, receivedAtMs));
  const { header, hash, records } = checked.value;
  const program = header.program === null ? null : await programOf(header.program);
  const verified: VerifiedSegment = {
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
    dayCloses: dayClosesOf(checked.value),
  };
  return ok({ segment: verified, programMissing: program ? null : header.program });
}

function badSegment(
  segment: Segment,
  { device }: Sender,
  { fault, hash, header }: UnsoundSegment,
  receivedAtMs: number,
): BadSegment {
  return {
    device,
    epoch: header?.epoch ?? -1,
    segment: header?.segment ?? -1,
    firstSeq: header?.firstSeq ?? 0,
    count: header?.count ?? 0,
    hash,
    ...segment,
    receivedAtMs,
    reason: fault,
  };
}

/** The ends of day that a segment signs. */
export function dayClosesOf({ records, lines }: SoundSegment): DayClose[] {
  return records.flatMap((record, k) => {
    if (record.kind !== 'dayclose') return [];
    const { date, plays, short } = record.evidence;
    return [{ record: hex(sha256(lines[k] ?? '')), date, plays, short }];
  });
}
