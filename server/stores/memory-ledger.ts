/** The ledger in memory only: for tests and previews. The same rules as the embedded one, no disk. */
import { checkHash, newestFirst } from './ledger-rules.ts';
import type { IncidentRow, Ledger } from './ledger-store.ts';
import { programEntry } from './log-entries.ts';
import { createMemoryBodies } from './memory-bodies.ts';
import { createMemoryLog } from './memory-log.ts';
import { createMemorySegments } from './memory-segments.ts';
import { closedError, StoreError } from './store-error.ts';

/** An empty ledger that forgets everything when it is closed. Rejects with `StoreError` as the embedded one does. */
export function createMemoryLedger(): Ledger {
  const documents = new Map<string, string>();
  const incidents = new Map<string, IncidentRow>();
  let isClosed = false;
  const assertOpen = (): void => {
    if (isClosed) throw closedError('the ledger');
  };

  const log = createMemoryLog(assertOpen);
  const segments = createMemorySegments(log, assertOpen);

  function saveIncident(incident: IncidentRow): void {
    const isRival = (other: IncidentRow): boolean =>
      other.id !== incident.id &&
      other.closedAtMs === null &&
      other.screenId === incident.screenId &&
      other.kind === incident.kind;
    if (incident.closedAtMs === null && incidents.values().some(isRival)) {
      throw new StoreError('conflict', `an incident ${incident.kind} of ${incident.screenId} is open already`);
    }
    incidents.set(incident.id, { ...incident });
  }

  return {
    segments,
    documents: {
      async put(hash, _kind, body) {
        assertOpen();
        checkHash(hash, body);
        if (documents.has(hash)) return;
        documents.set(hash, body);
        log.add(programEntry(hash), null);
      },
      async get(hash) {
        assertOpen();
        return documents.get(hash) ?? null;
      },
    },
    incidents: {
      async save(incident) {
        assertOpen();
        saveIncident(incident);
      },
      async list(limit) {
        assertOpen();
        const all = Array.from(incidents.values(), (incident) => ({ ...incident }));
        const closed = all
          .filter((i) => i.closedAtMs !== null)
          .sort((a, b) => (b.closedAtMs ?? 0) - (a.closedAtMs ?? 0) || (a.id < b.id ? 1 : -1));
        return [...all.filter((i) => i.closedAtMs === null), ...closed.slice(0, limit)].sort(newestFirst);
      },
    },
    log,
    bodies: createMemoryBodies(segments, log, assertOpen),
    async close() {
      isClosed = true;
    },
  };
}
