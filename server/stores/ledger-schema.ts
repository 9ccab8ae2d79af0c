/** Tables of the embedded ledger, how its file is opened, and what keeps it durable. */
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { upgradeLedger } from './ledger-upgrade.ts';
import { asStoreError } from './sqlite-error.ts';
import { CHECKPOINT_TABLE, LOG_TABLES } from './sqlite-log.ts';
import { newerVersionError, StoreError } from './store-error.ts';

/** `XNBO`: marks the file as a ledger of Xunbo. */
const APPLICATION_ID = 0x58_4e_42_4f;

/** Version of the tables. 1: a queue of what a log is to hold; 2: the log itself; 3: its checkpoints of former times. */
export const LEDGER_VERSION = 3;

/**
 * A segment lasts 10 minutes at most; one whose clock was stepped may say anything. Those that seem to last over an hour or
 * backwards have an index of their own, so that all others are found by the time of their first record alone.
 */
export const ODD_SPAN_MS = 3_600_000;
/** Condition of the segments above. */
export const IS_ODD = `last_at NOT BETWEEN first_at AND first_at + ${ODD_SPAN_MS}`;

const TABLES = `
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
CREATE INDEX segments_odd ON segments (first_at) WHERE ${IS_ODD};

CREATE TABLE forks (
  hash TEXT NOT NULL PRIMARY KEY,
  device TEXT NOT NULL, epoch INTEGER NOT NULL, segment INTEGER NOT NULL,
  header TEXT NOT NULL, signature TEXT NOT NULL, body TEXT NOT NULL, received_at INTEGER NOT NULL
) STRICT;

CREATE TABLE quarantine (
  device TEXT NOT NULL, epoch INTEGER NOT NULL, segment INTEGER NOT NULL, hash TEXT NOT NULL,
  first_seq INTEGER NOT NULL, count INTEGER NOT NULL, reason TEXT NOT NULL,
  header TEXT NOT NULL, signature TEXT NOT NULL, body TEXT NOT NULL, received_at INTEGER NOT NULL,
  PRIMARY KEY (device, epoch, segment, hash)
) STRICT;

CREATE TABLE screen_days (
  screen TEXT NOT NULL, date TEXT NOT NULL,
  counts TEXT NOT NULL,
  end_of_day TEXT,
  PRIMARY KEY (screen, date)
) STRICT, WITHOUT ROWID;
CREATE INDEX screen_days_by_date ON screen_days (date);

CREATE TABLE documents (hash TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE incidents (
  id TEXT NOT NULL PRIMARY KEY, screen TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL,
  opened_at INTEGER NOT NULL, closed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX incidents_open ON incidents (screen, kind) WHERE closed_at IS NULL;
CREATE INDEX incidents_closed ON incidents (closed_at);
${LOG_TABLES}${CHECKPOINT_TABLE}`;

/**
 * Opens or makes the file. Throws `StoreError`: `newer-version`, `damaged` (also for a database that is no ledger),
 * `disk-full`, `disk-failed`.
 */
export function openLedgerFile(file: string): DatabaseSync {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { timeout: 5000 });
    const found = checkLedgerVersion(db, file);
    // FULL: a commit is on the disk when it returns; WAL's default elsewhere may be NORMAL, where it is not.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    db.exec('PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536;');
    requirePragma(db, 'journal_mode', 'wal');
    requirePragma(db, 'synchronous', 2);
    requirePragma(db, 'foreign_keys', 1);
    if (found === 0) createTables(db);
    else if (found < LEDGER_VERSION) upgradeLedger(db, found, LEDGER_VERSION);
    return db;
  } catch (error) {
    if (db?.isOpen) db.close();
    throw asStoreError(error, file);
  }
}

/** The version of an open ledger, 0 for an empty file. Throws as {@link openLedgerFile}. */
export function checkLedgerVersion(db: DatabaseSync, file: string): number {
  const version = Number(pragma(db, 'user_version'));
  const application = pragma(db, 'application_id');
  const isEmpty = version === 0 && db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (!isEmpty && application !== APPLICATION_ID) {
    throw new StoreError('damaged', `${file} is a database, but not a ledger of Xunbo`);
  }
  if (version > LEDGER_VERSION) throw newerVersionError(file, version, LEDGER_VERSION);
  return version;
}

function createTables(db: DatabaseSync): void {
  db.exec(`BEGIN IMMEDIATE; ${TABLES}
    PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${LEDGER_VERSION}; COMMIT`);
}

function requirePragma(db: DatabaseSync, name: string, wanted: string | number): void {
  const found = pragma(db, name);
  if (found !== wanted) throw new StoreError('disk-failed', `SQLite's ${name} is ${found} where ${wanted} is needed`);
}

function pragma(db: DatabaseSync, name: string): string | number | null {
  const row: unknown = Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  return z.union([z.string(), z.number(), z.null()]).parse(row ?? null);
}
