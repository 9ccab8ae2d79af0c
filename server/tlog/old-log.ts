/** What is known of a log that may not go on: its key, its last head, and what of it is stored here. */
import { leafHash } from '../../domain/proof/merkle.ts';
import { type Checkpoint, parseCheckpoint, signatureBy, type TreeHead } from '../../domain/tlog/checkpoint.ts';
import { type CompactRange, rootOfRange, withLeaf } from '../../domain/tlog/compact-range.ts';
import type { NoteKey } from '../../domain/tlog/signed-note.ts';
import { isEqual } from '../../domain/tlog/tree.ts';
import type { Clock } from '../clock.ts';
import { sha256 } from '../sha256.ts';
import type { DataPaths } from '../stores/data-folder.ts';
import { readTextOrNull } from '../stores/durable-file.ts';
import type { LogStore } from '../stores/log-store.ts';
import { StoreError } from '../stores/store-error.ts';
import { parseKeys, readKeys, type SigningKeys } from './key-files.ts';
import { openLogHead } from './log-head.ts';
import { LOG_KEY_TYPES } from './log-service.ts';
import { verifyByNode } from './raw-keys.ts';
import { openTransparencyLog } from './transparency-log.ts';

/**
 * The log. `fault`: why it may not go on, null where it may. `head`: the last that is known of it, by a signed checkpoint (`signed`, which may have entries
 * that are lost) or else by what is stored. `stored`: its entries here.
 */
export type OldLog = {
  keys: SigningKeys;
  fault: string | null;
  head: TreeHead;
  signed: Checkpoint | null;
  stored: number;
};

/** What it is looked for in. `lastCheckpoint`: a signed checkpoint that somebody else kept; null: none. */
export type OldLogParts = { folder: DataPaths; store: LogStore; clock: Clock; lastCheckpoint: string | null };

const PAGE_ENTRIES = 4096;

/**
 * Looks at all there is. Rejects with `StoreError`: `faulty` where there are no keys of a log, or `lastCheckpoint` is not signed by them; `damaged` where some
 * of the keys are missing.
 */
export async function examineOldLog({ folder, store, clock, lastCheckpoint }: OldLogParts): Promise<OldLog> {
  const texts = await readKeys(folder.keys, 'log');
  if (!texts) {
    throw new StoreError('faulty', `${folder.keys} has no keys of a log, and without its key nothing can follow it`);
  }
  const keys = parseKeys(texts, LOG_KEY_TYPES);
  const fault = await faultOf({ store, keys, clock, headFile: folder.logHead });
  const given = lastCheckpoint === null ? null : await signedBy(keys.ed25519.note, lastCheckpoint);
  if (lastCheckpoint !== null && !given) {
    throw new StoreError('faulty', `the checkpoint given is not one that ${keys.name} signed`);
  }
  const kept = await readTextOrNull(folder.logHead);
  const noted = (await store.checkpointsSince(Number.MAX_SAFE_INTEGER)).at(-1)?.note ?? null;
  const known = await Promise.all([kept, noted].map((text) => signedBy(keys.ed25519.note, text)));
  const [signed = null] = [given, ...known].filter((one) => one !== null).sort((a, b) => b.size - a.size);
  const stored = await rootsOf(store, signed?.size ?? 0);
  // What is stored says more only where all that was signed is its beginning.
  const isBeginning = !signed || (stored.size > signed.size && stored.inner && isEqual(stored.inner, signed.root));
  const head = isBeginning ? { origin: keys.name, size: stored.size, root: stored.root } : signed;
  return { keys, fault, head, signed, stored: stored.size };
}

/** Why the log may not go on; null where it may. */
async function faultOf(of: {
  store: LogStore;
  keys: SigningKeys;
  clock: Clock;
  headFile: string;
}): Promise<string | null> {
  try {
    const keys = { ...of.keys, confirm: null };
    await openTransparencyLog({ store: of.store, head: openLogHead(of.headFile), keys, clock: of.clock });
    return null;
  } catch (error) {
    if (error instanceof StoreError && (error.kind === 'conflict' || error.kind === 'damaged')) return error.message;
    throw error;
  }
}

async function signedBy(key: NoteKey, text: string | null): Promise<Checkpoint | null> {
  const checkpoint = text === null ? null : parseCheckpoint(text);
  if (checkpoint?.origin !== key.name) return null;
  const standing = await signatureBy(checkpoint, key, verifyByNode);
  return standing === null || standing === 'forged' ? null : checkpoint;
}

/** Size and root of all entries, leaf by leaf; `inner`: the root of the first `size`, null where there are not that many. */
async function rootsOf(
  store: LogStore,
  size: number,
): Promise<{ size: number; root: Uint8Array; inner: Uint8Array | null }> {
  let range: CompactRange = { size: 0, roots: [] };
  let inner = size === 0 ? rootOfRange(range, sha256) : null;
  for (;;) {
    const page = await store.entries(range.size, range.size + PAGE_ENTRIES);
    if (page.length === 0) return { size: range.size, root: rootOfRange(range, sha256), inner };
    for (const entry of page) {
      range = withLeaf(range, leafHash(entry, sha256), sha256);
      if (range.size === size) inner = rootOfRange(range, sha256);
    }
  }
}
