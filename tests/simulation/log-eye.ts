/** An eye on the log that shares no code with it: every checkpoint that was ever signed has to be of one tree that only grew (I8). */
import { createHash } from 'node:crypto';
import type { LogStore } from '../../server/stores/log-store.ts';
import type { Fault } from './findings.ts';

/** The eye. */
export type LogEye = {
  /** `text` was signed over what `store` holds; also where nobody saw it any more. */
  signed(text: string, store: LogStore): Promise<void>;
  /** All entries that were ever signed, in their order. */
  readonly entries: readonly string[];
  /** Root, in base64, of every size that was signed. */
  readonly roots: ReadonlyMap<number, string>;
};

/** An eye that has seen nothing yet. */
export function createLogEye(fault: Fault): LogEye {
  const entries: string[] = [];
  const roots = new Map<number, string>();
  const tree = createEdge();
  return {
    entries,
    roots,
    async signed(text, store) {
      const { size, root } = headOf(text);
      if (size < entries.length) fault('I8', `${size} entries were signed after ${entries.length}`);
      for (const entry of await store.entries(entries.length, size)) {
        entries.push(entry);
        tree.add(entry);
      }
      if (size === entries.length && root !== tree.root())
        fault('I8', `the log of ${size} entries was signed with another root than that of what was signed before`);
      roots.set(size, root);
    },
  };
}

/** Size and root of a checkpoint, by its lines. */
export function headOf(checkpoint: string): { size: number; root: string } {
  const [, size = '', root = ''] = checkpoint.split('\n');
  return { size: Number(size), root };
}

const hash = (prefix: number, ...parts: (string | Buffer)[]): Buffer => {
  const sum = createHash('sha256').update(Buffer.of(prefix));
  for (const part of parts) sum.update(part);
  return sum.digest();
};

/** The hash of an entry as a leaf of the tree (RFC 9162 section 2.1.1). */
export const leafOf = (entry: string): Buffer => hash(0, entry);

/** The hash of a node over two others. */
export const nodeOf = (left: Buffer, right: Buffer): Buffer => hash(1, left, right);

/** The whole subtrees of a growing tree, from the largest; their roots joined from the right are its root. */
function createEdge(): { add(entry: string): void; root(): string } {
  const edge: { size: number; root: Buffer }[] = [];
  return {
    add(entry) {
      let last = { size: 1, root: leafOf(entry) };
      while (edge.at(-1)?.size === last.size) {
        const left = edge.pop();
        if (left) last = { size: 2 * last.size, root: nodeOf(left.root, last.root) };
      }
      edge.push(last);
    },
    root: () => {
      const [last, ...rest] = edge.map(({ root }) => root).reverse();
      return (last ? rest.reduce((right, left) => nodeOf(left, right), last) : createHash('sha256').digest()).toString(
        'base64',
      );
    },
  };
}
