/** The bodies of stored segments in the ledger's file. */
import type { DatabaseSync } from 'node:sqlite';
import { type BodyStore, DROPPED_BODY } from './body-store.ts';
import type { GroupCommit } from './group-commit.ts';
import { bytesOf, readNumber, readSegment } from './ledger-rows.ts';
import type { SegmentPacker } from './segment-packer.ts';

const STORED = `SELECT segments.id - 1 AS number, segments.*, documents.hash AS program
  FROM segments LEFT JOIN documents ON documents.id = packed_with`;

/** The bodies over one connection; `assertOpen` throws once it is closed. */
export function createSqliteBodies(
  db: DatabaseSync,
  { packer, commits }: { packer: SegmentPacker; commits: GroupCommit },
  assertOpen: () => void,
): BodyStore {
  const logged = db.prepare(`${STORED} WHERE segments.id > ? AND segments.id <= ? ORDER BY segments.id`);
  const stored = db.prepare(`${STORED} WHERE segments.hash = ?`);
  const replace = db.prepare('UPDATE segments SET packed = ?, packed_with = ? WHERE hash = ?');
  const note = db.prepare('UPDATE retention SET looked_up_to = ?');
  const noted = db.prepare('SELECT looked_up_to AS number FROM retention');

  function drop(hash: string): void {
    const row = stored.get(bytesOf(hash));
    if (row === undefined) return;
    const { packed, packedWith } = packer.pack({ ...readSegment(row, packer), body: DROPPED_BODY });
    replace.run(packed, packedWith, bytesOf(hash));
  }

  return {
    async loggedIn(from, to) {
      assertOpen();
      return logged.all(from, to).map((row) => ({ index: readNumber(row), row: readSegment(row, packer) }));
    },
    drop: (hashes, upTo) =>
      commits.run(() => {
        for (const hash of hashes) drop(hash);
        note.run(upTo);
      }),
    async lookedUpTo() {
      assertOpen();
      return readNumber(noted.get());
    },
  };
}
