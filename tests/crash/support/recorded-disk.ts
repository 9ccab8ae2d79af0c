/** The real disk with a witness: every call that changes something is done and written down; a call can also be the last of its process. */
import * as realDisk from 'node:fs';
import { dirname } from 'node:path';
import type { DiskCalls } from '../../../main/durable-files.ts';
import type { DiskEvent } from './disk-events.ts';
import { followCalls } from './system-calls.ts';

/** Thrown where the process is killed: no code, so nothing takes it for an error of the disk. */
export class Killed extends Error {}

/** The recorded disk. `isKilled` is asked before every call. */
export type RecordedDisk = DiskCalls & { events: DiskEvent[]; mark(text: string): void; isKilled: () => boolean };

/** Records what is done below `root`, which has to be empty. */
export function createRecordedDisk(root: string): RecordedDisk {
  const events: DiskEvent[] = [];
  const calls = followCalls(root, (event) => events.push(event));

  /** A killed process has closed its files and does nothing more. */
  function ask(): void {
    if (self.isKilled()) throw new Killed('killed');
  }

  const self: RecordedDisk = {
    events,
    mark: (text) => events.push({ op: 'mark', text }),
    isKilled: () => false,
    openSync(path, flags, mode) {
      ask();
      const fd = realDisk.openSync(path, flags, mode);
      calls.open(fd, path, { append: flags === 'a', create: flags !== 'r', truncate: flags === 'w' });
      return fd;
    },
    writeSync(fd, bytes, offset) {
      ask();
      const written = realDisk.writeSync(fd, bytes, offset);
      calls.write(fd, Uint8Array.from(bytes.subarray(offset, offset + written)));
      return written;
    },
    fsyncSync(fd) {
      ask();
      calls.sync(fd);
    },
    closeSync(fd) {
      realDisk.closeSync(fd);
      calls.close(fd);
    },
    mkdirSync(path, options) {
      ask();
      const first = realDisk.mkdirSync(path, options);
      if (first !== undefined) for (const folder of madeFolders(path, first)) calls.makeFolder(folder);
      return first;
    },
    renameSync(from, to) {
      ask();
      realDisk.renameSync(from, to);
      calls.rename(from, to);
    },
    rmSync(path, options) {
      ask();
      const isThere = realDisk.existsSync(path);
      realDisk.rmSync(path, options);
      if (isThere) calls.remove(path);
    },
  };
  return self;
}

/** The folders from `first` down to `path`, as a recursive call makes them. */
function madeFolders(path: string, first: string): string[] {
  return path === first ? [path] : [...madeFolders(dirname(path), first), path];
}
