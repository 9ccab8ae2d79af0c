/** A tree as the roots of its whole subtrees, left to right: all that is needed to go on adding leaves (RFC 9162 section 2.1.2). */
import { nodeHash, type Sha256 } from '../proof/merkle.ts';
import type { SubtreeHash } from './tree.ts';

/** The tree of the first `size` entries. One root for every bit of the size, the largest subtree first. */
export type CompactRange = { size: number; roots: Uint8Array[] };

/** The range of `size` entries, whose subtrees `hashOf` knows. */
export function compactRangeAt(size: number, hashOf: SubtreeHash): CompactRange {
  const roots: Uint8Array[] = [];
  let from = 0;
  for (let level = 52; level >= 0; level -= 1) {
    const span = 2 ** level;
    if (size - from < span) continue;
    roots.push(hashOf(level, from / span));
    from += span;
  }
  return { size, roots };
}

/** The range with one more leaf. `range` stays as it is. */
export function withLeaf({ size, roots }: CompactRange, leaf: Uint8Array, sha256: Sha256): CompactRange {
  const next = [...roots, leaf];
  // As many subtrees close as the size ends in ones.
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const right = next.pop();
    const left = next.pop();
    if (left && right) next.push(nodeHash(left, right, sha256));
  }
  return { size: size + 1, roots: next };
}

/** Root of the tree. */
export function rootOfRange({ roots }: CompactRange, sha256: Sha256): Uint8Array {
  const [last, ...before] = [...roots].reverse();
  return last ? before.reduce((right, left) => nodeHash(left, right, sha256), last) : sha256();
}
