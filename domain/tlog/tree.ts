/**
 * The Merkle tree of RFC 6962 as a log that grows: its root at any size, and proofs made from and checked against the hashes of whole
 * subtrees. Sizes and indexes are whole numbers below 2⁵³, which is why nothing here shifts bits.
 */
import { nodeHash, type Sha256 } from '../proof/merkle.ts';

/** Hash of the whole subtree that covers the entries [index · 2^level, (index + 1) · 2^level). */
export type SubtreeHash = (level: number, index: number) => Uint8Array;

/** A run of entries that is one subtree or several: [from, to). */
type Range = { from: number; to: number };

/** Root of the first `size` entries (RFC 6962 section 2.1); the hash of nothing for none. */
export function rootAt(size: number, hashOf: SubtreeHash, sha256: Sha256): Uint8Array {
  return size === 0 ? sha256() : rangeHash({ from: 0, to: size }, hashOf, sha256);
}

/** Hashes that lead from entry `index` to the root of `size` entries, the one beside the leaf first (section 2.1.1). Throws where index ≥ size. */
export function inclusionProof(index: number, size: number, hashOf: SubtreeHash, sha256: Sha256): Uint8Array[] {
  if (index < 0 || index >= size) throw new RangeError(`index ${index} is outside a log of ${size} entries`);
  const proof: Uint8Array[] = [];
  let range: Range = { from: 0, to: size };
  while (range.to - range.from > 1) {
    const middle = range.from + splitOf(range.to - range.from);
    const [inside, beside]: [Range, Range] =
      index < middle
        ? [
            { from: range.from, to: middle },
            { from: middle, to: range.to },
          ]
        : [
            { from: middle, to: range.to },
            { from: range.from, to: middle },
          ];
    proof.push(rangeHash(beside, hashOf, sha256));
    range = inside;
  }
  return proof.reverse();
}

/** Hashes that show that the first `size` entries begin with the first `oldSize` (section 2.1.2); none where either is trivial. */
export function consistencyProof(oldSize: number, size: number, hashOf: SubtreeHash, sha256: Sha256): Uint8Array[] {
  if (oldSize < 0 || oldSize > size) throw new RangeError(`${oldSize} entries are no beginning of ${size}`);
  if (oldSize === 0) return [];
  const proof: Uint8Array[] = [];
  let range: Range = { from: 0, to: size };
  let isWhole = true;
  while (range.to !== oldSize) {
    const middle = range.from + splitOf(range.to - range.from);
    if (oldSize <= middle) {
      proof.push(rangeHash({ from: middle, to: range.to }, hashOf, sha256));
      range = { from: range.from, to: middle };
    } else {
      proof.push(rangeHash({ from: range.from, to: middle }, hashOf, sha256));
      range = { from: middle, to: range.to };
      isWhole = false;
    }
  }
  // Whoever checks knows the hash of the old tree, and where that is a subtree by itself it need not be told.
  if (!isWhole) proof.push(rangeHash(range, hashOf, sha256));
  return proof.reverse();
}

/** The root that a leaf at `index` and its proof lead to; null where the proof has another length than a tree of `size` entries asks for (RFC 9162 section 2.1.3.2). */
export function rootFromInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  sha256: Sha256,
): Uint8Array | null {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return null;
  let at: Place = { node: index, last: size - 1 };
  let hash = leaf;
  for (const beside of proof) {
    if (at.last === 0) return null;
    hash = isRight(at) ? nodeHash(beside, hash, sha256) : nodeHash(hash, beside, sha256);
    at = parentOf(at);
  }
  return at.last === 0 ? hash : null;
}

/** Whether a tree of `size` entries with `root` begins with the tree of `oldSize` entries with `oldRoot` (RFC 9162 section 2.1.4.2). */
export function isConsistent(
  old: { size: number; root: Uint8Array },
  next: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
  sha256: Sha256,
): boolean {
  if (old.size < 0 || old.size > next.size) return false;
  if (old.size === next.size) return proof.length === 0 && isEqual(old.root, next.root);
  if (old.size === 0) return proof.length === 0 && isEqual(old.root, sha256());
  const path = isPowerOfTwo(old.size) ? [old.root, ...proof] : [...proof];
  const first = path.shift();
  if (!first) return false;
  let at: Place = { node: old.size - 1, last: next.size - 1 };
  while (at.node % 2 === 1) at = halved(at);
  let before = first;
  let after = first;
  for (const beside of path) {
    if (at.last === 0) return false;
    if (isRight(at)) before = nodeHash(beside, before, sha256);
    after = isRight(at) ? nodeHash(beside, after, sha256) : nodeHash(after, beside, sha256);
    at = parentOf(at);
  }
  return at.last === 0 && isEqual(before, old.root) && isEqual(after, next.root);
}

/** A node on the way up: its number at its level, and that of the last one there. */
type Place = { node: number; last: number };

/** Whether what stands beside the node stands on its left. A last node has nobody on its right. */
const isRight = ({ node, last }: Place): boolean => node % 2 === 1 || node === last;

const halved = ({ node, last }: Place): Place => ({ node: Math.floor(node / 2), last: Math.floor(last / 2) });

/** Where the node goes with what stands beside it. A last node without a partner is carried up as it is until it has one. */
function parentOf(place: Place): Place {
  let at = place;
  if (isRight(at)) while (at.node % 2 === 0 && at.node !== 0) at = halved(at);
  return halved(at);
}

/** Whether two hashes are the same. They are public, so that nothing is told by how long it takes. */
export const isEqual = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, k) => byte === other[k]);

/** Hash of the entries [from, to), of which `from` is a multiple of the largest power of two below the length, as all splits of the RFC are. */
function rangeHash({ from, to }: Range, hashOf: SubtreeHash, sha256: Sha256): Uint8Array {
  const count = to - from;
  if (isPowerOfTwo(count)) return hashOf(Math.round(Math.log2(count)), from / count);
  const middle = from + splitOf(count);
  return nodeHash(
    rangeHash({ from, to: middle }, hashOf, sha256),
    rangeHash({ from: middle, to }, hashOf, sha256),
    sha256,
  );
}

/** The largest power of two below `count`, for a count of two or more. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** For a count of one or more. */
const isPowerOfTwo = (count: number): boolean => 2 ** Math.round(Math.log2(count)) === count;
