/** The checkpoints that a data folder holds: the last one the log signed, and those that were kept, each with its signatures checked. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type Checkpoint, parseCheckpoint, signatureBy } from '../../domain/tlog/checkpoint.ts';
import type { NoteKey } from '../../domain/tlog/signed-note.ts';
import type { DataPaths } from '../stores/data-folder.ts';
import { diskError, errnoOf } from '../stores/store-error.ts';
import { LOG_KEY_TYPES } from '../tlog/log-service.ts';
import { openNoteKeys } from '../tlog/note-keys.ts';
import { verifyByNode } from '../tlog/raw-keys.ts';
import type { Checked, Difference } from './difference.ts';

/** What was read before the ledger, which may have gone on since: the head's text and the log's keys; null where there is none. */
export type LogHeadFiles = { head: string | null; keys: NoteKey[] | null };

/** Reads both. Rejects with `StoreError`: `damaged`, `disk-failed`. */
export async function readHeadFiles(paths: DataPaths): Promise<LogHeadFiles> {
  const head = await readOrNull(paths.logHead);
  // Keys are made where there is no name, and an audit makes nothing.
  if ((await readOrNull(join(paths.keys, 'log-name'))) === null) return { head, keys: null };
  const keys = await openNoteKeys(paths.keys, { role: 'log', name: null, types: LOG_KEY_TYPES });
  return { head, keys: [keys.ed25519.note, keys.mlDsa44.note] };
}

const keptRow = z.object({ size: z.int(), note: z.string() });

/** Gives the checkpoints that can be read, into `signed`. Yields what is wrong with them and with the others. */
export async function* signedCheckpoints(
  db: DatabaseSync,
  { head, keys }: LogHeadFiles,
  signed: Checkpoint[],
  checked: Checked,
): AsyncGenerator<Difference> {
  const kept = db
    .prepare('SELECT size, note FROM log_checkpoints ORDER BY size')
    .all()
    .map((row) => keptRow.parse(row));
  const all = kept.map(({ size, note }) => ({
    subject: `the kept checkpoint of ${size} entries`,
    note,
    size: size as number | null,
  }));
  if (head !== null) all.push({ subject: 'the last signed checkpoint', note: head, size: null });
  else if (keys) {
    const detail = 'it is missing, so that nothing says how far the log was signed';
    yield { kind: 'checkpoint', subject: 'the last signed checkpoint', detail };
  }
  for (const { subject, note, size } of all) {
    checked.checkpoints += 1;
    const checkpoint = parseCheckpoint(note);
    if (!checkpoint || (size !== null && checkpoint.size !== size)) {
      yield { kind: 'checkpoint', subject, detail: 'it is not of the contract' };
      continue;
    }
    signed.push(checkpoint);
    const detail = await signatureFault(checkpoint, keys);
    if (detail !== null) yield { kind: 'checkpoint', subject, detail };
  }
}

async function signatureFault(checkpoint: Checkpoint, keys: readonly NoteKey[] | null): Promise<string | null> {
  if (!keys) return 'the keys of the log that signed it are missing';
  if (checkpoint.origin !== keys[0]?.name) return `it is of another log, ${checkpoint.origin}`;
  for (const key of keys) {
    const standing = await signatureBy(checkpoint, key, verifyByNode);
    if (!standing || standing === 'forged') return 'a signature of the log does not verify';
  }
  return null;
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw diskError(error, file);
  }
}
