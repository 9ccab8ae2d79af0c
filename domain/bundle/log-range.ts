/** The entries of a log from some index to its end, proved to be all there are. */
import { leafHash, type Sha256 } from '../proof/merkle.ts';
import { type CompactRange, rootOfRange, withLeaf } from '../tlog/compact-range.ts';
import { isEqual } from '../tlog/tree.ts';

/** A range that grows to the end of the tree. */
export type LogRange = {
  /** Index of its first entry. */
  readonly from: number;
  /** Adds the next entry; the root is remembered for sizes that were asked for. */
  add(entry: string): void;
  /** Remembers the root at this size, where that is not behind already. */
  remember(size: number): void;
  /** The root at a size that was remembered, null for any other. */
  rootAt(size: number): Uint8Array | null;
  /** Entries so far, those before the range included. */
  size(): number;
  /** Whether the entries lead to that tree. */
  leadsTo(head: { size: number; root: Uint8Array }): boolean;
};

/** A range after the first `from` entries; null where `roots` are not as many as that has subtrees. */
export function createLogRange(from: number, roots: readonly Uint8Array[], sha256: Sha256): LogRange | null {
  if (roots.length !== subtreesOf(from) || roots.some((root) => root.length !== 32)) return null;
  let range: CompactRange = { size: from, roots: [...roots] };
  const wanted = new Set<number>();
  const known = new Map<number, Uint8Array>();

  function note(): void {
    if (wanted.delete(range.size)) known.set(range.size, rootOfRange(range, sha256));
  }

  return {
    from,
    add(entry) {
      range = withLeaf(range, leafHash(entry, sha256), sha256);
      note();
    },
    remember(size) {
      wanted.add(size);
      note();
    },
    rootAt: (size) => known.get(size) ?? null,
    size: () => range.size,
    leadsTo: ({ size, root }) => range.size === size && isEqual(rootOfRange(range, sha256), root),
  };
}

/** Whole subtrees of so many entries: the ones in the number's binary form. */
function subtreesOf(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
