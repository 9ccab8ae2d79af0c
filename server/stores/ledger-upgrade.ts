/** Brings the ledger of an older version to this one's tables, a step for each version, all in one transaction. */
import type { DatabaseSync } from 'node:sqlite';
import { CHECKPOINT_TABLE, RETENTION_TABLE } from './ledger-tables.ts';
import { fromQueueToLog } from './upgrade-queue.ts';
import { packStoredSegments } from './upgrade-segments.ts';

/** What makes version n of version n − 1, from version 2 on. A step is never changed once ledgers were made by it: tables grow by new steps. */
const STEPS: readonly ((db: DatabaseSync) => void)[] = [
  fromQueueToLog,
  (db) => db.exec(CHECKPOINT_TABLE),
  packStoredSegments,
  (db) => db.exec(RETENTION_TABLE),
];

/** Brings a ledger of version `found` (1 or later) to `version`. */
export function upgradeLedger(db: DatabaseSync, found: number, version: number): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const step of STEPS.slice(found - 1, version - 1)) step(db);
    db.exec(`PRAGMA user_version = ${version}; COMMIT`);
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
