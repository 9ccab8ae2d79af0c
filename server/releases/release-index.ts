/** The list of releases of the player in the data folder: which files there are, their hashes, and to whom they are offered. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../stores/durable-file.ts';
import { errnoOf, StoreError } from '../stores/store-error.ts';

const releaseSchema = z.strictObject({
  version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/),
  arch: z.enum(['x64', 'arm64']),
  file: z.string().regex(/^[\w.-]{1,100}\.tar\.gz$/),
  sha512: z.base64().length(88),
  bytes: z.int().positive(),
  addedAtMs: z.int().nonnegative(),
  percent: z.number().min(0).max(100),
  screens: z.array(z.string().min(1).max(128)).max(10_000),
});
const indexSchema = z.strictObject({ format: z.literal(1), releases: z.array(releaseSchema).max(1000) });

/** A release as it is stored. `sha512`: base64, of the file. */
export type StoredRelease = z.infer<typeof releaseSchema>;

/** Reads the list; empty where there is none. Rejects with `StoreError` `damaged` where it is no such list. */
export async function readReleases(folder: string): Promise<StoredRelease[]> {
  const file = join(folder, 'index.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
  const parsed = indexSchema.safeParse(parseJson(text));
  if (!parsed.success)
    throw new StoreError('damaged', `${file} is no list of releases: ${z.prettifyError(parsed.error)}`);
  return parsed.data.releases;
}

/** Replaces the list in one step. */
export async function writeReleases(folder: string, releases: readonly StoredRelease[]): Promise<void> {
  await replaceFile(join(folder, 'index.json'), `${JSON.stringify({ format: 1, releases }, null, 2)}\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
