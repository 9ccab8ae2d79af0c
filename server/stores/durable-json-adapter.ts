/** lowdb adapter that survives a power cut: writes beside, syncs, keeps the last good generation, renames, syncs the folder. */
import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import { keepAs, replaceFile } from './durable-file.ts';
import { diskError, errnoOf, StoreError } from './store-error.ts';
import type { StoreLog } from './store-log.ts';

/** What the adapter keeps and how. `decode` gets parsed JSON and throws a `StoreError` for what does not fit. */
export type DurableJson<T> = { file: string; encode: (data: T) => string; decode: (json: unknown) => T; log: StoreLog };

/** Name of the last good generation. */
export const previousOf = (file: string): string => `${file}.previous`;

/**
 * The adapter. Reading gives null where nothing was ever written, and falls back to the generation before, with a warning,
 * where the newest is damaged (no JSON: torn, emptied, overwritten); both damaged rejects with `damaged`. JSON that `decode`
 * refuses is somebody's edit or a newer version and rejects as it is, so that no change is lost silently. Writing rejects with
 * `disk-full` or `disk-failed` and then leaves the file as it was. Calls must not overlap.
 */
export function createDurableJsonAdapter<T>({ file, encode, decode, log }: DurableJson<T>): Adapter<T> {
  const previous = previousOf(file);
  // Only a generation known to be good may push out the one before.
  let newest: 'unknown' | 'good' | 'damaged' | 'missing' = 'unknown';

  async function read(): Promise<T | null> {
    const found = await readJson(file);
    newest = kindOf(found);
    if (found.kind === 'json') return decode(found.json);
    const older = await readJson(previous);
    if (older.kind === 'json') {
      log.warn({ file, fallback: previous }, `${file} is ${found.kind}: going on with the last good generation`);
      return decode(older.json);
    }
    if (found.kind === 'missing' && older.kind === 'missing') return null;
    const rest = `${previous} is ${older.kind} too: restore a backup`;
    throw new StoreError('damaged', `${file} is ${found.kind} and ${rest}`);
  }

  async function write(data: T): Promise<void> {
    try {
      await mkdir(dirname(file), { recursive: true });
      if (newest === 'unknown') newest = kindOf(await readJson(file));
      if (newest === 'good') await keepAs(file, previous);
      if (newest === 'damaged') await rename(file, `${file}.damaged`);
      if (newest === 'damaged') newest = 'missing';
      await replaceFile(file, encode(data));
      newest = 'good';
    } catch (error) {
      throw diskError(error, file);
    }
  }

  return { read, write };
}

type Found = { kind: 'json'; json: unknown } | { kind: 'missing' } | { kind: 'damaged' };

const kindOf = (found: Found): 'good' | 'missing' | 'damaged' => (found.kind === 'json' ? 'good' : found.kind);

async function readJson(file: string): Promise<Found> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { kind: 'missing' };
    throw diskError(error, file);
  }
  try {
    const json: unknown = JSON.parse(text);
    return { kind: 'json', json };
  } catch {
    return { kind: 'damaged' };
  }
}
