/** From system calls to events of the disk: what a descriptor stands for, and where in its file it writes. */
import { dirname } from 'node:path';
import type { DiskEvent } from './disk-events.ts';

/** How a file was opened, as far as that matters here. */
export type OpenedAs = { append: boolean; create: boolean; truncate: boolean };

/** The calls of one process that succeeded. Paths are absolute; what lies outside `root` is passed over. */
export type SystemCalls = {
  open(fd: number, path: string, as: OpenedAs): void;
  /** Writes at `at`, or where the descriptor stands. */
  write(fd: number, bytes: Uint8Array, at?: number): void;
  truncate(fd: number, size: number): void;
  sync(fd: number): void;
  close(fd: number): void;
  makeFolder(path: string): void;
  rename(from: string, to: string): void;
  link(from: string, to: string): void;
  remove(path: string): void;
};

type Opened = { kind: 'folder'; path: string } | { kind: 'file'; file: number; at: number; append: boolean };

/** Follows the calls below `root`, an empty folder at first, and tells what they do. `isPassedOver`: files of no interest. */
export function followCalls(
  root: string,
  tell: (event: DiskEvent) => void,
  isPassedOver: (path: string) => boolean = () => false,
): SystemCalls {
  const descriptors = new Map<number, Opened>();
  const folders = new Set([root]);
  const files = new Map<string, number>();
  const sizes = new Map<number, number>();
  let made = 0;

  const isInside = (path: string): boolean => (path === root || path.startsWith(`${root}/`)) && !isPassedOver(path);

  function fileAt(path: string, create: boolean): number | undefined {
    const known = files.get(path);
    if (known !== undefined || !create) return known;
    made += 1;
    files.set(path, made);
    tell({ op: 'make-file', path, file: made });
    return made;
  }

  function resize(file: number, size: number): void {
    if ((sizes.get(file) ?? 0) === size) return;
    sizes.set(file, size);
    tell({ op: 'truncate', file, size });
  }

  function named(op: 'rename' | 'link', from: string, to: string): void {
    const file = files.get(from);
    if (file === undefined) throw new Error(`${from} was never made`);
    files.set(to, file);
    tell({ op, from, to, file });
  }

  return {
    open(fd, path, { append, create, truncate }) {
      descriptors.delete(fd);
      if (!isInside(path)) return;
      if (folders.has(path)) {
        descriptors.set(fd, { kind: 'folder', path });
        return;
      }
      const file = fileAt(path, create);
      if (file === undefined) throw new Error(`${path} was opened and never made`);
      if (truncate) resize(file, 0);
      descriptors.set(fd, { kind: 'file', file, at: 0, append });
    },
    write(fd, bytes, at) {
      const opened = descriptors.get(fd);
      if (opened?.kind !== 'file') return;
      const { file } = opened;
      const size = sizes.get(file) ?? 0;
      const from = opened.append ? size : (at ?? opened.at);
      if (at === undefined) opened.at = from + bytes.length;
      sizes.set(file, Math.max(size, from + bytes.length));
      tell({ op: 'write', file, at: from, bytes });
    },
    truncate(fd, size) {
      const opened = descriptors.get(fd);
      if (opened?.kind === 'file') resize(opened.file, size);
    },
    sync(fd) {
      const opened = descriptors.get(fd);
      if (opened?.kind === 'file') tell({ op: 'sync-file', file: opened.file });
      if (opened?.kind === 'folder') tell({ op: 'sync-folder', path: opened.path });
    },
    close: (fd) => void descriptors.delete(fd),
    makeFolder(path) {
      if (!isInside(path) || folders.has(path)) return;
      if (!folders.has(dirname(path))) throw new Error(`${dirname(path)} was never made`);
      folders.add(path);
      tell({ op: 'make-folder', path });
    },
    rename(from, to) {
      if (!isInside(from) && !isInside(to)) return;
      if (dirname(from) === dirname(to)) named('rename', from, to);
      else {
        // Two folders are changed, and each reaches the disk by itself.
        named('link', from, to);
        tell({ op: 'remove', path: from });
      }
      files.delete(from);
    },
    link(from, to) {
      if (isInside(to)) named('link', from, to);
    },
    remove(path) {
      if (!isInside(path)) return;
      if (!files.delete(path)) throw new Error(`${path} was removed and never made`);
      tell({ op: 'remove', path });
    },
  };
}
