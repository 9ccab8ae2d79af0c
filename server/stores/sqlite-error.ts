/** What SQLite's result codes mean to a caller of a store. */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from './store-error.ts';

// Primary result codes, https://www.sqlite.org/rescode.html
/** Another connection holds the lock. */
export const SQLITE_BUSY = 5;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const TOO_BIG = 18;
const CONSTRAINT = 19;
const MISMATCH = 20;
const NOT_A_DATABASE = 26;

/** Primary result code of an error thrown by node:sqlite, or null. */
export function sqliteCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : null;
}

/** The error as a `StoreError` that names `file`; errors of another origin come back as they are. */
export function asStoreError(error: unknown, file: string): unknown {
  const code = sqliteCode(error);
  if (code === null || error instanceof StoreError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const cause = error;
  // A full disk shows as an I/O error where SQLite extends its shared memory.
  if (code === FULL || (code === IO_ERROR && isFull(file))) {
    return new StoreError('disk-full', `the disk that holds ${file} is full: ${detail}`, { cause });
  }
  if (code === CONSTRAINT) return new StoreError('conflict', `${file} holds something else: ${detail}`, { cause });
  if (code === CORRUPT || code === NOT_A_DATABASE) {
    return new StoreError('damaged', `${file} is damaged or no ledger: ${detail}. Restore a backup.`, { cause });
  }
  if (code === IO_ERROR || code === CANNOT_OPEN) {
    return new StoreError('disk-failed', `${file} cannot be read or written: ${detail}`, { cause });
  }
  return error;
}

/** Whether an error within a transaction concerns all of it: anything but a value or row that SQLite refuses. */
export function isOfTransaction(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && code !== CONSTRAINT && code !== MISMATCH && code !== TOO_BIG;
}

function isFull(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(file));
    return bavail * bsize < 1_048_576;
  } catch {
    return false;
  }
}
