/** The data folder: where everything the controller stores lies, opened by one server at a time. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, syncFolder } from './durable-file.ts';
import { lockFolder } from './folder-lock.ts';
import { diskError, errnoOf, StoreError } from './store-error.ts';

/** Paths inside a data folder. */
export type DataPaths = {
  folder: string;
  /** Units, people, screens, content, campaigns: one JSON file, with the last good generation beside it. */
  catalogue: string;
  /** Segments, counters, the transparency log, documents, incidents. */
  ledger: string;
  /** Originals, each named by its SHA-256. */
  media: string;
  /** Pictures of media, `<sha>.webp`. */
  stills: string;
  /** Pictures of screens, `<screen>/<sha>.webp`. */
  shots: string;
  /** Uploads under way; not part of a backup. */
  uploads: string;
  /** Releases of the player, handed out by stages; not part of a backup. */
  releases: string;
  /** The last checkpoint the log signed; not part of a backup, and never brought back by one. */
  logHead: string;
  /** The server's own keys; owner only. */
  keys: string;
  /** The demo player's own data; not part of a backup. */
  player: string;
  /** Held by the server that has the folder open. */
  lock: string;
  /** There while a restore is under way, or where one was cut off. */
  restoring: string;
  mediaFile(sha: string): string;
  stillFile(sha: string): string;
};

/** The path table of a data folder. */
export function dataPaths(folder: string): DataPaths {
  const media = join(folder, 'media');
  const stills = join(folder, 'stills');
  return {
    folder,
    catalogue: join(folder, 'catalogue.json'),
    ledger: join(folder, 'ledger.sqlite'),
    media,
    stills,
    shots: join(folder, 'shots'),
    uploads: join(folder, 'uploads'),
    releases: join(folder, 'releases'),
    logHead: join(folder, 'log-head'),
    keys: join(folder, 'keys'),
    player: join(folder, 'player'),
    lock: join(folder, 'server.lock'),
    restoring: join(folder, 'restore.unfinished'),
    mediaFile: (sha) => join(media, sha),
    stillFile: (sha) => join(stills, `${sha}.webp`),
  };
}

/** A data folder held by this process until it is closed. */
export type DataFolder = { paths: DataPaths; close(): void };

/**
 * Makes the folders that are missing and holds the folder for this process. Rejects with `StoreError`: `in-use` where another
 * server holds it, `damaged` where a restore was cut off, `disk-full`, `disk-failed`.
 */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  const paths = dataPaths(folder);
  try {
    await makeFolder(folder);
    if (await exists(paths.restoring)) {
      throw new StoreError(
        'damaged',
        `a restore into ${folder} was cut off (${paths.restoring} is still there): empty the folder and restore again`,
      );
    }
    const lock = lockFolder(paths.lock, folder);
    try {
      for (const part of [paths.media, paths.stills, paths.shots, paths.uploads, paths.player])
        await mkdir(part, { recursive: true });
      await mkdir(paths.keys, { recursive: true, mode: 0o700 });
      await syncFolder(folder);
    } catch (error) {
      lock.release();
      throw error;
    }
    return { paths, close: lock.release };
  } catch (error) {
    throw diskError(error, folder);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
