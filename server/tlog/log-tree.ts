/** The log's tree at a signed size, read from what is stored: roots of its beginnings, and proofs that entries are in it. */
import { leafHash } from '../../domain/proof/merkle.ts';
import { compactRangeAt } from '../../domain/tlog/compact-range.ts';
import { subtreesOfTiles, TILE_WIDTH } from '../../domain/tlog/tiles.ts';
import { inclusionProof, rootAt, type SubtreeHash } from '../../domain/tlog/tree.ts';
import { sha256 } from '../sha256.ts';
import type { LogStore } from '../stores/log-store.ts';
import { StoreError } from '../stores/store-error.ts';
import { joined, treeFrom } from './growing-tree.ts';

/** The tree. Rejects with `StoreError` `damaged` where a tile is missing. */
export type LogTree = {
  root(): Uint8Array;
  /** Hashes that lead from the entry at `index` to the root. */
  inclusion(index: number): Promise<Uint8Array[]>;
  /** Roots of the whole subtrees of the first `size` entries, the largest first. */
  subtrees(size: number): Promise<Uint8Array[]>;
};

/** The tree of the first `size` entries. */
export async function openLogTree(store: LogStore, size: number): Promise<LogTree> {
  async function tileAt(level: number, index: number): Promise<Uint8Array> {
    const tile = await store.tile(level, index);
    if (!tile) throw new StoreError('damaged', `the log lacks tile ${level}/${index}`);
    return tile;
  }
  const leavesAt = async (from: number, to: number): Promise<Uint8Array[]> =>
    (await store.entries(from, to)).map((entry) => leafHash(entry, sha256));
  const { partial } = await treeFrom(size, tileAt, leavesAt, sha256);

  /** Full tiles over index `at`, which with the right edge are all that a proof about it needs. */
  async function hashesOver(at: number): Promise<SubtreeHash> {
    const full = new Map<string, Uint8Array>();
    for (let level = 0; size >= TILE_WIDTH ** (level + 1); level += 1) {
      const index = Math.floor(at / TILE_WIDTH ** (level + 1));
      if ((index + 1) * TILE_WIDTH ** (level + 1) <= size) full.set(`${level}/${index}`, await tileAt(level, index));
    }
    return subtreesOfTiles((level, index) => {
      const isPartial = index === Math.floor(size / TILE_WIDTH ** (level + 1));
      const tile = isPartial ? joined(partial[level] ?? []) : full.get(`${level}/${index}`);
      if (!tile) throw new RangeError(`tile ${level}/${index} was not read`);
      return tile;
    }, sha256);
  }

  const edge = await hashesOver(size);
  return {
    root: () => rootAt(size, edge, sha256),
    inclusion: async (index) => inclusionProof(index, size, await hashesOver(index), sha256),
    async subtrees(at) {
      if (at === 0) return [];
      const hashOf = await hashesOver(at - 1);
      return compactRangeAt(at, hashOf).roots;
    },
  };
}
