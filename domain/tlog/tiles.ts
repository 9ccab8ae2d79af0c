/** Tiles: the log's tree in pieces of 256 hashes, and its entries in bundles of as many (C2SP tlog-tiles). */

import { nodeHash, type Sha256 } from '../proof/merkle.ts';
import type { SubtreeHash } from './tree.ts';

/** Hashes of a full tile, entries of a full bundle. */
export const TILE_WIDTH = 256;
/** Levels of the tree that one tile holds. */
const TILE_HEIGHT = 8;
const HASH_BYTES = 32;
const MOST_LEVEL = 63;
/** Longest entry, by the two bytes before each. */
export const MAX_ENTRY_BYTES = 0xffff;

/** A tile of hashes at `level`, or with level `entries` a bundle of entries; `width` of 256 is a full one. */
export type TilePlace = { level: number | 'entries'; index: number; width: number };

/** The place as its path below the log's prefix, such as `tile/0/x001/234/067.p/12`. */
export function tilePath({ level, index, width }: TilePlace): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const parts = digits.match(/\d{3}/g) ?? [];
  const path = parts.map((part, k) => (k === parts.length - 1 ? part : `x${part}`)).join('/');
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** The place of a path; null for what is none, in its one spelling. */
export function parseTilePath(path: string): TilePlace | null {
  const [, level = '', digits = '', partial] = PATH.exec(path) ?? [];
  if (level === '') return null;
  const place: TilePlace = {
    level: level === 'entries' ? level : Number(level),
    index: Number(digits.replaceAll(/[x/]/g, '')),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  };
  const isSound = place.level === 'entries' || place.level <= MOST_LEVEL;
  return isSound && tilePath(place) === path ? place : null;
}

/** Width of tile `index` at `level` in a log of `size` entries: 256 where it is full, 0 where there is none. */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level));
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** Whether a log of `size` entries has the tile: all of a full one, just what there is of a partial one or, of an older size, less. */
export const hasTile = ({ level, index, width }: TilePlace, size: number): boolean =>
  width >= 1 && width <= tileWidth(level, index, size);

/** Hashes of a tile's bytes. */
export function tileHashes(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.floor(bytes.length / HASH_BYTES) }, (_, k) =>
    bytes.subarray(k * HASH_BYTES, (k + 1) * HASH_BYTES),
  );
}

/** Hashes of subtrees from tiles; `read` gives the bytes of a tile's hashes, at least those a log of the size in question has. */
export function subtreesOfTiles(read: (level: number, index: number) => Uint8Array, sha256: Sha256): SubtreeHash {
  return (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const span = 2 ** (level - tileLevel * TILE_HEIGHT);
    const first = index * span;
    const tile = Math.floor(first / TILE_WIDTH);
    const from = (first - tile * TILE_WIDTH) * HASH_BYTES;
    const hashes = tileHashes(read(tileLevel, tile).subarray(from, from + span * HASH_BYTES));
    if (hashes.length !== span) throw new RangeError(`tile ${tileLevel}/${tile} is too short for ${level}/${index}`);
    return foldWhole(hashes, sha256);
  };
}

/** Root of a whole subtree from its 2^n lowest hashes. */
export function foldWhole(hashes: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  let level = [...hashes];
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let k = 0; k + 1 < level.length; k += 2) {
      const left = level[k];
      const right = level[k + 1];
      if (left && right) above.push(nodeHash(left, right, sha256));
    }
    level = above;
  }
  const [root] = level;
  if (!root) throw new RangeError('a subtree of no hashes');
  return root;
}

/** Entries as a bundle: each after its length in two bytes, the higher first. Throws for one of more than {@link MAX_ENTRY_BYTES}. */
export function entryBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`an entry of ${entry.length} bytes`);
    bundle[at] = entry.length >> 8;
    bundle[at + 1] = entry.length & 0xff;
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

/** The entries of a bundle; null where it ends inside one. */
export function entriesOfBundle(bundle: Uint8Array): Uint8Array[] | null {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length; ) {
    const length = (bundle[at] ?? 0) * 256 + (bundle[at + 1] ?? 0);
    const end = at + 2 + length;
    if (end > bundle.length) return null;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
