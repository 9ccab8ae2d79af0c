/** A good bundle of one screen and date, its parts changed one by one, and the verifier that judges it without the readers' help. */
import { expect } from 'vitest';
import type { BundlePart } from '../../../../domain/bundle/bundle-part.ts';
import type { BundleReport } from '../../../../domain/bundle/bundle-report.ts';
import { createBundleVerifier, type Rejection, type VerifierParts } from '../../../../domain/bundle/verify-bundle.ts';
import { parseInspectionPolicy } from '../../../../domain/proof/inspection-policy.ts';
import type { Result } from '../../../../domain/result.ts';
import { checkpointText, parseCheckpoint, type TreeHead } from '../../../../domain/tlog/checkpoint.ts';
import { formatNote, formatVkey } from '../../../../domain/tlog/signed-note.ts';
import { readProgram } from '../../../../protocol/bundle.ts';
import { readLogEntry } from '../../../../protocol/log-entry.ts';
import { readHeader } from '../../../../protocol/read-header.ts';
import { readRecordLine } from '../../../../protocol/read-record-line.ts';
import { sha256 } from '../../../../server/sha256.ts';
import { makeSigner } from '../../../../server/tlog/note-signer.ts';
import { signByNode, verifyByNode } from '../../../../server/tlog/raw-keys.ts';
import { provedTown } from '../../../helpers/proved-town.ts';

/** The date of the bundle, and the one after it. */
export const [DAY, NEXT] = ['2026-07-01', '2026-07-02'];

/** The part of a bundle of one type. */
export type Part<Type extends BundlePart['type']> = Extract<BundlePart, { type: Type }>;

function signerOf(origin: string) {
  const made = makeSigner(origin);
  if (!made) throw new Error(origin);
  return made;
}

const signer = signerOf('town.example/xunbo');
/** The key of the log that the policy names. */
export const logKey = signer.note;
/** Another log, which it does not name. */
export const otherLog = signerOf('other.example/log');
/** Whom the verifier trusts unless said otherwise. */
export const POLICY = `log ${formatVkey(logKey)}\nquorum none\n`;

/** The checkpoint with any content, signed by the key of the policy; or the one of another log. */
export function resigned(of: string, change = (head: TreeHead) => head, by = signer): string {
  const head = parseCheckpoint(of);
  if (!head) throw new Error('a checkpoint');
  const text = checkpointText(change(by === signer ? head : { ...head, origin: by.note.name }));
  return formatNote({ text, signatures: [{ ...by.note, signature: signByNode(text, by.privateKey) }] });
}

/** A good bundle of one screen and date. All its checkpoints are signed by the one key of the policy. */
export async function soundParts(): Promise<BundlePart[]> {
  const town = await provedTown();
  const device = await town.enrol('a');
  for (const date of [DAY, NEXT]) await town.playDay(device, date);
  return (await town.bundle(['a'], DAY, DAY)).map((part) => {
    if (part.type === 'bundle') return { ...part, checkpoint: resigned(part.checkpoint) };
    return part.type === 'checkpoint' ? { ...part, note: resigned(part.note) } : part;
  });
}

/** A verifier of bundles; `over` says what differs from the product's. */
export function verifierOf(over: Partial<VerifierParts> = {}, policy = POLICY) {
  const parsed = parseInspectionPolicy(policy, sha256);
  if (!parsed.ok) throw new Error(parsed.error.what);
  const readers = { readHeader, readRecord: readRecordLine, readEntry: readLogEntry, readProgram };
  return createBundleVerifier({ ...readers, policy: parsed.value, sha256, verify: verifyByNode, ...over });
}

/** The report, or the rejection, which every part after it and the report are answered with too. */
export async function verified(
  parts: readonly BundlePart[],
  verifier = verifierOf(),
): Promise<Result<BundleReport, Rejection>> {
  for (const part of parts) {
    const taken = await verifier.take(part);
    if (taken.ok) continue;
    expect(await verifier.take(part)).toEqual(taken);
    expect(verifier.report()).toEqual(taken);
    return taken;
  }
  return verifier.report();
}

/** Changes the first part of a type. */
export function changed<Type extends BundlePart['type']>(
  parts: readonly BundlePart[],
  type: Type,
  change: (part: Part<Type>) => BundlePart[],
): BundlePart[] {
  const at = parts.findIndex((part) => part.type === type);
  const part = parts[at];
  if (part?.type !== type) throw new RangeError(type);
  return parts.toSpliced(at, 1, ...change(part as Part<Type>));
}
