/** The embedded ledger: one SQLite file, every answer given after its commit is on the disk. */
import { createGroupCommit } from './group-commit.ts';
import { readIncident } from './ledger-rows.ts';
import { checkHash, newestFirst } from './ledger-rules.ts';
import { openLedgerFile } from './ledger-schema.ts';
import type { Ledger } from './ledger-store.ts';
import { createSegmentPacker } from './segment-packer.ts';
import { createSqliteBodies } from './sqlite-bodies.ts';
import { createSqliteLog } from './sqlite-log.ts';
import { createSqliteSegments } from './sqlite-segments.ts';
import { createSqliteWriters } from './sqlite-writers.ts';
import { closedError } from './store-error.ts';
import type { StoreLog } from './store-log.ts';

/**
 * Opens or makes the ledger in `file`. Rejects with `StoreError`: `newer-version`, `damaged`, `disk-full`, `disk-failed`.
 * Its calls reject with `disk-full` (nothing of the call was kept; the same call may succeed later), `disk-failed`, `conflict`
 * (against what is stored), `faulty` (a document under a hash not its own) or `closed`.
 */
export async function openSqliteLedger({ file, log }: { file: string; log: StoreLog }): Promise<Ledger> {
  const db = openLedgerFile(file);
  const packer = createSegmentPacker(db);
  const writers = createSqliteWriters(db, packer);
  const commits = createGroupCommit(db, file);
  let isClosed = false;
  const assertOpen = (): void => {
    if (isClosed) throw closedError(file);
  };
  const documentAt = db.prepare('SELECT body FROM documents WHERE hash = ?');
  const open = db.prepare('SELECT * FROM incidents WHERE closed_at IS NULL');
  const closed = db.prepare('SELECT * FROM incidents WHERE closed_at IS NOT NULL ORDER BY closed_at DESC, id LIMIT ?');
  log.info({ file }, 'ledger opened');

  return {
    segments: createSqliteSegments(db, { packer, writers, commits }, assertOpen),
    documents: {
      async put(hash, kind, body) {
        checkHash(hash, body);
        await commits.run(() => writers.document(hash, kind, body));
      },
      async get(hash) {
        assertOpen();
        const row = documentAt.get(hash);
        return typeof row?.body === 'string' ? row.body : null;
      },
    },
    incidents: {
      save: (incident) => commits.run(() => writers.incident(incident)),
      async list(limit) {
        assertOpen();
        return [...open.all(), ...closed.all(limit)].map(readIncident).sort(newestFirst);
      },
    },
    log: createSqliteLog(db, commits, assertOpen),
    bodies: createSqliteBodies(db, { packer, commits }, assertOpen),
    async close() {
      if (isClosed) return;
      await commits.close();
      isClosed = true;
      db.close();
    },
  };
}
