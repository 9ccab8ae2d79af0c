/** Port of the transparency log's store: entries in their order for ever, and the full tiles of the tree above them. */

/** A full tile of 256 hashes, 8192 bytes. */
export type StoredTile = { level: number; index: number; hashes: Uint8Array };

/** From `atMs` on (UTC ms) the screen has that program, by its hash. */
export type Assignment = { screen: string; program: string; atMs: number };

/** A checkpoint with its cosigners, and when they had signed it (UTC ms). */
export type KeptCheckpoint = { size: number; atMs: number; note: string };

const KEPT_EACH_MS = 3_600_000;

/** Whether the last kept checkpoint need not stay once a newer one is kept: one an hour is enough to say when an entry was there. */
export const givesWay = (last: KeptCheckpoint, before: KeptCheckpoint | undefined): boolean =>
  before !== undefined && last.atMs - before.atMs < KEPT_EACH_MS;

/** The log's entries. Segments and documents join them in the transaction that stores them. Every ledger adapter has one; the contract suite holds it. */
export type LogStore = {
  /** Adds entries that no other write brings, durably; one that is there already is not added again. */
  append(entries: readonly string[]): Promise<void>;
  /** Adds an entry for every screen whose program is another than was noted last, durably. */
  assign(assignments: readonly Assignment[]): Promise<void>;
  /** How many entries there are. */
  size(): Promise<number>;
  /** Entries with indexes in [from, to), as far as there are such. */
  entries(from: number, to: number): Promise<string[]>;
  /**
   * Up to `limit` entries that begin with `prefix`, in order of their letters, after the entry `after` (null: from the first). Those of stored segments are
   * left out.
   */
  beginningWith(prefix: string, after: string | null, limit: number): Promise<string[]>;
  /** Index of the entry of the stored segment with that hash (of its header); null where there is none. */
  indexOf(hash: string): Promise<number | null>;
  /** A full tile that was kept, or null. */
  tile(level: number, index: number): Promise<Uint8Array | null>;
  /** Keeps full tiles, durably; one that is there already stays. */
  keepTiles(tiles: readonly StoredTile[]): Promise<void>;
  /**
   * Another log begins, durably: `first` are its first entries, and those there were from index `from` on follow them in their order. Tiles and kept
   * checkpoints, which are of the log before, go; bodies are looked through from the beginning.
   */
  beginAnew(first: readonly string[], from: number): Promise<void>;
  /** Keeps a checkpoint, durably: the newest always, and of those before it one an hour. */
  keepCheckpoint(checkpoint: KeptCheckpoint): Promise<void>;
  /** What was kept since `atMs` and the last one before it, in order of size. */
  checkpointsSince(atMs: number): Promise<KeptCheckpoint[]>;
};
