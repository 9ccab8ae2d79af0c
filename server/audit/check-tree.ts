/** Builds the log's tree from its entries once more, and holds it against the kept tiles and against every root that was signed. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { leafHash } from '../../domain/proof/merkle.ts';
import type { Checkpoint } from '../../domain/tlog/checkpoint.ts';
import { type CompactRange, rootOfRange, withLeaf } from '../../domain/tlog/compact-range.ts';
import { TILE_WIDTH, tileHashes } from '../../domain/tlog/tiles.ts';
import { isEqual } from '../../domain/tlog/tree.ts';
import { sha256 } from '../sha256.ts';
import { readNumber } from '../stores/ledger-rows.ts';
import type { StoredTile } from '../stores/log-store.ts';
import { emptyTree, grow } from '../tlog/growing-tree.ts';
import type { Checked, Difference } from './difference.ts';

/** The tree under construction. */
export type TreeCheck = {
  /** The next entry. */
  add(entry: string): Generator<Difference>;
  /** There are no more. */
  end(): Generator<Difference>;
};

const tileRow = z.object({ hashes: z.instanceof(Uint8Array) });

/** Begins the check. `signed` are the checkpoints to hold it against; tiles are asked for as far as the largest of them goes. */
export function createTreeCheck(db: DatabaseSync, signed: readonly Checkpoint[], checked: Checked): TreeCheck {
  const tileAt = db.prepare('SELECT hashes FROM log_tiles WHERE level = ? AND tile = ?');
  const tree = emptyTree();
  const roots = [...signed].sort((a, b) => a.size - b.size);
  const signedSize = roots.at(-1)?.size ?? 0;
  let range: CompactRange = { size: 0, roots: [] };

  function* rootsHere(): Generator<Difference> {
    for (let next = roots[0]; next?.size === range.size; next = roots[0]) {
      roots.shift();
      if (isEqual(rootOfRange(range, sha256), next.root)) continue;
      const subject = `the checkpoint of ${next.size} entries`;
      yield { kind: 'checkpoint', subject, detail: 'these entries have another root than was signed' };
    }
  }

  function* tile(built: StoredTile): Generator<Difference> {
    const { level, index } = built;
    const row = tileAt.get(level, index);
    const isDue = (index + 1) * TILE_WIDTH ** (level + 1) <= signedSize;
    const subject = `tile ${level}/${index}`;
    if (row === undefined) {
      if (isDue) yield { kind: 'tile', subject, detail: 'it is not kept' };
      return;
    }
    checked.tiles += 1;
    const [ours, kept] = [tileHashes(built.hashes), tileHashes(tileRow.parse(row).hashes)];
    const wrong = ours.findIndex((hash, k) => !isEqual(hash, kept[k] ?? new Uint8Array()));
    if (wrong < 0 && kept.length === ours.length) return;
    const at = index * TILE_WIDTH + Math.max(0, wrong);
    const what = level === 0 ? `entry ${at}` : `hash ${at} of level ${level}`;
    yield { kind: 'tile', subject, detail: `its ${what} is not that of the stored entries` };
  }

  return {
    *add(entry) {
      yield* rootsHere();
      const leaf = leafHash(entry, sha256);
      range = withLeaf(range, leaf, sha256);
      for (const built of grow(tree, [leaf], sha256)) yield* tile(built);
    },
    *end() {
      yield* rootsHere();
      for (const { size } of roots) {
        const subject = `the checkpoint of ${size} entries`;
        yield { kind: 'checkpoint', subject, detail: `the log has ${range.size} entries only` };
      }
      const beyond = readNumber(db.prepare('SELECT count(*) AS number FROM log_tiles').get()) - checked.tiles;
      if (beyond > 0)
        yield { kind: 'tile', subject: 'the tiles', detail: `${beyond} of them hold more entries than there are` };
    },
  };
}
