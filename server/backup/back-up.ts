/** Backup of a data folder, also while its server runs. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeCatalogue, encodeCatalogue } from '../stores/catalogue-file.ts';
import type { CatalogueSnapshot } from '../stores/catalogue-store.ts';
import { dataPaths } from '../stores/data-folder.ts';
import { makeFolder, replaceFile, syncFolder } from '../stores/durable-file.ts';
import { createDurableJsonAdapter } from '../stores/durable-json-adapter.ts';
import { diskError, StoreError } from '../stores/store-error.ts';
import type { StoreLog } from '../stores/store-log.ts';
import { type Collector, createCollector, namesIn } from './collector.ts';
import { copyLedger } from './copy-ledger.ts';
import { type BackupFile, encodeManifest, type LeftOut, MANIFEST_NAME } from './manifest.ts';

/** How far a backup or restore is: `done` of `total` steps of the named part. */
export type Progress = {
  part: 'ledger' | 'media' | 'stills' | 'keys' | 'checking' | 'copying';
  done: number;
  total: number;
};

/** What is in the backup, and what could not be taken along, with the reason. */
export type BackupResult = { files: BackupFile[]; leftOut: LeftOut[] };

/** What a backup needs; `data` and `target` are folders, `target` new or empty; `nowMs` is written into it. */
export type BackupOptions = {
  data: string;
  target: string;
  nowMs: number;
  log: StoreLog;
  onProgress: (progress: Progress) => void;
};

const SHA = /^[0-9a-f]{64}$/;
const STILL = /^[0-9a-f]{64}\.webp$/;
const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/;

/**
 * Copies ledger, media, stills, keys and catalogue, in this order, so that what the ledger's and the catalogue's rows name was
 * there before them; checks every media against its name; writes the manifest last. Uploads under way and the demo player's own
 * data stay behind. A media that is missing or damaged is left out and named, and the rest is still a whole backup.
 * Rejects with `StoreError`: `faulty` (no data there), `conflict` (target not empty), `newer-version`, `damaged`, `disk-full`, `disk-failed`.
 */
export async function backUp({ data, target, nowMs, log, onProgress }: BackupOptions): Promise<BackupResult> {
  try {
    const names = await namesIn(data);
    requireData(data, names);
    await makeTarget(target);
    const collector = createCollector(data, target);
    if (names.includes('ledger.sqlite')) await collectLedger(collector, data, target, onProgress);
    await collectFolders(collector, data, onProgress);
    if (names.some((name) => name.startsWith('catalogue.json'))) await collectCatalogue(collector, data, log);
    const to = dataPaths(target);
    for (const folder of [to.media, to.stills, to.keys, target]) await syncFolder(folder);
    const { files, leftOut } = collector;
    await replaceFile(join(target, MANIFEST_NAME), encodeManifest(files, leftOut, nowMs));
    return { files, leftOut };
  } catch (error) {
    throw diskError(error, target);
  }
}

function requireData(data: string, names: readonly string[]): void {
  if (names.includes('restore.unfinished')) throw new StoreError('damaged', `a restore into ${data} was cut off`);
  if (!names.some((name) => name === 'ledger.sqlite' || name.startsWith('catalogue.json'))) {
    throw new StoreError(
      'faulty',
      `${data} is no data folder: there is neither catalogue.json nor ledger.sqlite in it`,
    );
  }
}

async function makeTarget(target: string): Promise<void> {
  if ((await namesIn(target)).length > 0) {
    throw new StoreError('conflict', `${target} is not empty: a new or empty folder is allowed`);
  }
  const to = dataPaths(target);
  await makeFolder(target, 0o700);
  for (const part of [to.media, to.stills]) await mkdir(part);
  await mkdir(to.keys, { mode: 0o700 });
}

type OnProgress = (progress: Progress) => void;

async function collectLedger(to: Collector, data: string, target: string, onProgress: OnProgress): Promise<void> {
  const copy = dataPaths(target).ledger;
  await copyLedger(dataPaths(data).ledger, copy, (done, total) => onProgress({ part: 'ledger', done, total }));
  await to.addWritten('ledger.sqlite');
}

async function collectFolders(to: Collector, data: string, onProgress: OnProgress): Promise<void> {
  const from = dataPaths(data);
  const each = async (
    part: 'media' | 'stills' | 'keys',
    allowed: RegExp,
    take: (name: string) => Promise<void>,
  ): Promise<void> => {
    const names = (await namesIn(from[part])).filter((name) => allowed.test(name));
    for (const [index, name] of names.entries()) {
      await take(name);
      onProgress({ part, done: index + 1, total: names.length });
    }
  };
  await each('media', SHA, (sha) => to.addMedia(sha));
  await each('stills', STILL, (name) => to.addCopy('stills', name, 0o644));
  await each('keys', KEY, (name) => to.addCopy('keys', name, 0o600));
}

async function collectCatalogue(to: Collector, data: string, log: StoreLog): Promise<void> {
  const file = dataPaths(data).catalogue;
  const decode = (json: unknown): CatalogueSnapshot => decodeCatalogue(json, file);
  const catalogue = await createDurableJsonAdapter({ file, encode: encodeCatalogue, decode, log }).read();
  if (!catalogue) return;
  // Media that came while the folders were copied.
  for (const { sha } of catalogue.media.values()) await to.addMedia(sha);
  await to.addText('catalogue.json', encodeCatalogue(catalogue));
}
