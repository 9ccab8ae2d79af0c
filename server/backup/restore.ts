/** Restore of a backup into an empty data folder. */
import { lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { decodeCatalogue } from '../stores/catalogue-file.ts';
import { dataPaths } from '../stores/data-folder.ts';
import { makeFolder, syncFolder, writeSynced } from '../stores/durable-file.ts';
import { lockFolder } from '../stores/folder-lock.ts';
import { checkLedgerVersion } from '../stores/ledger-schema.ts';
import { asStoreError } from '../stores/sqlite-error.ts';
import { diskError, errnoOf, StoreError } from '../stores/store-error.ts';
import type { Progress } from './back-up.ts';
import { copyHashed, hashFile } from './hashed-copy.ts';
import { type BackupFile, type Manifest, readManifest } from './manifest.ts';

/** What a restore needs: the folder of the backup, and the data folder to be, new or empty. */
export type RestoreOptions = { source: string; data: string; onProgress: (progress: Progress) => void };

/**
 * Checks the whole backup (versions, every file's size and hash, catalogue and ledger can be opened), and only then writes into
 * `data`. A failure while writing takes back what was written; a restore that is killed leaves a mark, and no server opens the
 * folder. Gives the manifest. Rejects with `StoreError`: `conflict` (`data` not empty), `damaged` (naming each bad file),
 * `newer-version`, `faulty`, `in-use`, `disk-full`, `disk-failed`.
 */
export async function restore({ source, data, onProgress }: RestoreOptions): Promise<Manifest> {
  try {
    await requireEmpty(data);
    const manifest = await readManifest(source);
    await checkFiles(source, manifest.files, onProgress);
    await checkContents(source, manifest.files);
    await makeFolder(data);
    await writeAll(source, data, manifest.files, onProgress);
    return manifest;
  } catch (error) {
    throw diskError(error, data);
  }
}

async function requireEmpty(folder: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  // A lock that nobody holds is no data; one that is held is found when it is taken.
  const found = names.filter((name) => name !== 'lost+found' && !name.startsWith('server.lock'));
  if (found.length > 0) {
    const listed = found.slice(0, 3).join(', ');
    throw new StoreError('conflict', `${folder} is not empty (${listed}): a new or empty folder is allowed`);
  }
}

async function checkFiles(
  source: string,
  files: readonly BackupFile[],
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const wrong: string[] = [];
  for (const [index, file] of files.entries()) {
    const fault = await faultOf(source, file);
    if (fault !== null) wrong.push(`${file.path} ${fault}`);
    onProgress({ part: 'checking', done: index + 1, total: files.length });
  }
  if (wrong.length === 0) return;
  const more = wrong.length > 10 ? `; and ${wrong.length - 10} more` : '';
  throw new StoreError('damaged', `the backup ${source} is damaged: ${wrong.slice(0, 10).join('; ')}${more}`);
}

async function faultOf(source: string, { path, bytes, sha256 }: BackupFile): Promise<string | null> {
  const file = join(source, path);
  try {
    const found = await lstat(file);
    if (!found.isFile()) return 'is no file';
    if (found.size !== bytes) return `has ${found.size} bytes where ${bytes} are allowed`;
    return (await hashFile(file)).sha256 === sha256 ? null : 'has another SHA-256 than the manifest says';
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 'is missing';
    throw error;
  }
}

async function checkContents(source: string, files: readonly BackupFile[]): Promise<void> {
  const from = dataPaths(source);
  const has = (path: string): boolean => files.some((file) => file.path === path);
  if (!has('catalogue.json') && !has('ledger.sqlite')) {
    throw new StoreError('damaged', `the backup ${source} holds neither catalogue.json nor ledger.sqlite`);
  }
  if (has('catalogue.json')) decodeCatalogue(JSON.parse(await readFile(from.catalogue, 'utf8')), from.catalogue);
  if (has('ledger.sqlite')) checkLedger(from.ledger);
}

function checkLedger(file: string): void {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { readOnly: true });
    checkLedgerVersion(db, file);
  } catch (error) {
    throw asStoreError(error, file);
  } finally {
    db?.close();
  }
}

async function writeAll(
  source: string,
  data: string,
  files: readonly BackupFile[],
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const to = dataPaths(data);
  const lock = lockFolder(to.lock, data);
  const parts = [to.media, to.stills, to.keys];
  try {
    await writeSynced(to.restoring, 'A restore into this folder has not finished.\n');
    await syncFolder(data);
    for (const part of parts) await mkdir(part, part === to.keys ? { mode: 0o700 } : {});
    for (const [index, file] of files.entries()) {
      await copyChecked(source, data, file);
      onProgress({ part: 'copying', done: index + 1, total: files.length });
    }
    for (const folder of [...parts, data]) await syncFolder(folder);
    await rm(to.restoring);
    await syncFolder(data);
  } catch (error) {
    for (const part of parts) await rm(part, { recursive: true, force: true });
    for (const file of [to.catalogue, to.ledger, to.restoring]) await rm(file, { force: true });
    throw error;
  } finally {
    lock.release();
  }
}

async function copyChecked(source: string, data: string, { path, sha256 }: BackupFile): Promise<void> {
  const isOpenToRead = path.startsWith('media/') || path.startsWith('stills/');
  const copied = await copyHashed(join(source, path), join(data, path), isOpenToRead ? 0o644 : 0o600);
  if (copied.sha256 !== sha256) {
    throw new StoreError('damaged', `${join(source, path)} changed while it was copied, or was misread`);
  }
}
