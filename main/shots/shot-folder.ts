/** The folder of pictures that wait for the server, `<sha>.webp`. A picture is evidence besides a record; losing one loses no record. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../durable-files.ts';
import { writeWhole } from '../write-whole.ts';

/** A stored picture; `atMs` is when it was written, UTC ms by the system's clock. */
export type StoredShot = { sha: string; bytes: number; atMs: number };

/** The port to the folder. All reject where the disk fails. */
export type ShotFolder = {
  /** What is there, oldest first; what a power cut left half written is removed. */
  list(): Promise<StoredShot[]>;
  /** Stores a picture whole or not at all. */
  write(sha: string, webp: Uint8Array): Promise<void>;
  /** The picture, or null where there is none. */
  read(sha: string): Promise<Uint8Array | null>;
  remove(sha: string): Promise<void>;
};

const NAME = /^([0-9a-f]{64})\.webp$/;

/** The real folder. */
export function createShotFolder(folder: string): ShotFolder {
  const pathOf = (sha: string): string => join(folder, `${sha}.webp`);

  async function look(name: string): Promise<StoredShot[]> {
    const path = join(folder, name);
    const sha = NAME.exec(name)?.[1];
    if (sha === undefined) {
      await rm(path, { force: true, recursive: true });
      return [];
    }
    const { size, mtimeMs } = await stat(path);
    return [{ sha, bytes: size, atMs: Math.round(mtimeMs) }];
  }

  return {
    async list() {
      const found = await Promise.all((await namesIn(folder)).map(look));
      return found.flat().sort((a, b) => a.atMs - b.atMs);
    },
    write: (sha, webp) => writeWhole(pathOf(sha), webp),
    read: (sha) => unlessMissing(readFile(pathOf(sha)), null),
    remove: (sha) => rm(pathOf(sha), { force: true }),
  };
}

const namesIn = (folder: string): Promise<string[]> => unlessMissing(readdir(folder), []);

async function unlessMissing<T>(wanted: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await wanted;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return otherwise;
    throw error;
  }
}
