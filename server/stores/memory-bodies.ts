/** The bodies of stored segments in memory. */
import { type BodyStore, DROPPED_BODY } from './body-store.ts';
import type { MemoryLog } from './memory-log.ts';
import { type MemorySegments, rowOf } from './memory-segments.ts';

/** The bodies of `segments`, in the order of `log`; `assertOpen` throws once their ledger is closed. */
export function createMemoryBodies(segments: MemorySegments, log: MemoryLog, assertOpen: () => void): BodyStore {
  return {
    async loggedIn(from, to) {
      assertOpen();
      return log.segmentsIn(from, to).flatMap(({ index, hash }) => {
        const segment = segments.find(hash);
        return segment ? [{ index, row: rowOf(segment) }] : [];
      });
    },
    async drop(hashes, upTo) {
      assertOpen();
      for (const hash of hashes) {
        const segment = segments.find(hash);
        if (segment) segment.body = DROPPED_BODY;
      }
      log.lookedUpTo = upTo;
    },
    async lookedUpTo() {
      assertOpen();
      return log.lookedUpTo;
    },
  };
}
