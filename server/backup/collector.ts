/** Gathers files into a backup, each with its size and hash. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dataPaths } from '../stores/data-folder.ts';
import { linkOrCopy, writeSynced } from '../stores/durable-file.ts';
import { errnoOf } from '../stores/store-error.ts';
import { copyHashed, hashFile } from './hashed-copy.ts';
import type { BackupFile, LeftOut } from './manifest.ts';

/** What has been gathered so far, and how more is added. */
export type Collector = {
  readonly files: BackupFile[];
  readonly leftOut: LeftOut[];
  /** Links or copies a media and checks it against its name; one that is missing or damaged is left out. Each is taken once. */
  addMedia(sha: string): Promise<void>;
  /** Copies a file of a folder; a still that has gone meanwhile is passed over. */
  addCopy(part: 'stills' | 'keys', name: string, mode: number): Promise<void>;
  /** Writes a file of its own, for its owner only. */
  addText(path: string, text: string): Promise<void>;
  /** Takes in a file that is in the backup already. */
  addWritten(path: string): Promise<void>;
};

/** Names in a folder; none where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name !== 'lost+found').sort();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** A collector from the data folder `data` into the backup `target`, whose folders exist. */
export function createCollector(data: string, target: string): Collector {
  const from = dataPaths(data);
  const to = dataPaths(target);
  const files: BackupFile[] = [];
  const leftOut: LeftOut[] = [];
  const seen = new Set<string>();

  async function addMedia(sha: string): Promise<void> {
    if (seen.has(sha)) return;
    seen.add(sha);
    const path = `media/${sha}`;
    const copy = to.mediaFile(sha);
    try {
      await linkOrCopy(from.mediaFile(sha), copy);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
      leftOut.push({ path, reason: 'the catalogue names it, but it is not in the media folder' });
      return;
    }
    const digest = await hashFile(copy);
    if (digest.sha256 === sha) {
      files.push({ path, ...digest });
      return;
    }
    await rm(copy);
    leftOut.push({ path, reason: `damaged: its SHA-256 is ${digest.sha256}` });
  }

  async function addCopy(part: 'stills' | 'keys', name: string, mode: number): Promise<void> {
    const copy = join(to[part], name);
    try {
      files.push({ path: `${part}/${name}`, ...(await copyHashed(join(from[part], name), copy, mode)) });
    } catch (error) {
      if (part !== 'stills' || errnoOf(error) !== 'ENOENT') throw error;
      await rm(copy, { force: true });
    }
  }

  async function addWritten(path: string): Promise<void> {
    files.push({ path, ...(await hashFile(join(target, path))) });
  }

  async function addText(path: string, text: string): Promise<void> {
    await writeSynced(join(target, path), text);
    await addWritten(path);
  }

  return { files, leftOut, addMedia, addCopy, addText, addWritten };
}
