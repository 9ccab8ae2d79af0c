/** Small files that survive a power cut: when a call has returned, its effect is on the disk; when it throws, it may or may not be. */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

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

/** The real disk. */
export function createDurableFiles(): DurableFiles {
  return { list, read, append, replace, rename, remove };
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function read(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function append(path: string, text: string): void {
  const fd = openMakingFolder(path, 'a', 0o600);
  let isNew: boolean;
  try {
    isNew = fstatSync(fd).size === 0;
    writeSynced(fd, text);
  } finally {
    closeSync(fd);
  }
  if (isNew) syncFolder(dirname(path));
}

function replace(path: string, text: string, mode = 0o600): void {
  const draft = `${path}.new`;
  const fd = openMakingFolder(draft, 'w', mode);
  try {
    writeSynced(fd, text);
  } catch (error) {
    // Half a draft would take up what little room a full disk has left.
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
  renameSync(draft, path);
  syncFolder(dirname(path));
}

function rename(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
}

function remove(path: string): void {
  rmSync(path, { force: true });
  syncFolder(dirname(path));
}

function writeSynced(fd: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
  fsyncSync(fd);
}

function openMakingFolder(path: string, flags: string, mode: number): number {
  try {
    return openSync(path, flags, mode);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true });
    syncFolder(dirname(dirname(path)));
    return openSync(path, flags, mode);
  }
}

/** Bytes that the disk of `folder` has left for this process, null where that cannot be told. */
export function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Makes names in a folder durable. Windows cannot sync a folder and journals its names itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  let fd: number;
  try {
    fd = openSync(folder, 'r');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
