/** Merkle tree hash of RFC 6962 section 2.1 over records. */

/** SHA-256 of the parts joined, 32 bytes; a string stands for its UTF-8. Injected, since the domain brings no primitives of its own. */
export type Sha256 = (...parts: readonly (Uint8Array | string)[]) => Uint8Array;

const HASH_BYTES = 32;
const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = 1;
/** The same as text, so that a leaf of text is hashed in one piece. */
const LEAF_PREFIX_TEXT = '\u0000';

/** Hash of one leaf: SHA-256(0x00 ‖ leaf). */
export const leafHash = (leaf: Uint8Array | string, sha256: Sha256): Uint8Array =>
  typeof leaf === 'string' ? sha256(LEAF_PREFIX_TEXT + leaf) : sha256(LEAF_PREFIX, leaf);

/** Merkle tree hash of `leaves` in order; the hash of nothing for none (RFC 6962 section 2.1). */
export function merkleRoot(leaves: readonly (Uint8Array | string)[], sha256: Sha256): Uint8Array {
  let level = leaves.map((leaf) => leafHash(leaf, sha256));
  // Pairing each level and carrying an odd last node up gives the same tree as the RFC's split at the largest power of two.
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i];
      const right = level[i + 1];
      if (left && right) above.push(nodeHash(left, right, sha256));
      else if (left) above.push(left);
    }
    level = above;
  }
  return level[0] ?? sha256();
}

/** Hash of a node above two others: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  const node = new Uint8Array(1 + 2 * HASH_BYTES);
  node[0] = NODE_PREFIX;
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return sha256(node);
}
