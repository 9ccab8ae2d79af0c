/** The entries of the transparency log, and the full tiles of its tree, in the ledger's file. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { GroupCommit } from './group-commit.ts';
import { readEntryRow, readNumber } from './ledger-rows.ts';
import { assignmentEntry, segmentEntry } from './log-entries.ts';
import { givesWay, type LogStore } from './log-store.ts';
import { StoreError } from './store-error.ts';

const aloneRow = z.object({ entry: z.string() });
const checkpointRow = z
  .object({ size: z.int(), at: z.int(), note: z.string() })
  .transform(({ size, at, note }) => ({ size, atMs: at, note }));
const tileRow = z.object({ hashes: z.instanceof(Uint8Array) });

/** Writes into the log, within a transaction. */
export type LogWriter = {
  /** Adds an entry; one that is there already is not added again. */
  add(entry: string): void;
  /** Gives a stored segment its position. */
  addSegment(): number;
};

/** Prepares the statements. */
export function createLogWriter(db: DatabaseSync): LogWriter {
  const insert = db.prepare('INSERT INTO log_entries (entry) VALUES (?) ON CONFLICT DO NOTHING');
  return {
    add(entry) {
      insert.run(entry);
    },
    addSegment: () => Number(insert.run(null).lastInsertRowid),
  };
}

/** The log over one connection; `assertOpen` throws once it is closed. */
export function createSqliteLog(db: DatabaseSync, commits: GroupCommit, assertOpen: () => void): LogStore {
  const write = createLogWriter(db);
  const assign = db.prepare(
    `INSERT INTO assignments (screen, program) VALUES (?, ?)
       ON CONFLICT (screen) DO UPDATE SET program = excluded.program WHERE program <> excluded.program`,
  );
  const last = db.prepare('SELECT coalesce(max(position), 0) AS number FROM log_entries');
  const range = db.prepare(
    `SELECT position, entry, screen, device, epoch, segment, hash FROM log_entries LEFT JOIN segments ON id = position
       WHERE position > ? AND position <= ? ORDER BY position`,
  );
  const alone = (least: '>=' | '>'): StatementSync =>
    db.prepare(`SELECT entry FROM log_entries WHERE entry ${least} ? AND entry < ? ORDER BY entry LIMIT ?`);
  const from = alone('>=');
  const after = alone('>');
  const place = db.prepare('SELECT id - 1 AS number FROM segments WHERE hash = ?');
  const tile = db.prepare('SELECT hashes FROM log_tiles WHERE level = ? AND tile = ?');
  const keep = db.prepare('INSERT INTO log_tiles (level, tile, hashes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const setAside = [
    db.prepare('UPDATE segments SET id = -(id + ?) WHERE id > ?'),
    db.prepare('UPDATE log_entries SET position = -(position + ?) WHERE position > ?'),
  ];
  const putFirst = db.prepare('INSERT INTO log_entries (position, entry) VALUES (?, ?)');
  const setBack = [
    db.prepare('UPDATE segments SET id = -id WHERE id < 0'),
    db.prepare('UPDATE log_entries SET position = -position WHERE position < 0'),
  ];
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
        for (const entry of entries) write.add(entry);
      }),
    assign: (assignments) =>
      commits.run(() => {
        for (const assignment of assignments) {
          const { screen, program } = assignment;
          // Where nothing changes, nothing is noted anew.
          if (Number(assign.run(screen, program).changes) > 0) write.add(assignmentEntry(assignment));
        }
      }),
    async size() {
      assertOpen();
      return readNumber(last.get());
    },
    async entries(from, to) {
      assertOpen();
      return range.all(from, to).map(entryOf);
    },
    async beginningWith(prefix, last, limit) {
      assertOpen();
      const end = `${prefix}\u{10ffff}`;
      const rows = last === null ? from.all(prefix, end, limit) : after.all(last, end, limit);
      return rows.map((row) => aloneRow.parse(row).entry);
    },
    async indexOf(hash) {
      assertOpen();
      const row = place.get(Buffer.from(hash, 'hex'));
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
    beginAnew: (first, from) =>
      commits.run(() => {
        // A segment goes with its entry.
        db.exec('PRAGMA defer_foreign_keys = ON');
        // Below zero first: no position may be taken twice, not even for a moment.
        for (const statement of setAside) statement.run(first.length - from, from);
        db.exec('DELETE FROM log_entries WHERE position > 0');
        for (const [k, entry] of first.entries()) putFirst.run(k + 1, entry);
        for (const statement of setBack) statement.run();
        db.exec('DELETE FROM log_tiles; DELETE FROM log_checkpoints; UPDATE retention SET looked_up_to = 0');
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

function entryOf(row: unknown): string {
  const { position, entry, segment } = readEntryRow(row);
  if (entry !== null) return entry;
  if (segment === null) throw new StoreError('damaged', `the log lacks the segment of entry ${position - 1}`);
  return segmentEntry('segment', segment);
}
