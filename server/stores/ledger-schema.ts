/** How the file of the embedded ledger is opened, and what keeps it durable. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { LEDGER_TABLES } from './ledger-tables.ts';
import { upgradeLedger } from './ledger-upgrade.ts';
import { asStoreError } from './sqlite-error.ts';
import { newerVersionError, StoreError } from './store-error.ts';

/** `XNBO`: marks the file as a ledger of Xunbo. */
const APPLICATION_ID = 0x58_4e_42_4f;

/**
 * Version of the tables. 1: a queue of what a log is to hold; 2: the log itself; 3: its checkpoints of former times; 4: segments are packed; 5: how far it
 * was looked through for bodies to drop.
 */
export const LEDGER_VERSION = 5;

const PAGE_BYTES = 8192;

/**
 * Opens or makes the file. Throws `StoreError`: `newer-version`, `damaged` (also for a database that is no ledger),
 * `disk-full`, `disk-failed`.
 */
export function openLedgerFile(file: string): DatabaseSync {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { timeout: 5000 });
    const found = checkLedgerVersion(db, file);
    // A packed segment is about 1.5 KB long: of two in a page of 4 KB a quarter would stay empty.
    if (found === 0) db.exec(`PRAGMA page_size = ${PAGE_BYTES}`);
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

/**
 * Opens an existing ledger to be read as it is at this moment, whatever its server writes meanwhile. Throws `StoreError` as {@link openLedgerFile}, and
 * `faulty` where there is none, or one of an older version, which the next start of its server brings to this one.
 */
export function openLedgerMoment(file: string): DatabaseSync {
  if (!existsSync(file)) throw new StoreError('faulty', `there is no ${file}: a data folder with a ledger is allowed`);
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
    const found = checkLedgerVersion(db, file);
    if (found < LEDGER_VERSION) {
      throw new StoreError(
        'faulty',
        `${file} has data version ${found}: start its server once, which makes it ${LEDGER_VERSION}`,
      );
    }
    // The first read within a transaction fixes the moment.
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
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
  db.exec(`BEGIN IMMEDIATE; ${LEDGER_TABLES}
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
