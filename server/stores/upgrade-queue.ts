/** From version 1 to 2: the queue of what a log was to hold becomes the log, in the same order. Tables are named as they were then. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { programEntry, quarantineEntry, segmentEntry } from './log-entries.ts';

const TABLES = `
CREATE TABLE log_entries (position INTEGER PRIMARY KEY, entry TEXT NOT NULL, hash TEXT) STRICT;
CREATE TABLE assignments (screen TEXT NOT NULL PRIMARY KEY, program TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE log_tiles (
  level INTEGER NOT NULL, tile INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, tile)
) STRICT, WITHOUT ROWID;
`;

const queued = z.object({ kind: z.enum(['segment', 'fork', 'quarantine', 'document']), hash: z.string() });
const place = { device: z.string(), epoch: z.int(), segment: z.int() };
const placed = z.object({ screen: z.string(), ...place });
const refused = z.object({ reason: z.string(), ...place });

/** Makes the log within a transaction. */
export function fromQueueToLog(db: DatabaseSync): void {
  db.exec(TABLES);
  const add = db.prepare('INSERT INTO log_entries (entry, hash) VALUES (?, ?)');
  const entryOf = entryReader(db);
  for (const row of db.prepare('SELECT kind, hash FROM log_queue ORDER BY position').iterate()) {
    const { kind, hash } = queued.parse(row);
    add.run(entryOf(kind, hash), kind === 'segment' ? hash : null);
  }
  db.exec('DROP TABLE log_queue');
}

function entryReader(db: DatabaseSync): (kind: z.infer<typeof queued>['kind'], hash: string) => string {
  const segment = db.prepare('SELECT screen, device, epoch, segment FROM segments WHERE hash = ?');
  const fork = db.prepare('SELECT header FROM forks WHERE hash = ?');
  const bad = db.prepare('SELECT device, epoch, segment, reason FROM quarantine WHERE hash = ?');
  return (kind, hash) => {
    switch (kind) {
      case 'segment':
        return segmentEntry('segment', { ...placed.parse(segment.get(hash)), hash });
      case 'fork':
        return segmentEntry('fork', { ...placed.parse(JSON.parse(String(fork.get(hash)?.header))), hash });
      case 'quarantine':
        return quarantineEntry({ ...refused.parse(bad.get(hash)), hash });
      case 'document':
        return programEntry(hash);
    }
  };
}
