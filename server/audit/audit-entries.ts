/** Checks the entries of the transparency log: that there is something stored behind each, and that the tree over them is the one that was signed. */
import type { DatabaseSync } from 'node:sqlite';
import type { LogEntry } from '../../domain/proof/log-entry.ts';
import { hex } from '../../domain/proof/segment.ts';
import type { Checkpoint } from '../../domain/tlog/checkpoint.ts';
import { readLogEntry } from '../../protocol/log-entry.ts';
import { deviceId } from '../enrolment/enrolment-service.ts';
import { sha256 } from '../sha256.ts';
import { bytesOf, readEntryRow, readNumber } from '../stores/ledger-rows.ts';
import { segmentEntry } from '../stores/log-entries.ts';
import { createTreeCheck } from './check-tree.ts';
import type { Checked, Difference } from './difference.ts';

/** What the log says of devices, and how many entries it has of each kind; that of segments counts stored ones only. */
export type EntryFindings = { keys: Map<string, string>; counts: Map<LogEntry['kind'], number> };

const PROGRESS_EACH = 4096;

/** Goes through all entries in order and fills `findings`. Yields what differs. */
export function* auditEntries(
  db: DatabaseSync,
  {
    signed,
    checked,
    findings,
    onProgress,
  }: {
    signed: readonly Checkpoint[];
    checked: Checked;
    findings: EntryFindings;
    onProgress: (done: number) => void;
  },
): Generator<Difference> {
  const tree = createTreeCheck(db, signed, checked);
  const faultOf = createEntryCheck(db, findings);
  const all = db.prepare(
    `SELECT position, entry, screen, device, epoch, segment, hash FROM log_entries LEFT JOIN segments ON id = position ORDER BY position`,
  );
  let index = 0;
  for (const row of all.iterate()) {
    const { position, entry, segment } = readEntryRow(row);
    for (; index < position - 1; index += 1) {
      yield { kind: 'entry', subject: `entry ${index} of the log`, detail: 'it is missing' };
      // What stood there is not known; all that follows keeps its place.
      yield* tree.add('');
    }
    const text = entry ?? (segment ? segmentEntry('segment', segment) : '');
    if (entry === null && segment) findings.counts.set('segment', (findings.counts.get('segment') ?? 0) + 1);
    const detail = entry !== null ? faultOf(entry) : segment ? null : 'it is of a stored segment, and there is none';
    if (detail !== null) yield { kind: 'entry', subject: `entry ${index} of the log`, detail };
    yield* tree.add(text);
    index += 1;
    checked.entries += 1;
    if (checked.entries % PROGRESS_EACH === 0) onProgress(checked.entries);
  }
  onProgress(checked.entries);
  yield* tree.end();
  const unlogged = readNumber(
    db
      .prepare(
        'SELECT count(*) AS number FROM segments WHERE id NOT IN (SELECT position FROM log_entries WHERE entry IS NULL)',
      )
      .get(),
  );
  if (unlogged > 0) yield { kind: 'entry', subject: 'the log', detail: `it lacks ${unlogged} stored segments` };
}

/** Says what is wrong with an entry that is no segment's; null: nothing. */
function createEntryCheck(db: DatabaseSync, { keys, counts }: EntryFindings): (text: string) => string | null {
  const segment = db.prepare('SELECT 1 FROM segments WHERE hash = ?');
  const fork = db.prepare('SELECT 1 FROM forks WHERE hash = ?');
  const quarantined = db.prepare('SELECT 1 FROM quarantine WHERE hash = ?');
  const document = db.prepare('SELECT 1 FROM documents WHERE hash = ?');
  const enrolments = new Set<string>();
  let isBeginning = true;
  const isThere = (row: unknown): boolean => row !== undefined;

  function faultOf(entry: LogEntry, text: string): string | null {
    switch (entry.kind) {
      case 'segment':
        return 'it is of a segment that is not stored';
      case 'fork':
        return isThere(fork.get(entry.hash)) ? null : 'it is of a fork that is not stored';
      case 'quarantine':
        return isThere(quarantined.get(entry.hash)) ? null : 'it is of a refused segment that is not in quarantine';
      case 'program':
        return isThere(document.get(entry.hash)) ? null : 'it is of a program that is not stored';
      case 'dayclose':
        return isThere(segment.get(bytesOf(entry.hash))) ? null : 'it is of an end of day whose segment is not stored';
      case 'enrolment':
        enrolments.add(hex(sha256(text)));
        if (deviceId(entry.publicKey) !== entry.device) return 'its key is not that of its device';
        keys.set(entry.device, entry.publicKey);
        return null;
      case 'endorsement':
        return enrolments.has(entry.enrolment) ? null : 'it is of an enrolment that is not before it';
      case 'succession':
        return isBeginning ? null : 'it says which log this one follows, and is not at its beginning';
      case 'retirement':
      case 'assignment':
      case 'release':
      case 'missing':
      case 'handover':
        return null;
    }
  }

  return (text) => {
    const entry = readLogEntry(text);
    if (!entry) return 'it is no entry of the contract';
    counts.set(entry.kind, (counts.get(entry.kind) ?? 0) + 1);
    isBeginning &&= entry.kind === 'succession';
    return faultOf(entry, text);
  };
}
