/** A disk in memory on which any call can fail or be the last before a power cut, applied or not, or torn in the middle. */
import type { DurableFiles } from '../../../main/durable-files.ts';

/** What happens to a writing call; `torn` writes only so many bytes of an append. */
export type Fault =
  | { how: 'not-applied' | 'applied'; as: 'ENOSPC' | 'EIO' | 'crash' }
  | { how: 'torn'; bytes: number; as: 'ENOSPC' | 'EIO' | 'crash' };

export type WriteCall = { op: 'append' | 'replace' | 'rename' | 'remove'; path: string };

/** Thrown at a power cut: no code, so nothing takes it for an error of the disk. */
export class PowerCut extends Error {}

export type MemoryFiles = DurableFiles & {
  content: Map<string, Buffer>;
  /** Asked before every writing call. */
  faultOf: (call: WriteCall) => Fault | null;
  writes: number;
};

export function createMemoryFiles(content = new Map<string, Buffer>()): MemoryFiles {
  function write(call: WriteCall, apply: (limit: number) => void): void {
    const fault = self.faultOf(call);
    self.writes += 1;
    if (fault?.how !== 'not-applied') apply(fault?.how === 'torn' ? fault.bytes : Number.POSITIVE_INFINITY);
    if (fault)
      throw fault.as === 'crash' ? new PowerCut('power cut') : Object.assign(new Error(fault.as), { code: fault.as });
  }
  const self: MemoryFiles = {
    content,
    faultOf: () => null,
    writes: 0,
    list: (folder) => {
      const names = [...content.keys()]
        .filter((p) => p.startsWith(`${folder}/`))
        .map((p) => p.slice(folder.length + 1).split('/')[0] ?? '');
      return [...new Set(names)];
    },
    read: (path) => content.get(path) ?? null,
    append: (path, text) =>
      write({ op: 'append', path }, (limit) => {
        const bytes = Buffer.from(text);
        content.set(path, Buffer.concat([content.get(path) ?? Buffer.alloc(0), bytes.subarray(0, limit)]));
      }),
    replace: (path, text) =>
      write({ op: 'replace', path }, (limit) => {
        // A torn replacement leaves the old content and half a draft beside it.
        if (limit === Number.POSITIVE_INFINITY) content.set(path, Buffer.from(text));
        else content.set(`${path}.new`, Buffer.from(text).subarray(0, limit));
      }),
    rename: (from, to) =>
      write({ op: 'rename', path: from }, (limit) => {
        const bytes = content.get(from);
        if (limit !== Number.POSITIVE_INFINITY) return;
        if (!bytes) throw Object.assign(new Error(`ENOENT: ${from}`), { code: 'ENOENT' });
        content.delete(from);
        content.set(to, bytes);
      }),
    remove: (path) =>
      write({ op: 'remove', path }, (limit) => {
        if (limit === Number.POSITIVE_INFINITY) content.delete(path);
      }),
  };
  return self;
}
