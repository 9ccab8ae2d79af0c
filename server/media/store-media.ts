/** Puts media files and their stills into the data folder, each whole or not at all. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newId } from '../clock.ts';
import type { DataPaths } from '../stores/data-folder.ts';
import { syncFolder, writeSynced } from '../stores/durable-file.ts';
import { diskError, errnoOf } from '../stores/store-error.ts';
import type { MediaFacts } from './inspect-media.ts';
import { makeStill } from './make-still.ts';

/**
 * Copies an inspected file under its SHA-256 into the data folder and makes its still; durable once it resolves, and nothing to do
 * where both are there. Rejects, leaving no part behind, where the file is no longer the one inspected or cannot be written.
 */
export async function storeMedia(file: string, facts: MediaFacts, paths: DataPaths): Promise<void> {
  const media = paths.mediaFile(facts.sha);
  if ((await sizeOf(media)) !== facts.bytes) await putWhole(media, (draft) => copySynced(file, draft, facts.sha));
  const still = paths.stillFile(facts.sha);
  if ((await sizeOf(still)) !== null) return;
  const { webp } = await makeStill(file, facts);
  await putWhole(still, (draft) => writeSynced(draft, webp, 0o644));
}

/** Lets `write` write a draft beside `target` and gives it that name in one step. */
async function putWhole(target: string, write: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${target}.${newId()}.tmp`;
  await mkdir(dirname(target), { recursive: true });
  try {
    await write(draft);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw diskError(error, target);
  }
  await syncFolder(dirname(target));
}

async function copySynced(from: string, to: string, sha: string): Promise<void> {
  const hash = createHash('sha256');
  const handle = await open(to, 'wx', 0o644);
  try {
    for await (const chunk of createReadStream(from)) {
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (hash.digest('hex') !== sha) throw new Error(`${from} was changed while it was read`);
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
