/** Checks everything that a data folder holds of proofs again, from the bytes, also while its server runs. */
import type { KeyObject } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Checkpoint } from '../../domain/tlog/checkpoint.ts';
import { publicKeyOf } from '../ingest/verify-segment.ts';
import { silentLog } from '../log.ts';
import type { CatalogueSnapshot } from '../stores/catalogue-store.ts';
import type { DataPaths } from '../stores/data-folder.ts';
import { readNumber } from '../stores/ledger-rows.ts';
import { openLedgerMoment } from '../stores/ledger-schema.ts';
import { openLowdbCatalogue } from '../stores/lowdb-catalogue.ts';
import { asStoreError } from '../stores/sqlite-error.ts';
import { auditEntries, type EntryFindings } from './audit-entries.ts';
import { auditKept } from './audit-kept.ts';
import { auditSegments } from './audit-segments.ts';
import type { Checked, Difference } from './difference.ts';
import { type LogHeadFiles, readHeadFiles, signedCheckpoints } from './signed-checkpoints.ts';

/** How far an audit is: `done` of `total` of the named part. */
export type AuditProgress = { part: 'entries' | 'segments'; done: number; total: number };

/** What an audit needs. `checked` is counted up meanwhile; `nowMs` says which bindings may be on their way into the log. */
export type AuditOptions = {
  paths: DataPaths;
  nowMs: number;
  checked: Checked;
  onProgress: (progress: AuditProgress) => void;
};

/**
 * Yields every difference, in this order: checkpoints, entries and tiles, segments with their counters, and what is kept beside them. It sees the ledger as it
 * is at one moment, and nothing is written. Rejects with `StoreError`: `damaged` (a file that cannot be read), `faulty` (an older version),
 * `newer-version`, `disk-failed`.
 */
export async function* auditData(options: AuditOptions): AsyncGenerator<Difference> {
  const { paths } = options;
  // The head first, the ledger last: whatever was signed or bound before is in the ledger then.
  const files = await readHeadFiles(paths);
  const catalogue = await openLowdbCatalogue({ folder: paths.folder, log: silentLog });
  const snapshot = catalogue.snapshot();
  await catalogue.close();
  const db = openLedgerMoment(paths.ledger);
  try {
    yield* auditAll(db, files, snapshot, options);
  } catch (error) {
    throw asStoreError(error, paths.ledger);
  } finally {
    db.close();
  }
}

async function* auditAll(
  db: DatabaseSync,
  files: LogHeadFiles,
  { devices }: CatalogueSnapshot,
  { nowMs, checked, onProgress }: AuditOptions,
): AsyncGenerator<Difference> {
  const signed: Checkpoint[] = [];
  yield* signedCheckpoints(db, files, signed, checked);
  const findings: EntryFindings = { keys: new Map(), counts: new Map() };
  const total = { entries: rowsIn(db, 'log_entries'), segments: rowsIn(db, 'segments') };
  const progressOf = (part: 'entries' | 'segments') => (done: number) => onProgress({ part, done, total: total[part] });
  yield* auditEntries(db, { signed, checked, findings, onProgress: progressOf('entries') });
  const entry = db.prepare('SELECT 1 FROM log_entries WHERE entry = ?');
  const isLogged = (text: string): boolean => entry.get(text) !== undefined;
  const keyOf = keyFinder((device) => devices.get(device)?.publicKey ?? findings.keys.get(device));
  yield* auditSegments({ db, keyOf, checked, isLogged, onProgress: progressOf('segments') });
  yield* auditKept({ db, devices: devices.values(), nowMs, keyOf, isLogged, counts: findings.counts, checked });
}

/** Key objects of devices; the last one is kept, since segments of a device stand together. */
function keyFinder(publicKeyFor: (device: string) => string | undefined): (device: string) => KeyObject | null {
  let last: { device: string; key: KeyObject | null } | null = null;
  return (device) => {
    if (last?.device === device) return last.key;
    const text = publicKeyFor(device);
    last = { device, key: text === undefined ? null : publicKeyOf(text) };
    return last.key;
  };
}

const rowsIn = (db: DatabaseSync, table: 'log_entries' | 'segments'): number =>
  readNumber(db.prepare(`SELECT count(*) AS number FROM ${table}`).get());
