/** Holds checkpoints against the entries of a log: all of them begin alike, so that each is consistent with every other. */
import { leafHash } from '../../../domain/proof/merkle.ts';
import { parseCheckpoint } from '../../../domain/tlog/checkpoint.ts';
import { type CompactRange, rootOfRange, withLeaf } from '../../../domain/tlog/compact-range.ts';
import { isEqual } from '../../../domain/tlog/tree.ts';
import { sha256 } from '../../../server/sha256.ts';

/** What of `checkpoints` (as text) is no beginning of the log with these entries, one sentence each. */
export function prefixFaults(checkpoints: readonly string[], entries: readonly (Uint8Array | string)[]): string[] {
  const faults: string[] = [];
  const roots = new Map<number, Uint8Array[]>();
  for (const text of checkpoints) {
    const checkpoint = parseCheckpoint(text);
    if (checkpoint) roots.set(checkpoint.size, [...(roots.get(checkpoint.size) ?? []), checkpoint.root]);
    else faults.push(`I8: no checkpoint: ${text.slice(0, 100)}`);
  }
  let range: CompactRange = { size: 0, roots: [] };
  function check(): void {
    const root = rootOfRange(range, sha256);
    const isOther = roots.get(range.size)?.some((seen) => !isEqual(seen, root));
    if (isOther) faults.push(`I8: the first ${range.size} entries are not those that were signed`);
    roots.delete(range.size);
  }
  check();
  for (const entry of entries) {
    range = withLeaf(range, leafHash(entry, sha256), sha256);
    check();
  }
  return [...faults, ...Array.from(roots.keys(), (size) => `I8: ${size} were signed, and there are ${range.size}`)];
}
