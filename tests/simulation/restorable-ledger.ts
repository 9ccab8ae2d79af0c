/** A ledger in memory of which an old copy can be put back: it remembers what was written and when, and writes the beginning of it once more. */
import type { Ledger } from '../../server/stores/ledger-store.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';

/** The ledger, and the way back. */
export type RestorableLedger = {
  ledger: Ledger;
  /** Puts back what the ledger was at `atMs`. */
  putBack(atMs: number): Promise<void>;
};

type Write = { atMs: number; again: (ledger: Ledger) => Promise<unknown> };

/** An empty one; where it is not `isRestorable` nothing can be put back, and nothing is remembered for that. */
export function createRestorableLedger(nowMs: () => number, isRestorable: boolean): RestorableLedger {
  let now = createMemoryLedger();
  if (!isRestorable) return { ledger: now, putBack: () => Promise.reject(new Error('nothing was remembered')) };
  let writes: Write[] = [];

  function write<T>(again: (ledger: Ledger) => Promise<T>): Promise<T> {
    writes.push({ atMs: nowMs(), again });
    return again(now);
  }

  return {
    ledger: {
      segments: {
        ingest: (batch) => write((to) => to.segments.ingest(batch)),
        quarantine: (bad) => write((to) => to.segments.quarantine(bad)),
        position: (device) => now.segments.position(device),
        counters: (query) => now.segments.counters(query),
        segments: (query) => now.segments.segments(query),
      },
      documents: {
        put: (hash, kind, body) => write((to) => to.documents.put(hash, kind, body)),
        get: (hash) => now.documents.get(hash),
      },
      incidents: {
        save: (incident) => write((to) => to.incidents.save(incident)),
        list: (limit) => now.incidents.list(limit),
      },
      log: {
        append: (entries) => write((to) => to.log.append(entries)),
        assign: (assignments) => write((to) => to.log.assign(assignments)),
        keepTiles: (tiles) => write((to) => to.log.keepTiles(tiles)),
        beginAnew: (first, from) => write((to) => to.log.beginAnew(first, from)),
        keepCheckpoint: (checkpoint) => write((to) => to.log.keepCheckpoint(checkpoint)),
        checkpointsSince: (atMs) => now.log.checkpointsSince(atMs),
        beginningWith: (prefix, after, limit) => now.log.beginningWith(prefix, after, limit),
        size: () => now.log.size(),
        entries: (from, to) => now.log.entries(from, to),
        indexOf: (hash) => now.log.indexOf(hash),
        tile: (level, index) => now.log.tile(level, index),
      },
      bodies: {
        drop: (hashes, upTo) => write((to) => to.bodies.drop(hashes, upTo)),
        loggedIn: (from, to) => now.bodies.loggedIn(from, to),
        lookedUpTo: () => now.bodies.lookedUpTo(),
      },
      close: () => now.close(),
    },
    async putBack(atMs) {
      writes = writes.filter((made) => made.atMs <= atMs);
      now = createMemoryLedger();
      for (const { again } of writes) await again(now);
    },
  };
}
