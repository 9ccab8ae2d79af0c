/** Receipts: that an entry is in a log, for whoever has the log's key and nothing else (C2SP tlog-proof). */
import { leafHash, type Sha256 } from '../proof/merkle.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { isEqual, rootFromInclusion } from './tree.ts';

/** A receipt. `checkpoint` is the log's note, as it was signed. */
export type TlogProof = { index: number; proof: Uint8Array[]; checkpoint: string };

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
const HASH_BYTES = 32;
const MOST_HASHES = 63;

/** The receipt as text. */
export const formatTlogProof = ({ index, proof, checkpoint }: TlogProof): string =>
  [FIRST_LINE, `index ${index}`, ...proof.map(toBase64), '', checkpoint].join('\n');

/** The receipt of such text, with its checkpoint; null for what is none. Extra data, which nothing vouches for, is refused. */
export function parseTlogProof(text: string): (Omit<TlogProof, 'checkpoint'> & { checkpoint: Checkpoint }) | null {
  // Without an empty line there is no checkpoint either.
  const split = text.indexOf('\n\n');
  const [first, indexLine = '', ...hashes] = text.slice(0, split).split('\n');
  const [, index] = /^index (0|[1-9]\d{0,15})$/.exec(indexLine) ?? [];
  const checkpoint = parseCheckpoint(text.slice(split + 2));
  const proof = readHashes(hashes);
  if (first !== FIRST_LINE || index === undefined || !checkpoint) return null;
  return proof && proof.length <= MOST_HASHES ? { index: Number(index), proof, checkpoint } : null;
}

/** Hashes of 32 bytes in base64; null where one is none. */
export function readHashes(encoded: readonly string[]): Uint8Array[] | null {
  const hashes = encoded.map(fromBase64).flatMap((hash) => (hash?.length === HASH_BYTES ? [hash] : []));
  return hashes.length === encoded.length ? hashes : null;
}

/** Whether `entry` is in the tree of the receipt's checkpoint. Who signed that is to be verified by itself. */
export function isIncluded(
  entry: Uint8Array | string,
  { index, proof, checkpoint }: { index: number; proof: readonly Uint8Array[]; checkpoint: Checkpoint },
  sha256: Sha256,
): boolean {
  const root = rootFromInclusion(leafHash(entry, sha256), index, checkpoint.size, proof, sha256);
  return root !== null && isEqual(root, checkpoint.root);
}
