/** The few files without which a screen would stand still, kept twice: where the disk has damaged one, the other serves and mends it. */
import { type DurableFiles, ignoringDisk } from './durable-files.ts';

const SUFFIX = '.copy';

/** Where the second one of a file lies. */
export const copyOf = (path: string): string => `${path}${SUFFIX}`;

/** What `parse` makes of the file at `path`, or, where that is damaged or gone, of its copy; null where neither serves. */
export function readKept<T>(files: DurableFiles, path: string, parse: (bytes: Uint8Array) => T | null): T | null {
  const read = (at: string): { bytes: Uint8Array | null; value: T | null } => {
    const bytes = readable(files, at);
    return { bytes, value: bytes && parse(bytes) };
  };
  const first = read(path);
  if (first.value !== null) return first.value;
  const { bytes, value } = read(copyOf(path));
  if (bytes && value !== null) ignoringDisk(() => files.replace(path, Buffer.from(bytes).toString('utf8')));
  return value;
}

/** Makes `text` the content of the file, and of its copy where the disk takes that too. */
export function replaceKept(files: DurableFiles, path: string, text: string): void {
  files.replace(path, text);
  ignoringDisk(() => files.replace(copyOf(path), text));
}

/** A file that the disk cannot read is as good as damaged. */
function readable(files: DurableFiles, path: string): Uint8Array | null {
  let bytes: Uint8Array | null = null;
  ignoringDisk(() => {
    bytes = files.read(path);
  });
  return bytes;
}
