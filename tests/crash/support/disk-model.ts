/** A disk as a power cut sees it: what was synced is there, of all else any part may be. */
import { basename, dirname, join } from 'node:path';
import type { DiskEvent, FileChange, NameChange } from './disk-events.ts';

/** A change that was not synced; `order` counts all changes of the disk. */
export type Unsynced<Change> = { order: number; change: Change };

/** Says what a power cut leaves of the changes that were not synced, in their order. */
export type PowerCut = {
  /** Of a file whose synced content is `size` bytes long. */
  content(changes: readonly Unsynced<FileChange>[], size: number): readonly FileChange[];
  /** Of the names in a folder. */
  names(changes: readonly Unsynced<NameChange>[]): readonly NameChange[];
};

/** What lies on the disk afterwards: paths below its root. */
export type DiskImage = { folders: string[]; files: Map<string, Uint8Array> };

/** The disk. */
export type DiskModel = {
  apply(event: DiskEvent): void;
  /** Changes so far. */
  changes(): number;
  /** What is there after a power cut now. */
  image(cut: PowerCut): DiskImage;
};

type Content = { bytes: Buffer; size: number };
type File = { synced: Content; unsynced: Unsynced<FileChange>[] };
/** A name stands for a file by its number, or for a folder. */
type Names = Map<string, number | 'folder'>;
type Folder = { synced: Names; unsynced: Unsynced<NameChange>[] };

/** An empty disk with the folder `root`. */
export function createDiskModel(root: string): DiskModel {
  const files = new Map<number, File>();
  const folders = new Map<string, Folder>([[root, { synced: new Map(), unsynced: [] }]]);
  let order = 0;

  function fileOf(file: number): File {
    const found = files.get(file) ?? { synced: { bytes: Buffer.alloc(0), size: 0 }, unsynced: [] };
    files.set(file, found);
    return found;
  }

  function folderOf(path: string): Folder {
    const found = folders.get(path) ?? { synced: new Map(), unsynced: [] };
    folders.set(path, found);
    return found;
  }

  function imageOf(path: string, cut: PowerCut, into: DiskImage): void {
    into.folders.push(path);
    const { synced, unsynced } = folderOf(path);
    const names = new Map(synced);
    for (const change of cut.names(unsynced)) rename(names, change);
    for (const [name, of] of names) {
      const at = join(path, name);
      if (of === 'folder') imageOf(at, cut, into);
      else into.files.set(at, contentOf(fileOf(of), cut));
    }
  }

  return {
    apply(event) {
      order += 1;
      switch (event.op) {
        case 'write':
        case 'truncate':
          fileOf(event.file).unsynced.push({ order, change: event });
          break;
        case 'sync-file': {
          const file = fileOf(event.file);
          for (const { change } of file.unsynced) rewrite(file.synced, change);
          file.unsynced = [];
          break;
        }
        case 'sync-folder': {
          const folder = folderOf(event.path);
          for (const { change } of folder.unsynced) rename(folder.synced, change);
          folder.unsynced = [];
          break;
        }
        case 'mark':
          break;
        default:
          folderOf(folderChanged(event)).unsynced.push({ order, change: event });
      }
    },
    changes: () => order,
    image(cut) {
      const image: DiskImage = { folders: [], files: new Map() };
      imageOf(root, cut, image);
      return image;
    },
  };
}

function folderChanged(change: NameChange): string {
  return dirname(change.op === 'rename' || change.op === 'link' ? change.to : change.path);
}

function rename(names: Names, change: NameChange): void {
  switch (change.op) {
    case 'make-folder':
      names.set(basename(change.path), 'folder');
      break;
    case 'make-file':
      names.set(basename(change.path), change.file);
      break;
    case 'remove':
      names.delete(basename(change.path));
      break;
    case 'rename':
      names.delete(basename(change.from));
      names.set(basename(change.to), change.file);
      break;
    case 'link':
      names.set(basename(change.to), change.file);
  }
}

function contentOf({ synced, unsynced }: File, cut: PowerCut): Uint8Array {
  const content = { bytes: Buffer.from(synced.bytes.subarray(0, synced.size)), size: synced.size };
  for (const change of cut.content(unsynced, synced.size)) rewrite(content, change);
  return content.bytes.subarray(0, content.size);
}

function rewrite(content: Content, change: FileChange): void {
  if (change.op === 'truncate') {
    resize(content, change.size);
    return;
  }
  if (change.at + change.bytes.length > content.size) resize(content, change.at + change.bytes.length);
  content.bytes.set(change.bytes, change.at);
}

/** What a file grows by reads as zeros. */
function resize(content: Content, size: number): void {
  if (size > content.bytes.length) {
    const grown = Buffer.alloc(Math.max(size, 2 * content.bytes.length));
    grown.set(content.bytes.subarray(0, content.size));
    content.bytes = grown;
  } else if (size > content.size) content.bytes.fill(0, content.size, size);
  content.size = size;
}
