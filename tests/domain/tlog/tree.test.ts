/** The tree of a log has the roots of RFC 6962, proves each entry, and shows that it only grew. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leafHash, merkleRoot } from '../../../domain/proof/merkle.ts';
import { hex } from '../../../domain/proof/segment.ts';
import { foldWhole } from '../../../domain/tlog/tiles.ts';
import {
  consistencyProof,
  inclusionProof,
  isConsistent,
  isEqual,
  rootAt,
  rootFromInclusion,
  type SubtreeHash,
} from '../../../domain/tlog/tree.ts';
import { sha256 } from '../../../server/sha256.ts';
import tree from '../../vectors/rfc6962-tree.json' with { type: 'json' };

const LEAVES = tree.leaves.map((text) => Buffer.from(text, 'hex'));

const entry = (k: number): Uint8Array => Buffer.from(`entry ${k}`);

function subtreesOf(leaves: readonly Uint8Array[]): SubtreeHash {
  const hashes = leaves.map((leaf) => leafHash(leaf, sha256));
  return (level, index) => foldWhole(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level), sha256);
}

describe('the tree of a log', () => {
  test('[TL1] has the roots of RFC 6962 at every size', () => {
    for (const [size, root] of tree.roots.entries()) expect(hex(rootAt(size, subtreesOf(LEAVES), sha256))).toBe(root);
  });

  test('[TL1] has the root of the leaves hashed one by one, at every size up to 600', () => {
    const leaves = Array.from({ length: 600 }, (_, k) => entry(k));
    const hashOf = subtreesOf(leaves);
    for (let size = 0; size <= 600; size += 1) {
      expect(hex(rootAt(size, hashOf, sha256))).toBe(hex(merkleRoot(leaves.slice(0, size), sha256)));
    }
  });

  test('[TL2] proves every entry of every tree up to 70 entries, and nothing else', () => {
    const leaves = Array.from({ length: 70 }, (_, k) => entry(k));
    const hashOf = subtreesOf(leaves);
    for (let size = 1; size <= 70; size += 1) {
      const root = hex(rootAt(size, hashOf, sha256));
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(index, size, hashOf, sha256);
        const leaf = leafHash(entry(index), sha256);
        expect(hex(rootFromInclusion(leaf, index, size, proof, sha256) ?? new Uint8Array())).toBe(root);
        for (const [other, of] of [
          [index + 1, size],
          [index, size + 1],
          [index - 1, size],
        ] as const) {
          const led = rootFromInclusion(leaf, other, of, proof, sha256);
          const isSameLength = of === size && led !== null;
          if (isSameLength) expect(hex(led)).not.toBe(root);
        }
        expect(rootFromInclusion(leaf, index, size, [...proof, leaf], sha256)).toBeNull();
        if (proof.length > 0) expect(rootFromInclusion(leaf, index, size, proof.slice(1), sha256)).toBeNull();
      }
    }
  });

  test('[TL3] [I8] shows that it only grew, for every pair of sizes up to 50, and never that it changed', () => {
    const leaves = Array.from({ length: 50 }, (_, k) => entry(k));
    const hashOf = subtreesOf(leaves);
    const changed = subtreesOf(leaves.map((leaf, k) => (k === 0 ? Buffer.from('another') : leaf)));
    const head = (size: number, of = hashOf) => ({ size, root: rootAt(size, of, sha256) });
    for (let old = 0; old <= 50; old += 1) {
      for (let size = old; size <= 50; size += 1) {
        const proof = consistencyProof(old, size, hashOf, sha256);
        expect(isConsistent(head(old), head(size), proof, sha256)).toBe(true);
        if (old === 0) continue;
        expect(isConsistent(head(old, changed), head(size), proof, sha256)).toBe(false);
        expect(isConsistent(head(old), head(size, changed), proof, sha256)).toBe(false);
        if (old < size) expect(isConsistent(head(size), head(old), proof, sha256)).toBe(false);
      }
    }
  });

  test('[TL2] [TL3] outside the log nothing is proved', () => {
    const hashOf = subtreesOf(LEAVES);
    for (const [index, size] of [
      [-1, 5],
      [5, 5],
      [0, 0],
    ] as const)
      expect(() => inclusionProof(index, size, hashOf, sha256)).toThrow(`index ${index} is outside a log of ${size}`);
    for (const [old, size] of [
      [-1, 5],
      [6, 5],
    ] as const)
      expect(() => consistencyProof(old, size, hashOf, sha256)).toThrow(`${old} entries are no beginning of ${size}`);
    const leaf = leafHash(entry(0), sha256);
    for (const index of [-1, 1, 0.5, Number.NaN]) expect(rootFromInclusion(leaf, index, 1, [], sha256)).toBeNull();
    expect(rootFromInclusion(leaf, 0, 1, [], sha256)).toBe(leaf);
  });

  test('[TL3] a proof has as many hashes as its sizes ask for', () => {
    const hashOf = subtreesOf(LEAVES);
    const head = (size: number) => ({ size, root: rootAt(size, hashOf, sha256) });
    const hash = new Uint8Array(32);
    for (let old = 0; old <= 8; old += 1) {
      for (let size = old; size <= 8; size += 1) {
        const proof = consistencyProof(old, size, hashOf, sha256);
        expect(isConsistent(head(old), head(size), [...proof, hash], sha256), `${old} ${size}`).toBe(false);
        if (proof.length > 0) expect(isConsistent(head(old), head(size), proof.slice(1), sha256)).toBe(false);
        if (proof.length > 0) expect(isConsistent(head(old), head(size), proof.slice(0, -1), sha256)).toBe(false);
      }
    }
    expect(isConsistent({ size: 0, root: hash }, head(3), [], sha256)).toBe(false);
    expect(isConsistent({ size: -1, root: hash }, head(3), [], sha256)).toBe(false);
    expect(isConsistent(head(3), { size: 3, root: hash }, [], sha256)).toBe(false);
    expect(isEqual(hash, hash.subarray(1))).toBe(false);
    expect(isEqual(hash.subarray(1), hash)).toBe(false);
  });

  test('[TL2] [TL3] a flipped bit of a proof leads nowhere', () => {
    const leaves = Array.from({ length: 300 }, (_, k) => entry(k));
    const hashOf = subtreesOf(leaves);
    const place = fc.record({
      size: fc.integer({ min: 2, max: 300 }),
      at: fc.nat(),
      hash: fc.nat(),
      bit: fc.integer({ min: 0, max: 255 }),
    });
    const flipped = (proof: readonly Uint8Array[], hash: number, bit: number): Uint8Array[] =>
      proof.map((bytes, k) =>
        k === hash % proof.length ? bytes.map((byte, b) => (b === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)) : bytes,
      );
    fc.assert(
      fc.property(place, ({ size, at, hash, bit }) => {
        const index = at % size;
        const root = rootAt(size, hashOf, sha256);
        const inclusion = inclusionProof(index, size, hashOf, sha256);
        const led = rootFromInclusion(
          leafHash(entry(index), sha256),
          index,
          size,
          flipped(inclusion, hash, bit),
          sha256,
        );
        expect(hex(led ?? new Uint8Array())).not.toBe(hex(root));
        const old = 1 + (at % (size - 1));
        const consistency = consistencyProof(old, size, hashOf, sha256);
        const before = { size: old, root: rootAt(old, hashOf, sha256) };
        expect(isConsistent(before, { size, root }, flipped(consistency, hash, bit), sha256)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
