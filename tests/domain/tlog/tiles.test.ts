/** A log's tiles and receipts: roots and proofs come from tiles alone, and places have one spelling. */
import { describe, expect, test } from 'vitest';
import { leafHash, merkleRoot } from '../../../domain/proof/merkle.ts';
import { hex } from '../../../domain/proof/segment.ts';
import { parseCheckpoint } from '../../../domain/tlog/checkpoint.ts';
import { formatNote } from '../../../domain/tlog/signed-note.ts';
import {
  entriesOfBundle,
  entryBundle,
  foldWhole,
  hasTile,
  MAX_ENTRY_BYTES,
  parseTilePath,
  subtreesOfTiles,
  TILE_WIDTH,
  type TilePlace,
  tilePath,
  tileWidth,
} from '../../../domain/tlog/tiles.ts';
import { formatTlogProof, isIncluded, parseTlogProof } from '../../../domain/tlog/tlog-proof.ts';
import { inclusionProof, rootAt } from '../../../domain/tlog/tree.ts';
import { sha256 } from '../../../server/sha256.ts';

const entry = (k: number): Uint8Array => Buffer.from(`entry ${k}`);

/** Tiles of a log of `size` entries, made level by level as the specification describes them. */
function tilesOf(size: number): { read: (level: number, index: number) => Uint8Array; root: string } {
  const leaves = Array.from({ length: size }, (_, k) => entry(k));
  const levels: Uint8Array[][] = [leaves.map((leaf) => leafHash(leaf, sha256))];
  for (let below = levels[0]; below && below.length >= TILE_WIDTH; below = levels.at(-1)) {
    const whole = Math.floor(below.length / TILE_WIDTH);
    const from = below;
    levels.push(
      Array.from({ length: whole }, (_, k) => foldWhole(from.slice(k * TILE_WIDTH, (k + 1) * TILE_WIDTH), sha256)),
    );
  }
  return {
    read: (level, index) => Buffer.concat(levels[level]?.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH) ?? []),
    root: hex(merkleRoot(leaves, sha256)),
  };
}

describe('tiles', () => {
  test.each<[string, TilePlace]>([
    ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/2/000.p/1', { level: 2, index: 0, width: 1 }],
    ['tile/entries/273.p/112', { level: 'entries', index: 273, width: 112 }],
    ['tile/63/x999/x999/x999/999', { level: 63, index: 999_999_999_999, width: 256 }],
  ])('[TL7] %s is a place in its one spelling', (path, place) => {
    expect(tilePath(place)).toBe(path);
    expect(parseTilePath(path)).toEqual(place);
  });

  test.each([
    'tile/00/000',
    'tile/64/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/001/x002',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000/',
    'tile/-1/000',
    'tile/0/../checkpoint',
    '/tile/0/000',
    'checkpoint',
    '',
  ])('[TL7] %s is none', (path) => expect(parseTilePath(path)).toBeNull());

  test('[TL7] a log has the tiles that the specification counts', () => {
    expect([tileWidth(0, 272, 70_000), tileWidth(0, 273, 70_000), tileWidth(0, 274, 70_000)]).toEqual([256, 112, 0]);
    expect([tileWidth(1, 0, 70_000), tileWidth(1, 1, 70_000), tileWidth(2, 0, 70_000)]).toEqual([256, 17, 1]);
    expect([tileWidth(0, 0, 256), tileWidth(1, 0, 256), tileWidth(2, 0, 256)]).toEqual([256, 1, 0]);
    expect(hasTile({ level: 0, index: 273, width: 112 }, 70_000)).toBe(true);
    expect(hasTile({ level: 0, index: 273, width: 113 }, 70_000)).toBe(false);
    expect(hasTile({ level: 'entries', index: 274, width: 1 }, 70_000)).toBe(false);
    expect(hasTile({ level: 'entries', index: 273, width: 112 }, 70_000)).toBe(true);
    expect(hasTile({ level: 0, index: 273, width: 1 }, 70_000)).toBe(true);
    expect(hasTile({ level: 0, index: 273, width: 0 }, 70_000)).toBe(false);
  });

  test('[TL7] a tile that is too short gives no hash, and of no hashes there is none', () => {
    const short = subtreesOfTiles(() => new Uint8Array(2 * 32), sha256);
    expect(short(1, 0)).toHaveLength(32);
    expect(() => short(2, 0)).toThrow('tile 0/0 is too short for 2/0');
    expect(() => short(9, 5)).toThrow('tile 1/0 is too short for 9/5');
    expect(() => foldWhole([], sha256)).toThrow('no hashes');
  });

  test('[TL7] roots and proofs come from tiles alone', () => {
    for (const size of [1, 255, 256, 257, 511, 512, 1000, 65_536 + 300]) {
      const { read, root } = tilesOf(size);
      const hashOf = subtreesOfTiles(read, sha256);
      expect(hex(rootAt(size, hashOf, sha256)), `${size} entries`).toBe(root);
    }
  });

  test('[TL7] a subtree needs its own part of a tile, and nothing behind it', () => {
    const { read } = tilesOf(300);
    const hashOf = subtreesOfTiles(read, sha256);
    const upTo = (hashes: number) =>
      subtreesOfTiles((level, tile) => read(level, tile).subarray(0, hashes * 32), sha256);
    expect(hex(upTo(48)(4, 2))).toBe(hex(hashOf(4, 2)));
    expect(() => upTo(47)(4, 2)).toThrow(RangeError);
    expect(hex(upTo(1)(0, 0))).toBe(hex(hashOf(0, 0)));
  });

  test('[TL8] entries stand in a bundle after their lengths', () => {
    const entries = [new Uint8Array(), Buffer.from('a'), new Uint8Array(MAX_ENTRY_BYTES).fill(7)];
    const bundle = entryBundle(entries);
    expect([...bundle.subarray(0, 6)]).toEqual([0, 0, 0, 1, 97, 0xff]);
    expect(entriesOfBundle(bundle)?.map((one) => hex(one))).toEqual(entries.map((one) => hex(one)));
    expect(entriesOfBundle(bundle.subarray(0, 4))).toBeNull();
    expect(entriesOfBundle(bundle.subarray(0, 6))).toBeNull();
    expect(entriesOfBundle(bundle.subarray(0, -1))).toBeNull();
    expect(() => entryBundle([new Uint8Array(MAX_ENTRY_BYTES + 1)])).toThrow('65536 bytes');
    const uneven = entryBundle([new Uint8Array(258).fill(7), Buffer.from('a')]);
    expect([[...uneven.subarray(0, 3)], uneven.length]).toEqual([[1, 2, 7], 263]);
    expect(entriesOfBundle(uneven)?.map((one) => one.length)).toEqual([258, 1]);
    expect(entriesOfBundle(Uint8Array.of(0))).toBeNull();
    expect(entriesOfBundle(new Uint8Array())).toEqual([]);
  });
});

describe('receipts', () => {
  const size = 700;
  const { read } = tilesOf(size);
  const hashOf = subtreesOfTiles(read, sha256);
  const root = rootAt(size, hashOf, sha256);
  const checkpoint = formatNote({
    text: `town.example/xunbo\n${size}\n${Buffer.from(root).toString('base64')}\n`,
    signatures: [{ name: 'town.example/xunbo', id: '01020304', signature: new Uint8Array(64) }],
  });
  const text = formatTlogProof({ index: 600, proof: inclusionProof(600, size, hashOf, sha256), checkpoint });

  test('[TL9] one is read back, and holds for its entry alone', () => {
    const proof = parseTlogProof(text);
    if (!proof) throw new Error('not read');
    expect(formatTlogProof({ ...proof, checkpoint })).toBe(text);
    expect(proof.checkpoint.note).toEqual(parseCheckpoint(checkpoint)?.note);
    expect(isIncluded(entry(600), proof, sha256)).toBe(true);
    expect(isIncluded(entry(601), proof, sha256)).toBe(false);
    expect(isIncluded(entry(600), { ...proof, index: 601 }, sha256)).toBe(false);
    expect(isIncluded(entry(600), { ...proof, proof: proof.proof.slice(1) }, sha256)).toBe(false);
    const alone = { index: 0, proof: [], checkpoint: checkpoint.replace('\n700\n', '\n1\n') };
    expect(parseTlogProof(formatTlogProof(alone))).toMatchObject({ index: 0, proof: [] });
    const long = { ...alone, proof: Array.from({ length: 63 }, () => new Uint8Array(32)) };
    expect(parseTlogProof(formatTlogProof(long))?.proof).toHaveLength(63);
  });

  test.each([
    ['another first line', text.replace('@v1', '@v2')],
    ['no index', text.replace('index 600\n', '')],
    ['an index with a zero before it', text.replace('index 600', 'index 0600')],
    ['extra data', text.replace('index 600', 'extra AAAA\nindex 600')],
    ['a hash that is too short', text.replace(/\n[A-Za-z0-9+/=]{44}\n\n/, '\nAAAA\n\n')],
    ['no checkpoint', text.slice(0, text.indexOf('\n\n') + 2)],
    ['no empty line', text.replaceAll('\n\n', '\n')],
    ['more behind the index', text.replace('index 600', 'index 600 ')],
    ['more before the index', text.replace('index 600', ' index 600')],
    ['more hashes than a tree has levels', text.replace('index 600', `index 600${`\n${'A'.repeat(43)}=`.repeat(64)}`)],
    ['what is no hash', text.replace('index 600', 'index 600\n?')],
  ])('[TL9] refuses one with %s', (_, wrong) => expect(parseTlogProof(wrong)).toBeNull());
});
