/** A consistent copy of a ledger that another process may be writing to. */
import { open } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import { checkLedgerVersion } from '../stores/ledger-schema.ts';
import { asStoreError } from '../stores/sqlite-error.ts';
import { StoreError } from '../stores/store-error.ts';

/** Pages copied at a time. */
const PAGES_A_STEP = 2000;

/**
 * Copies the ledger `from` as it is at this moment to the new file `to`, checked and synced, without a log beside it.
 * Rejects with `StoreError`: `newer-version`, `damaged`, `disk-full`, `disk-failed`.
 */
export async function copyLedger(
  from: string,
  to: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  let source: DatabaseSync | null = null;
  try {
    source = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
    checkLedgerVersion(source, from);
    // An open read keeps the copy at one moment: without it each commit of the server would start the copy anew.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await backup(source, to, {
      rate: PAGES_A_STEP,
      progress: ({ totalPages, remainingPages }) => onProgress(totalPages - remainingPages, totalPages),
    });
    source.exec('COMMIT');
  } catch (error) {
    throw asStoreError(error, to);
  } finally {
    source?.close();
  }
  checkCopy(to, from);
  const handle = await open(to, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Takes the copy out of WAL, so that it is one file, and looks through it once. */
function checkCopy(copy: string, original: string): void {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(copy);
    db.exec('PRAGMA journal_mode = DELETE');
    const row = db.prepare('PRAGMA quick_check(1)').get();
    if (row?.quick_check !== 'ok')
      throw new StoreError('damaged', `${original} is damaged: ${String(row?.quick_check)}`);
  } catch (error) {
    throw asStoreError(error, copy);
  } finally {
    db?.close();
  }
}
