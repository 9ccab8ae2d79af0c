/** The manifest of a backup: every file in it with its size and hash; a folder without one is no backup. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { countSchema, sha256Schema } from '../../protocol/common.ts';
import { faultsOf } from '../../protocol/errors.ts';
import { DATA_VERSION } from '../../protocol/version.ts';
import { diskError, errnoOf, faultyError, newerVersionError, StoreError } from '../stores/store-error.ts';

/** Version of the form of a backup. */
export const BACKUP_VERSION = 1;

/** Name of the manifest within a backup. */
export const MANIFEST_NAME = 'manifest.json';

const path = z
  .string()
  .regex(
    /^(catalogue\.json|ledger\.sqlite|media\/[0-9a-f]{64}|stills\/[0-9a-f]{64}\.webp|keys\/[A-Za-z0-9][A-Za-z0-9._-]{0,100})$/,
    'catalogue.json, ledger.sqlite, media/SHA256, stills/SHA256.webp or keys/NAME',
  );

const versionsSchema = z.object({
  format: z.literal('xunbo-backup'),
  version: z.int().min(1),
  dataVersion: z.int().min(1),
});

const manifestSchema = versionsSchema.extend({
  createdAt: z.iso.datetime(),
  files: z.array(z.strictObject({ path, bytes: countSchema, sha256: sha256Schema })),
  leftOut: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
});

/** A file of a backup; `path` is relative, with slashes. */
export type BackupFile = { path: string; bytes: number; sha256: string };

/** A file that could not be taken along. */
export type LeftOut = { path: string; reason: string };

/** What a manifest says; `createdAt` is ISO 8601 in UTC. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The text of a manifest, files in order of their paths. */
export function encodeManifest(files: readonly BackupFile[], leftOut: readonly LeftOut[], nowMs: number): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const createdAt = new Date(nowMs).toISOString();
  const manifest = { format: 'xunbo-backup', version: BACKUP_VERSION, dataVersion: DATA_VERSION, createdAt, leftOut };
  return `${JSON.stringify({ ...manifest, files: sorted }, null, 1)}\n`;
}

/**
 * The manifest of the backup in `folder`. Rejects with `StoreError`: `damaged` where there is none or it is no JSON,
 * `newer-version`, `faulty` (with place, value and what is allowed), `disk-failed`.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, MANIFEST_NAME);
  const json = await readJson(file, folder);
  const versions = versionsSchema.safeParse(json);
  if (!versions.success) throw faultyError(file, faultsOf(versions.error, json));
  const { version, dataVersion } = versions.data;
  if (version > BACKUP_VERSION) throw newerVersionError(folder, version, BACKUP_VERSION);
  if (dataVersion > DATA_VERSION) throw newerVersionError(folder, dataVersion, DATA_VERSION);
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) throw faultyError(file, faultsOf(parsed.error, json));
  return parsed.data;
}

async function readJson(file: string, folder: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw diskError(error, file);
    throw new StoreError(
      'damaged',
      `${folder} is no backup, or one that was cut off: there is no ${MANIFEST_NAME} in it`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StoreError('damaged', `${file} is damaged: it is no JSON`, { cause: error });
  }
}
