/** What a process did to a disk, in order: the trace that power cuts are made from. */

/**
 * A file goes by the number it was made as, however it is called meanwhile; paths are absolute, and a rename stays in its folder. `mark` is no change but a
 * word of the process: what it has claimed by then.
 */
export type DiskEvent =
  | { op: 'make-folder'; path: string }
  | { op: 'make-file'; path: string; file: number }
  | { op: 'write'; file: number; at: number; bytes: Uint8Array }
  | { op: 'truncate'; file: number; size: number }
  | { op: 'sync-file'; file: number }
  | { op: 'sync-folder'; path: string }
  | { op: 'rename'; from: string; to: string; file: number }
  | { op: 'link'; from: string; to: string; file: number }
  | { op: 'remove'; path: string }
  | { op: 'mark'; text: string };

/** A change of a file's content. */
export type FileChange = Extract<DiskEvent, { op: 'write' | 'truncate' }>;

/** A change of the names in a folder. */
export type NameChange = Extract<DiskEvent, { op: 'make-folder' | 'make-file' | 'rename' | 'link' | 'remove' }>;
