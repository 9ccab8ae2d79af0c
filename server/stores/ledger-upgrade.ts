/** Brings the ledger of an older version to this one's tables, a step for each version, all in one transaction. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { readBadSegment, readSegment } from './ledger-rows.ts';
import { programEntry, quarantineEntry, segmentEntry } from './log-entries.ts';
import { CHECKPOINT_TABLE, LOG_TABLES, logWriter } from './sqlite-log.ts';

const queued = z.object({ kind: z.enum(['segment', 'fork', 'quarantine', 'document']), hash: z.string() });

/** What makes version n of version n − 1, from version 2 on. A step is never changed once ledgers were made by it: tables grow by new steps. */
const STEPS: readonly ((db: DatabaseSync) => void)[] = [fromQueueToLog, (db) => db.exec(CHECKPOINT_TABLE)];

/** Brings a ledger of version `found` (1 or later) to `version`. */
export function upgradeLedger(db: DatabaseSync, found: number, version: number): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const step of STEPS.slice(found - 1, version - 1)) step(db);
    db.exec(`PRAGMA user_version = ${version}; COMMIT`);
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/** Version 1 kept a queue of what a log was to hold: it becomes the log, in the same order. */
function fromQueueToLog(db: DatabaseSync): void {
  db.exec(LOG_TABLES);
  const log = logWriter(db);
  const entryOf = entryReader(db);
  for (const row of db.prepare('SELECT kind, hash FROM log_queue ORDER BY position').iterate()) {
    const { kind, hash } = queued.parse(row);
    log(entryOf(kind, hash), kind === 'segment' ? hash : null);
  }
  db.exec('DROP TABLE log_queue');
}

function entryReader(db: DatabaseSync): (kind: z.infer<typeof queued>['kind'], hash: string) => string {
  const segment = db.prepare('SELECT * FROM segments WHERE hash = ?');
  const fork = db.prepare('SELECT header FROM forks WHERE hash = ?');
  const bad = db.prepare('SELECT * FROM quarantine WHERE hash = ?');
  const header = z.object({ screen: z.string(), device: z.string(), epoch: z.int(), segment: z.int() });
  return (kind, hash) => {
    switch (kind) {
      case 'segment':
        return segmentEntry('segment', readSegment(segment.get(hash)));
      case 'fork':
        return segmentEntry('fork', { ...header.parse(JSON.parse(String(fork.get(hash)?.header))), hash });
      case 'quarantine':
        return quarantineEntry(readBadSegment(bad.get(hash)));
      case 'document':
        return programEntry(hash);
    }
  };
}
