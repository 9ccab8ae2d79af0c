/** The files of the media cache: `<sha>` once checked, `<sha>.part` while it comes in. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errnoOf, syncFolder } from './durable-files.ts';
import type { CachedFile } from './plan-cache.ts';

/** The cache's folder. */
export type MediaFiles = {
  pathOf(sha: string): string;
  /** Bytes there are of a whole or partial file, null for none. */
  size(sha: string, kind: 'whole' | 'part'): Promise<number | null>;
  /** Whether the bytes are those that `sha` names. */
  isIntact(sha: string, kind: 'whole' | 'part'): Promise<boolean>;
  /** Writes chunks to the part: behind what is there, or from the start. Durable when it resolves. */
  receive(sha: string, chunks: AsyncIterable<Uint8Array>, mode: 'append' | 'restart'): Promise<void>;
  /** The checked part becomes the whole file. */
  keep(sha: string): Promise<void>;
  discard(sha: string, kind: 'whole' | 'part'): Promise<void>;
  /** All files there are. */
  list(): Promise<CachedFile[]>;
  /** Notes that a whole file was asked for at `nowMs` (UTC); a disk that takes no note does not matter. */
  touch(sha: string, nowMs: number): Promise<void>;
  /** The disk they lie on, null where it cannot be told. */
  space(): Promise<{ freeBytes: number; totalBytes: number } | null>;
};

const FILE_NAME = /^([0-9a-f]{64})(\.part)?$/;

/** The cache below `folder`. */
export function createMediaFiles(folder: string): MediaFiles {
  const pathOf = (sha: string): string => join(folder, sha);
  const path = (sha: string, kind: 'whole' | 'part'): string =>
    kind === 'whole' ? pathOf(sha) : `${pathOf(sha)}.part`;
  return {
    pathOf,
    async size(sha, kind) {
      try {
        return (await stat(path(sha, kind))).size;
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') return null;
        throw error;
      }
    },
    async isIntact(sha, kind) {
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(path(sha, kind))) hash.update(chunk);
      return hash.digest('hex') === sha;
    },
    async receive(sha, chunks, mode) {
      await mkdir(folder, { recursive: true });
      const file = await open(path(sha, 'part'), mode === 'append' ? 'a' : 'w', 0o600);
      try {
        for await (const chunk of chunks) await file.writeFile(chunk);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async keep(sha) {
      await rename(path(sha, 'part'), pathOf(sha));
      syncFolder(folder);
    },
    discard: (sha, kind) => rm(path(sha, kind), { force: true }),
    list: async () => (await Promise.all((await namesIn(folder)).map((name) => cachedFile(folder, name)))).flat(),
    touch: (sha, nowMs) => utimes(pathOf(sha), nowMs / 1000, nowMs / 1000).catch(() => undefined),
    async space() {
      // The folder is made with the first media.
      const disk = await statfs(folder).catch(() => statfs(dirname(folder)).catch(() => null));
      return disk && { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize };
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function cachedFile(folder: string, name: string): Promise<CachedFile[]> {
  const [, sha, part] = FILE_NAME.exec(name) ?? [];
  if (!sha) return [];
  try {
    const { size, mtimeMs } = await stat(join(folder, name));
    return [{ sha, kind: part ? 'part' : 'whole', bytes: size, usedMs: mtimeMs }];
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}
