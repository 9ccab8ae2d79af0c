/** A new log that was decided on and does not stand yet: with this file on the disk it is to be finished, and nothing else is signed. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { MAX_SUCCESSIONS } from '../../protocol/player-log.ts';
import { readTextOrNull, replaceFile, syncFolder } from '../stores/durable-file.ts';
import { StoreError } from '../stores/store-error.ts';

const draftSchema = z.strictObject({
  version: z.literal(1),
  keys: z.strictObject({ name: z.string(), ed25519: z.string(), mlDsa44: z.string() }),
  successions: z.array(z.string()).min(1).max(MAX_SUCCESSIONS),
});

/** The new log's keys, and the entries that it begins with. */
export type NewLogDraft = z.infer<typeof draftSchema>;

const fileIn = (keysFolder: string): string => join(keysFolder, 'log-next.json');

/** The draft in the folder of keys, null where there is none. Rejects with `StoreError` `damaged`. */
export async function readDraft(keysFolder: string): Promise<NewLogDraft | null> {
  const text = await readTextOrNull(fileIn(keysFolder));
  if (text === null) return null;
  try {
    return draftSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new StoreError('damaged', `${fileIn(keysFolder)} is damaged`, { cause: error });
  }
}

/** Puts it there, durably. */
export const writeDraft = (keysFolder: string, draft: NewLogDraft): Promise<void> =>
  replaceFile(fileIn(keysFolder), JSON.stringify(draft));

/** Takes it away, durably: the log stands. */
export async function removeDraft(keysFolder: string): Promise<void> {
  await rm(fileIn(keysFolder));
  await syncFolder(keysFolder);
}
