/** The tree's right edge in memory: the tiles that are not full yet, and those that become so. */
import type { Sha256 } from '../../domain/proof/merkle.ts';
import { foldWhole, TILE_WIDTH, tileHashes } from '../../domain/tlog/tiles.ts';
import type { StoredTile } from '../stores/log-store.ts';

/** The partial tile of every level, each a list of hashes that grows to 255, and the size of the tree. */
export type GrowingTree = { size: number; partial: Uint8Array[][] };

/** An empty tree. */
export const emptyTree = (): GrowingTree => ({ size: 0, partial: [[]] });

/** Adds leaf hashes in order; gives the tiles that became full. `tree` is changed. */
export function grow(tree: GrowingTree, leaves: readonly Uint8Array[], sha256: Sha256): StoredTile[] {
  const full: StoredTile[] = [];
  for (const leaf of leaves) {
    tree.size += 1;
    let hash: Uint8Array | null = leaf;
    for (let level = 0; hash !== null; level += 1) {
      const hashes: Uint8Array[] = tree.partial[level] ?? [];
      tree.partial[level] = hashes;
      hashes.push(hash);
      hash = null;
      if (hashes.length < TILE_WIDTH) break;
      const index = tree.size / TILE_WIDTH ** (level + 1) - 1;
      full.push({ level, index, hashes: joined(hashes) });
      hash = foldWhole(hashes, sha256);
      tree.partial[level] = [];
    }
  }
  return full;
}

/** A copy that can grow by itself. */
export const copyOf = ({ size, partial }: GrowingTree): GrowingTree => ({
  size,
  partial: partial.map((row) => [...row]),
});

/** The tree of the first `size` entries from what is stored: full tiles, and the leaves of the last partial one. */
export async function treeFrom(
  size: number,
  tileAt: (level: number, index: number) => Promise<Uint8Array>,
  leavesAt: (from: number, to: number) => Promise<Uint8Array[]>,
  sha256: Sha256,
): Promise<GrowingTree> {
  const whole = Math.floor(size / TILE_WIDTH);
  const partial: Uint8Array[][] = [await leavesAt(whole * TILE_WIDTH, size)];
  for (let level = 1, count = whole; count > 0; level += 1) {
    const first = Math.floor(count / TILE_WIDTH) * TILE_WIDTH;
    const row: Uint8Array[] = [];
    for (let below = first; below < count; below += 1) {
      row.push(foldWhole(tileHashes(await tileAt(level - 1, below)), sha256));
    }
    partial[level] = row;
    count = Math.floor(count / TILE_WIDTH);
  }
  return { size, partial };
}

/** Hashes one after another, as a tile is kept. */
export function joined(hashes: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(hashes));
}
