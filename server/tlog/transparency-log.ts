/** The transparency log: signs what was stored, hands out tiles, receipts and proofs that it only grew. */
import { leafHash } from '../../domain/proof/merkle.ts';
import { type Checkpoint, checkpointText, signedMessage, timestamped } from '../../domain/tlog/checkpoint.ts';
import { compactRangeAt, rootOfRange, withLeaf } from '../../domain/tlog/compact-range.ts';
import { formatNote, formatVkey, type NoteSignature } from '../../domain/tlog/signed-note.ts';
import {
  entryBundle,
  hasTile,
  subtreesOfTiles,
  TILE_WIDTH,
  type TilePlace,
  tileHashes,
} from '../../domain/tlog/tiles.ts';
import { consistencyProof, inclusionProof, isEqual, rootAt, type SubtreeHash } from '../../domain/tlog/tree.ts';
import type { Clock } from '../clock.ts';
import { createPace } from '../pace.ts';
import { sha256 } from '../sha256.ts';
import type { LogStore } from '../stores/log-store.ts';
import { StoreError } from '../stores/store-error.ts';
import { copyOf, emptyTree, type GrowingTree, grow, joined, treeFrom } from './growing-tree.ts';
import { leadingSuccessions } from './leading-successions.ts';
import { checkpointOf, type LogHead } from './log-head.ts';
import type { NoteKeys } from './note-keys.ts';
import { signByNode } from './raw-keys.ts';

/** Entries that one checkpoint adds at most, so that no signing keeps the event loop for long. */
const MOST_NEW = 4096;

/** The right edge alone is asked for. */
const NO_TILES: ReadonlyMap<string, Uint8Array> = new Map();

const goneBack = (what: string): StoreError =>
  new StoreError('conflict', `${what}: the log is not signed again (xunbo new-log begins another)`);

/** Where the entry of a stored segment stands, and the proof of it. */
export type Receipt = { hash: string; index: number; proof: Uint8Array[] };

/** The log of a running server. */
export type TransparencyLog = {
  /** The last signed checkpoint as text. */
  checkpoint(): string;
  /** The log's keys, as policies name them. */
  keys(): string[];
  /**
   * Signs a checkpoint over what was added since, if anything was; gives whether it did. Rejects with `StoreError` `conflict`, and signs nothing, where what is
   * stored is less or other than what was signed before.
   */
  sign(): Promise<boolean>;
  /** Adds the signatures of cosigners to `checkpoint`, if it is the last one still. */
  cosigned(checkpoint: string, signatures: readonly NoteSignature[]): void;
  /** A tile or bundle of the signed log, null where it has none. */
  tile(place: TilePlace): Promise<Uint8Array | null>;
  /** The places of stored segments by their hashes, as far as the signed checkpoint that is given with them holds them. */
  receipts(hashes: readonly string[]): Promise<{ checkpoint: string; receipts: Receipt[] }>;
  /** The entries that the log begins with and that name the logs it follows, with their proofs; none where it is the first. */
  successions(): Promise<{ checkpoint: string; entries: { entry: string; proof: Uint8Array[] }[] }>;
  /** The last checkpoint, and hashes that show that it begins with the first `size` entries; null where it has not that many. */
  consistencyFrom(size: number): Promise<{ checkpoint: string; proof: Uint8Array[] | null }>;
};

/** The same hashes, each made once. */
function remembering(hashOf: SubtreeHash): SubtreeHash {
  const known = new Map<string, Uint8Array>();
  return (level, index) => {
    const name = `${level}/${index}`;
    const hash = known.get(name) ?? hashOf(level, index);
    known.set(name, hash);
    return hash;
  };
}

/** Opens the log and checks that what is stored is what was signed last. Rejects as {@link TransparencyLog.sign}. */
export async function openTransparencyLog(deps: {
  store: LogStore;
  head: LogHead;
  keys: NoteKeys;
  clock: Clock;
}): Promise<TransparencyLog> {
  const { store, head, keys, clock } = deps;
  let signed: { text: string; checkpoint: Checkpoint } | null = null;
  /** What the head's file holds: the checkpoint without its cosigners. */
  let headText: string | null = null;
  let tried: string | null = null;
  let tree: GrowingTree = emptyTree();
  let running: Promise<unknown> = Promise.resolve();

  const leavesAt = async (from: number, to: number): Promise<Uint8Array[]> =>
    (await store.entries(from, to)).map((entry) => leafHash(entry, sha256));

  async function tileAt(level: number, index: number): Promise<Uint8Array> {
    const tile = await store.tile(level, index);
    if (!tile) throw new StoreError('damaged', `the log lacks tile ${level}/${index}`);
    return tile;
  }

  const subtreesOf = ({ partial, size }: GrowingTree, full: ReadonlyMap<string, Uint8Array>): SubtreeHash =>
    subtreesOfTiles((level, index) => {
      const isPartial = index === Math.floor(size / TILE_WIDTH ** (level + 1));
      const tile = isPartial ? joined(partial[level] ?? []) : full.get(`${level}/${index}`);
      if (!tile) throw new RangeError(`tile ${level}/${index} was not read`);
      return tile;
    }, sha256);

  /** The full tiles that proofs about `size` entries can ask for beside the right edge: those over index `at`. */
  async function tilesOver(at: number, size: number): Promise<Map<string, Uint8Array>> {
    const full = new Map<string, Uint8Array>();
    for (let level = 0; size >= TILE_WIDTH ** (level + 1); level += 1) {
      const index = Math.floor(at / TILE_WIDTH ** (level + 1));
      if ((index + 1) * TILE_WIDTH ** (level + 1) <= size) full.set(`${level}/${index}`, await tileAt(level, index));
    }
    return full;
  }

  async function load(): Promise<void> {
    const text = await head.read();
    if (keys.confirm) {
      // A start that was cut off may have left a head that nobody saw.
      await signOnce(text);
      await keys.confirm();
      return;
    }
    if (text === null) throw goneBack('the log signed before, and its last checkpoint is not here');
    const checkpoint = checkpointOf(text);
    if (checkpoint.origin !== keys.name) throw goneBack(`the last checkpoint is of ${checkpoint.origin}`);
    const size = await store.size();
    if (size < checkpoint.size) throw goneBack(`the log has ${size} entries, and ${checkpoint.size} were signed`);
    tree = await treeFrom(checkpoint.size, tileAt, leavesAt, sha256);
    if (!isEqual(rootAt(tree.size, subtreesOf(tree, NO_TILES), sha256), checkpoint.root)) {
      throw goneBack(`the first ${checkpoint.size} entries are not those that were signed`);
    }
    headText = text;
    signed = { text, checkpoint };
  }

  /**
   * The root of the first `to` entries by another way than the tree that grew: from the roots of the signed tree, leaf by leaf, with the entries read once
   * more. Throws where what was signed is not what is there.
   */
  async function rebuiltRoot(to: number): Promise<Uint8Array> {
    let range = compactRangeAt(tree.size, subtreesOf(tree, NO_TILES));
    if (signed && !isEqual(rootOfRange(range, sha256), signed.checkpoint.root)) {
      throw goneBack(`the first ${tree.size} entries are not those that were signed`);
    }
    for (const leaf of await leavesAt(tree.size, to)) range = withLeaf(range, leaf, sha256);
    return rootOfRange(range, sha256);
  }

  async function signOnce(before = headText): Promise<boolean> {
    const from = tree.size;
    const to = Math.min(await store.size(), from + MOST_NEW);
    if (to === from && signed) return false;
    const next = copyOf(tree);
    await store.keepTiles(grow(next, await leavesAt(from, to), sha256));
    const root = rootAt(to, subtreesOf(next, NO_TILES), sha256);
    if (!isEqual(root, await rebuiltRoot(to))) {
      throw new StoreError('damaged', `the tree of ${to} entries has two roots: what is stored was changed meanwhile`);
    }
    const text = signedNote({ origin: keys.name, size: to, root });
    // A failure may come after the head was replaced; what was tried last is this log's own then.
    const isTried = tried !== null && (await head.read()) === tried;
    const last = isTried ? tried : before;
    tried = text;
    await head.replace(last, text);
    tried = null;
    tree = next;
    headText = text;
    signed = { text, checkpoint: checkpointOf(text) };
    return true;
  }

  function signedNote(treeHead: { origin: string; size: number; root: Uint8Array }): string {
    const timeS = Math.floor(clock.nowMs() / 1000);
    const { ed25519, mlDsa44 } = keys;
    const byTime = signByNode(signedMessage(treeHead, mlDsa44.note, timeS), mlDsa44.privateKey);
    return formatNote({
      text: checkpointText(treeHead),
      signatures: [
        { ...ed25519.note, signature: signByNode(signedMessage(treeHead, ed25519.note, 0), ed25519.privateKey) },
        { ...mlDsa44.note, signature: timestamped(timeS, byTime) },
      ],
    });
  }

  async function tile({ level, index, width }: TilePlace): Promise<Uint8Array | null> {
    const size = signed?.checkpoint.size ?? 0;
    if (!hasTile({ level, index, width }, size)) return null;
    if (level === 'entries') {
      const first = index * TILE_WIDTH;
      return entryBundle((await store.entries(first, first + width)).map((entry) => Buffer.from(entry)));
    }
    const kept = await store.tile(level, index);
    if (kept) return joined(tileHashes(kept).slice(0, width));
    return joined((tree.partial[level] ?? []).slice(0, width));
  }

  await load();

  return {
    checkpoint: () => signed?.text ?? '',
    keys: () => [keys.ed25519, keys.mlDsa44].map(({ note }) => formatVkey(note)),
    sign() {
      const turn = running.catch(() => undefined).then(() => signOnce());
      running = turn;
      return turn;
    },
    cosigned(checkpoint, signatures) {
      if (!signed || signed.text !== checkpoint || signatures.length === 0) return;
      const { note } = signed.checkpoint;
      const text = formatNote({ text: note.text, signatures: [...note.signatures, ...signatures] });
      signed = { text, checkpoint: checkpointOf(text) };
    },
    tile,
    async receipts(hashes) {
      // Taken together: while the tiles are read another checkpoint may be signed.
      const [text, edge] = [signed?.text ?? '', tree];
      const receipts: Receipt[] = [];
      const pace = createPace();
      // What is asked for together mostly stands together, and shares nearly all of its hashes.
      const full = new Map<string, Uint8Array>();
      const hashOf = remembering(subtreesOf(edge, full));
      for (const hash of hashes) {
        const index = await store.indexOf(hash);
        if (index === null || index >= edge.size) continue;
        for (const [name, tile] of await tilesOver(index, edge.size)) full.set(name, tile);
        receipts.push({ hash, index, proof: inclusionProof(index, edge.size, hashOf, sha256) });
        await pace.breathe();
      }
      return { checkpoint: text, receipts };
    },
    async successions() {
      const [text, edge] = [signed?.text ?? '', tree];
      const leading = (await leadingSuccessions(store)).slice(0, edge.size);
      const hashOf = subtreesOf(edge, leading.length > 0 ? await tilesOver(0, edge.size) : NO_TILES);
      const entries = leading.map(({ entry }, k) => ({ entry, proof: inclusionProof(k, edge.size, hashOf, sha256) }));
      return { checkpoint: text, entries };
    },
    async consistencyFrom(size) {
      const [text, edge] = [signed?.text ?? '', tree];
      if (size > edge.size) return { checkpoint: text, proof: null };
      const full = await tilesOver(Math.max(0, size - 1), edge.size);
      return { checkpoint: text, proof: consistencyProof(size, edge.size, subtreesOf(edge, full), sha256) };
    },
  };
}
