/** The ballast: a file that takes up room on the disk as long as there is some, to be given up for records when there is none left. */
import { createCipheriv } from 'node:crypto';
import { type DurableFiles, errnoOf } from './durable-files.ts';

/** Room for about two days of records of a busy screen. */
export const BALLAST_BYTES = 4 * 1024 * 1024;

/** It is taken again once this many times its size is free, so that it is not given up again at once. */
const ROOM_FACTOR = 4;

/** The ballast of a data folder. */
export type Ballast = {
  /** Takes up the room, where that is not done and the disk has plenty; whether it is taken up now. */
  take(): boolean;
  /** Gives the room up; false where there was none to give. */
  release(): boolean;
};

/** The ballast at `path`, of `bytes`; `freeBytes` tells what the disk has left, null where that cannot be told. */
export function createBallast(
  files: DurableFiles,
  path: string,
  bytes: number,
  freeBytes: () => number | null,
): Ballast {
  let isHeld = files.read(path)?.length === bytes;
  return {
    take() {
      const free = isHeld ? null : freeBytes();
      if (isHeld || (free !== null && free < ROOM_FACTOR * bytes)) return isHeld;
      try {
        files.replace(path, incompressible(bytes));
        isHeld = true;
      } catch (error) {
        if (errnoOf(error) === null) throw error;
      }
      return isHeld;
    },
    release() {
      if (!isHeld) return false;
      try {
        files.remove(path);
        isHeld = false;
      } catch (error) {
        if (errnoOf(error) === null) throw error;
      }
      return !isHeld;
    },
  };
}

/** Text of exactly `bytes` that a file system which compresses has to store all the same. */
function incompressible(bytes: number): string {
  // A stream cipher, as hashes of any length are not to be had in Electron.
  const noise = createCipheriv('aes-256-ctr', Buffer.alloc(32, 'xunbo ballast'), Buffer.alloc(16));
  return noise
    .update(Buffer.alloc(Math.ceil((bytes * 3) / 4)))
    .toString('base64')
    .slice(0, bytes);
}
