/** The transparency log's entries in memory. */
import { assignmentEntry } from './log-entries.ts';
import { givesWay, type KeptCheckpoint, type LogStore } from './log-store.ts';

/**
 * A log that forgets everything; `add` is for what stored segments and documents bring with them, `segmentsIn` gives the hashes of segments in [from, to),
 * `lookedUpTo` is that of the bodies.
 */
export type MemoryLog = LogStore & {
  add(entry: string, hash: string | null): void;
  segmentsIn(from: number, to: number): { index: number; hash: string }[];
  lookedUpTo: number;
};

/** An empty log; `assertOpen` throws once its ledger is closed. */
export function createMemoryLog(assertOpen: () => void): MemoryLog {
  let entries: string[] = [];
  const alone = new Set<string>();
  const byHash = new Map<string, number>();
  const assigned = new Map<string, string>();
  const tiles = new Map<string, Uint8Array>();
  let kept: KeptCheckpoint[] = [];

  function add(entry: string, hash: string | null): void {
    if (hash === null ? alone.has(entry) : byHash.has(hash)) return;
    if (hash === null) alone.add(entry);
    else byHash.set(hash, entries.length);
    entries.push(entry);
  }

  const self: MemoryLog = {
    lookedUpTo: 0,
    add,
    segmentsIn: (from, to) =>
      Array.from(byHash, ([hash, index]) => ({ index, hash })).filter(({ index }) => index >= from && index < to),
    async append(more) {
      assertOpen();
      for (const entry of more) add(entry, null);
    },
    async assign(assignments) {
      assertOpen();
      for (const assignment of assignments) {
        const { screen, program } = assignment;
        if (assigned.get(screen) === program) continue;
        assigned.set(screen, program);
        add(assignmentEntry(assignment), null);
      }
    },
    async size() {
      assertOpen();
      return entries.length;
    },
    async entries(from, to) {
      assertOpen();
      return entries.slice(from, to);
    },
    async beginningWith(prefix, after, limit) {
      assertOpen();
      const found = [...alone].filter((entry) => entry.startsWith(prefix) && (after === null || entry > after));
      return found.sort((a, b) => (a < b ? -1 : 1)).slice(0, limit);
    },
    async indexOf(hash) {
      assertOpen();
      return byHash.get(hash) ?? null;
    },
    async tile(level, index) {
      assertOpen();
      return tiles.get(`${level}/${index}`) ?? null;
    },
    async keepTiles(full) {
      assertOpen();
      for (const { level, index, hashes } of full) {
        if (!tiles.has(`${level}/${index}`)) tiles.set(`${level}/${index}`, hashes.slice());
      }
    },
    async beginAnew(first, from) {
      assertOpen();
      entries = [...first, ...entries.slice(from)];
      alone.clear();
      for (const [hash, index] of byHash) byHash.set(hash, index + first.length - from);
      const ofSegments = new Set(byHash.values());
      for (const [index, entry] of entries.entries()) if (!ofSegments.has(index)) alone.add(entry);
      tiles.clear();
      kept = [];
      self.lookedUpTo = 0;
    },
    async keepCheckpoint(checkpoint) {
      assertOpen();
      const [last, before] = kept.toReversed();
      const isDropped = last && (last.size === checkpoint.size || givesWay(last, before));
      kept = [...(isDropped ? kept.slice(0, -1) : kept), checkpoint];
    },
    async checkpointsSince(atMs) {
      assertOpen();
      const first = kept.findLast((one) => one.atMs <= atMs)?.atMs ?? 0;
      return kept.filter((one) => one.atMs >= first);
    },
  };
  return self;
}
