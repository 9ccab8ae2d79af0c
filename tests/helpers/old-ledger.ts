/** Makes of a ledger's file one as an older version left it. */
import { DatabaseSync } from 'node:sqlite';
import type { VerifiedSegmentRow } from '../../server/stores/ledger-store.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../server/stores/store-log.ts';
import { storedSegments } from '../contracts/with-ledger.ts';

/** Tables that versions 1 to 3 had otherwise. */
const TABLES = `
CREATE TABLE old_entries AS SELECT position, entry FROM log_entries;
CREATE TABLE old_documents AS SELECT hash, kind, body FROM documents ORDER BY id;
DROP TABLE segments; DROP TABLE documents; DROP TABLE log_entries;
CREATE TABLE segments (
  device TEXT NOT NULL, epoch INTEGER NOT NULL, segment INTEGER NOT NULL,
  hash TEXT NOT NULL UNIQUE, prev TEXT, screen TEXT NOT NULL,
  first_seq INTEGER NOT NULL, count INTEGER NOT NULL CHECK (count > 0),
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, received_at INTEGER NOT NULL,
  header TEXT NOT NULL, signature TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (device, epoch, segment)
) STRICT;
CREATE INDEX segments_by_time ON segments (first_at, last_at);
CREATE INDEX segments_by_screen ON segments (screen, first_at);
CREATE INDEX segments_odd ON segments (first_at) WHERE last_at NOT BETWEEN first_at AND first_at + 3600000;
CREATE TABLE documents (hash TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL) STRICT;
INSERT INTO documents SELECT * FROM old_documents;
DROP TABLE old_documents;
CREATE TABLE log_entries (position INTEGER PRIMARY KEY, entry TEXT NOT NULL, hash TEXT) STRICT;
CREATE UNIQUE INDEX log_entries_by_hash ON log_entries (hash) WHERE hash IS NOT NULL;
CREATE UNIQUE INDEX log_entries_alone ON log_entries (entry) WHERE hash IS NULL;
`;

/** And what version 1 had instead of the log. */
const QUEUE = `
CREATE TABLE log_queue (position INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
INSERT INTO log_queue (kind, hash) SELECT CASE json_extract(entry, '$.kind') WHEN 'program' THEN 'document'
  ELSE json_extract(entry, '$.kind') END, json_extract(entry, '$.hash') FROM log_entries ORDER BY position;
DROP TABLE log_entries; DROP TABLE log_tiles; DROP TABLE assignments;
`;

/** Changes `file`, a closed ledger of the present version. */
export async function makeOldLedger(file: string, version: 1 | 2 | 3 | 4): Promise<void> {
  if (version === 4) return dropTables(file, 'DROP TABLE retention; PRAGMA user_version = 4');
  const ledger = await openSqliteLedger({ file, log: silentLog });
  const segments = await storedSegments(ledger);
  const entries = await ledger.log.entries(0, 1_000_000);
  await ledger.close();
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA foreign_keys = OFF; ${TABLES}`);
  const insert = db.prepare('INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const segment of segments) insert.run(...columnsOf(segment));
  const log = db.prepare(
    'INSERT INTO log_entries SELECT position, ?, iif(entry IS NULL, ?, NULL) FROM old_entries WHERE position = ?',
  );
  for (const [k, entry] of entries.entries()) log.run(entry, String(JSON.parse(entry).hash), k + 1);
  db.exec(`DROP TABLE old_entries; DROP TABLE retention; ${version < 3 ? 'DROP TABLE log_checkpoints;' : ''} ${version < 2 ? QUEUE : ''}
    PRAGMA user_version = ${version}`);
  db.close();
}

function dropTables(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

const columnsOf = (s: VerifiedSegmentRow): (string | number | null)[] => [
  ...[s.device, s.epoch, s.segment, s.hash, s.prev, s.screen, s.firstSeq, s.count],
  ...[s.firstAtMs, s.lastAtMs, s.receivedAtMs, s.header, s.signature, s.body],
];
