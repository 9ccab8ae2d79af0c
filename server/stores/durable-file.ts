/** Files whose content is on the disk once the promise resolves. */
import { copyFile, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errnoOf } from './store-error.ts';

/** The text of a file, or null where there is none. */
export async function readTextOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Writes a whole file and syncs it; creates it with `mode`. Not atomic: write under another name, then {@link rename}. */
export async function writeSynced(file: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const handle = await open(file, 'w', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes names in a folder durable. Windows cannot sync a folder and journals its names itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder with `mode` where it is missing; its name and those of all folders above are on the disk once the promise resolves, whoever made them. */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  await mkdir(folder, { recursive: true, mode });
  for (let at = resolve(folder); dirname(at) !== at; at = dirname(at)) {
    try {
      await syncFolder(dirname(at));
    } catch (error) {
      // Folders far above may be closed to this process; they were not made by it.
      if (['EACCES', 'EPERM', 'EINVAL', 'EROFS'].includes(errnoOf(error) ?? '')) return;
      throw error;
    }
  }
}

/** Makes a file the whole content of `file` in one step: a reader finds the old content or the new, never a part. */
export async function replaceFile(file: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const draft = `${file}.tmp`;
  try {
    await writeSynced(draft, content, mode);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(file));
}

/** Gives `to` the content of `from` under a second name, in one step; copies where the file system has no hard links. */
export async function keepAs(from: string, to: string): Promise<void> {
  const draft = `${to}.tmp`;
  await rm(draft, { force: true });
  await linkOrCopy(from, draft);
  await rename(draft, to);
  // Renaming one hard link over another of the same file does nothing and leaves both names.
  await rm(draft, { force: true });
}

/** Hard-links a file that is never changed in place, or copies and syncs it where links are not to be had; says which. */
export async function linkOrCopy(from: string, to: string): Promise<'linked' | 'copied'> {
  try {
    await link(from, to);
    return 'linked';
  } catch (error) {
    const code = errnoOf(error);
    if (code === null || !['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS'].includes(code)) throw error;
  }
  await copyFile(from, to);
  const handle = await open(to, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return 'copied';
}
