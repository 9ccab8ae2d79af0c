/** Checks the entries of the transparency log: that there is something stored behind each, and that the tree over them is the one that was signed. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { parseCanonicalJson } from '../../domain/proof/canonical-json.ts';
import type { LogEntry } from '../../domain/proof/log-entry.ts';
import type { Checkpoint } from '../../domain/tlog/checkpoint.ts';
import { deviceId } from '../enrolment/enrolment-service.ts';
import { bytesOf, readLogEntry, readNumber } from '../stores/ledger-rows.ts';
import { segmentEntry } from '../stores/log-entries.ts';
import { createTreeCheck } from './check-tree.ts';
import type { Checked, Difference } from './difference.ts';

/** What the log says of devices, and how many entries it has of each kind; that of segments counts stored ones only. */
export type EntryFindings = { keys: Map<string, string>; counts: Map<LogEntry['kind'], number> };

/** What is looked at of an entry; its whole is held against what is stored by whoever goes through that. */
const entrySchema = z.looseObject({
  v: z.literal(1),
  kind: z.enum([
    ...(['segment', 'fork', 'quarantine', 'dayclose', 'enrolment'] as const),
    ...(['retirement', 'program', 'assignment', 'release'] as const),
  ]) satisfies z.ZodType<LogEntry['kind']>,
  hash: z.string().optional(),
  device: z.string().optional(),
  publicKey: z.string().optional(),
});

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
    const { position, entry, segment } = readLogEntry(row);
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
function createEntryCheck(db: DatabaseSync, { keys, counts }: EntryFindings): (entry: string) => string | null {
  const segment = db.prepare('SELECT 1 FROM segments WHERE hash = ?');
  const fork = db.prepare('SELECT 1 FROM forks WHERE hash = ?');
  const quarantined = db.prepare('SELECT 1 FROM quarantine WHERE hash = ?');
  const document = db.prepare('SELECT 1 FROM documents WHERE hash = ?');
  const isThere = (row: unknown): boolean => row !== undefined;
  return (entry) => {
    const json = parseCanonicalJson(entry);
    const parsed = json && entrySchema.safeParse(json.value);
    if (!parsed?.success) return 'it is no entry of the contract';
    const { kind, hash = '', device = '', publicKey = '' } = parsed.data;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    switch (kind) {
      case 'segment':
        return 'it is of a segment that is not stored';
      case 'fork':
        return isThere(fork.get(hash)) ? null : 'it is of a fork that is not stored';
      case 'quarantine':
        return isThere(quarantined.get(hash)) ? null : 'it is of a refused segment that is not in quarantine';
      case 'program':
        return isThere(document.get(hash)) ? null : 'it is of a program that is not stored';
      case 'dayclose':
        return /^[0-9a-f]{64}$/.test(hash) && isThere(segment.get(bytesOf(hash)))
          ? null
          : 'it is of an end of day whose segment is not stored';
      case 'enrolment':
        if (deviceId(publicKey) !== device) return 'its key is not that of its device';
        keys.set(device, publicKey);
        return null;
      case 'retirement':
      case 'assignment':
      case 'release':
        return null;
    }
  };
}
