/** Small files that survive a power cut: when a call has returned, its effect is on the disk; when it throws, it may or may not be. */
import * as realDisk from 'node:fs';
import { dirname } from 'node:path';

/** The calls that change the disk here, as `node:fs` has them; whoever records them knows what a power cut can leave. */
export type DiskCalls = {
  openSync(path: string, flags: 'a' | 'r' | 'w', mode?: number): number;
  /** Writes from `offset` on; gives how many bytes. */
  writeSync(fd: number, bytes: Uint8Array, offset: number): number;
  fsyncSync(fd: number): void;
  closeSync(fd: number): void;
  /** Gives the first folder that it made. */
  mkdirSync(path: string, options: { recursive: true }): string | undefined;
  renameSync(from: string, to: string): void;
  rmSync(path: string, options: { force: true }): void;
};

/** The port to the disk for everything but media. Paths are absolute; folders are made as needed. */
export type DurableFiles = {
  /** Names in a folder, in no order; none where there is no such folder. */
  list(folder: string): string[];
  /** The whole file, or null where there is none. */
  read(path: string): Uint8Array | null;
  /** Adds to the end of a file, which is made where there is none. */
  append(path: string, text: string): void;
  /** Makes `text` the whole content in one step: a reader finds the old content or the new. */
  replace(path: string, text: string, mode?: number): void;
  /** Gives a file another name in one step; what had that name is gone. */
  rename(from: string, to: string): void;
  /** Removes a file; it is no error where there is none. */
  remove(path: string): void;
};

/** The error code of a failed system call, or null. */
export function errnoOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Does what does no harm where the disk fails at it; whatever else goes wrong is thrown. */
export function ignoringDisk(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}

/** The files of a disk, by default the real one. */
export function createDurableFiles(disk: DiskCalls = realDisk): DurableFiles {
  /** Folders whose own names are on the disk: whoever made one may have been killed before that. */
  const settled = new Set<string>();

  function settle(folder: string): void {
    for (let at = folder; !settled.has(at) && dirname(at) !== at; at = dirname(at)) {
      if (!syncIfAllowed(disk, dirname(at))) break;
      settled.add(at);
    }
  }

  function open(path: string, flags: 'a' | 'w', mode: number): number {
    try {
      return disk.openSync(path, flags, mode);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
      disk.mkdirSync(dirname(path), { recursive: true });
      settled.clear();
      return disk.openSync(path, flags, mode);
    }
  }

  return {
    list,
    read,
    append(path, text) {
      const fd = open(path, 'a', 0o600);
      let isNew: boolean;
      try {
        isNew = realDisk.fstatSync(fd).size === 0;
        writeSynced(disk, fd, text);
      } finally {
        disk.closeSync(fd);
      }
      if (isNew) syncFolder(dirname(path), disk);
      settle(dirname(path));
    },
    replace(path, text, mode = 0o600) {
      const draft = `${path}.new`;
      writeDraft(disk, draft, open(draft, 'w', mode), text);
      disk.renameSync(draft, path);
      syncFolder(dirname(path), disk);
      settle(dirname(path));
    },
    rename(from, to) {
      disk.renameSync(from, to);
      syncFolder(dirname(to), disk);
    },
    remove(path) {
      disk.rmSync(path, { force: true });
      syncFolder(dirname(path), disk);
    },
  };
}

function list(folder: string): string[] {
  try {
    return realDisk.readdirSync(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function read(path: string): Uint8Array | null {
  try {
    return realDisk.readFileSync(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function writeDraft(disk: DiskCalls, draft: string, fd: number, text: string): void {
  try {
    writeSynced(disk, fd, text);
  } catch (error) {
    // Half a draft would take up what little room a full disk has left.
    disk.rmSync(draft, { force: true });
    throw error;
  } finally {
    disk.closeSync(fd);
  }
}

function writeSynced(disk: DiskCalls, fd: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let written = 0; written < bytes.length; ) written += disk.writeSync(fd, bytes, written);
  disk.fsyncSync(fd);
}

/** Folders far above may be closed to this process; they were not made by it. */
function syncIfAllowed(disk: DiskCalls, folder: string): boolean {
  try {
    syncFolder(folder, disk);
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EINVAL', 'EROFS'].includes(errnoOf(error) ?? '')) return false;
    throw error;
  }
}

/** Bytes that the disk of `folder` has left for this process, null where that cannot be told. */
export function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = realDisk.statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Makes names in a folder durable. Windows cannot sync a folder and journals its names itself. */
export function syncFolder(folder: string, disk: DiskCalls = realDisk): void {
  if (process.platform === 'win32') return;
  let fd: number;
  try {
    fd = disk.openSync(folder, 'r');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    disk.fsyncSync(fd);
  } finally {
    disk.closeSync(fd);
  }
}
