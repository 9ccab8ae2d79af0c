/** The entries of the transparency log, and the full tiles of its tree, in the ledger's file. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { GroupCommit } from './group-commit.ts';
import { readNumber } from './ledger-rows.ts';
import { assignmentEntry } from './log-entries.ts';
import { givesWay, type LogStore } from './log-store.ts';

const entryRow = z.object({ entry: z.string() });
const checkpointRow = z
  .object({ size: z.int(), at: z.int(), note: z.string() })
  .transform(({ size, at, note }) => ({ size, atMs: at, note }));
const tileRow = z.object({ hashes: z.instanceof(Uint8Array) });

/** Tables of the log. Positions are given by SQLite, one after another from 1, and never given back: index = position − 1. */
export const LOG_TABLES = `
CREATE TABLE log_entries (position INTEGER PRIMARY KEY, entry TEXT NOT NULL, hash TEXT) STRICT;
CREATE UNIQUE INDEX log_entries_by_hash ON log_entries (hash) WHERE hash IS NOT NULL;
CREATE UNIQUE INDEX log_entries_alone ON log_entries (entry) WHERE hash IS NULL;
CREATE TABLE assignments (screen TEXT NOT NULL PRIMARY KEY, program TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE log_tiles (
  level INTEGER NOT NULL, tile INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, tile)
) STRICT, WITHOUT ROWID;
`;

/** Table of kept checkpoints. */
export const CHECKPOINT_TABLE = `
CREATE TABLE log_checkpoints (size INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL, note TEXT NOT NULL) STRICT;
`;

/** Adds an entry within a transaction; one that is there already is not added again. `hash`: of a stored segment's header, which its receipt asks for. */
export function logWriter(db: DatabaseSync): (entry: string, hash: string | null) => void {
  const add = db.prepare('INSERT INTO log_entries (entry, hash) VALUES (?, ?) ON CONFLICT DO NOTHING');
  return (entry, hash) => {
    add.run(entry, hash);
  };
}

/** The log over one connection; `assertOpen` throws once it is closed. */
export function createSqliteLog(db: DatabaseSync, commits: GroupCommit, assertOpen: () => void): LogStore {
  const write = logWriter(db);
  const assign = db.prepare(
    `INSERT INTO assignments (screen, program) VALUES (?, ?)
       ON CONFLICT (screen) DO UPDATE SET program = excluded.program WHERE program <> excluded.program`,
  );
  const last = db.prepare('SELECT coalesce(max(position), 0) AS number FROM log_entries');
  const range = db.prepare('SELECT entry FROM log_entries WHERE position > ? AND position <= ? ORDER BY position');
  const alone = (least: '>=' | '>'): StatementSync =>
    db.prepare(
      `SELECT entry FROM log_entries WHERE hash IS NULL AND entry ${least} ? AND entry < ? ORDER BY entry LIMIT ?`,
    );
  const from = alone('>=');
  const after = alone('>');
  const place = db.prepare('SELECT position - 1 AS number FROM log_entries WHERE hash = ?');
  const tile = db.prepare('SELECT hashes FROM log_tiles WHERE level = ? AND tile = ?');
  const keep = db.prepare('INSERT INTO log_tiles (level, tile, hashes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const keepNote = db.prepare('INSERT OR REPLACE INTO log_checkpoints (size, at, note) VALUES (?, ?, ?)');
  const lastNotes = db.prepare('SELECT * FROM log_checkpoints ORDER BY size DESC LIMIT 2');
  const dropNote = db.prepare('DELETE FROM log_checkpoints WHERE size = ?');
  const notes = db.prepare(
    `SELECT * FROM log_checkpoints
       WHERE at >= coalesce((SELECT max(at) FROM log_checkpoints WHERE at <= ?), 0) ORDER BY size`,
  );

  return {
    append: (entries) =>
      commits.run(() => {
        for (const entry of entries) write(entry, null);
      }),
    assign: (assignments) =>
      commits.run(() => {
        for (const assignment of assignments) {
          const { screen, program } = assignment;
          // Where nothing changes, nothing is noted anew.
          if (Number(assign.run(screen, program).changes) > 0) write(assignmentEntry(assignment), null);
        }
      }),
    async size() {
      assertOpen();
      return readNumber(last.get());
    },
    async entries(from, to) {
      assertOpen();
      return range.all(from, to).map((row) => entryRow.parse(row).entry);
    },
    async beginningWith(prefix, last, limit) {
      assertOpen();
      const end = `${prefix}\u{10ffff}`;
      const rows = last === null ? from.all(prefix, end, limit) : after.all(last, end, limit);
      return rows.map((row) => entryRow.parse(row).entry);
    },
    async indexOf(hash) {
      assertOpen();
      const row = place.get(hash);
      return row === undefined ? null : readNumber(row);
    },
    async tile(level, index) {
      assertOpen();
      const row = tile.get(level, index);
      return row === undefined ? null : tileRow.parse(row).hashes;
    },
    keepTiles: (tiles) =>
      commits.run(() => {
        for (const { level, index, hashes } of tiles) keep.run(level, index, hashes);
      }),
    keepCheckpoint: (checkpoint) =>
      commits.run(() => {
        const [last, before] = lastNotes.all().map((row) => checkpointRow.parse(row));
        if (last && givesWay(last, before)) dropNote.run(last.size);
        keepNote.run(checkpoint.size, checkpoint.atMs, checkpoint.note);
      }),
    async checkpointsSince(atMs) {
      assertOpen();
      return notes.all(atMs).map((row) => checkpointRow.parse(row));
    },
  };
}
