/** The lock of a data folder: a lock of the operating system, which ends with its process however that ends. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { asStoreError, SQLITE_BUSY, sqliteCode } from './sqlite-error.ts';
import { StoreError } from './store-error.ts';

/**
 * Takes the lock `file` of `folder`. SQLite's write lock is what Node offers of the system's file locks: after a crash nothing
 * stale is left to recover, and it holds between containers that share the folder, where process ids mean nothing. The process
 * id lies beside it for the message only. Throws `StoreError` of kind `in-use`.
 */
export function lockFolder(file: string, folder: string): { release(): void } {
  const note = `${file}.pid`;
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { timeout: 0 });
    db.exec('BEGIN IMMEDIATE');
  } catch (error) {
    db?.close();
    if (sqliteCode(error) !== SQLITE_BUSY) throw asStoreError(error, file);
    throw new StoreError(
      'in-use',
      `${folder} is in use by another server${holderIn(note)}: stop it, or choose another data folder`,
    );
  }
  attempt(() => writeFileSync(note, `${process.pid}\n`));
  const held = db;
  return {
    release() {
      if (!held.isOpen) return;
      attempt(() => rmSync(note, { force: true }));
      held.close();
    },
  };
}

function holderIn(note: string): string {
  try {
    const pid = readFileSync(note, 'utf8').trim();
    return /^\d{1,10}$/.test(pid) ? ` (process ${pid})` : '';
  } catch {
    return '';
  }
}

/** The note is a courtesy: a full disk must not keep a server from starting. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // see above
  }
}
