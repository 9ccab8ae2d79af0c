/** What all catalogue adapters share: immutable snapshots, changes made one list after another, listeners. */
import type { Fault } from '../../protocol/errors.ts';
import { deepFreeze, readEntity } from './catalogue-file.ts';
import type {
  CatalogueChange,
  CatalogueEntities,
  CatalogueSnapshot,
  CatalogueStore,
  CollectionName,
} from './catalogue-store.ts';
import { closedError, faultyError } from './store-error.ts';
import type { StoreLog } from './store-log.ts';

/** A catalogue with nothing in it. */
export function emptyCatalogue(): CatalogueSnapshot {
  return {
    units: new Map(),
    users: new Map(),
    sessions: new Map(),
    sites: new Map(),
    media: new Map(),
    slogans: new Map(),
    streams: new Map(),
    playlists: new Map(),
    screens: new Map(),
    devices: new Map(),
    campaigns: new Map(),
    takeovers: new Map(),
  };
}

type Put<C extends CollectionName> = { op: 'put'; collection: C; entity: CatalogueEntities[C] };
type Draft<C extends CollectionName = CollectionName> = { [K in C]: ReadonlyMap<string, CatalogueEntities[K]> };

const isPutIn = <C extends CollectionName>(
  change: { op: string; collection: CollectionName },
  name: C,
): change is Put<C> => change.op === 'put' && change.collection === name;

/** The catalogue after `changes`; collections they do not touch stay the same maps. */
export function withChanges(snapshot: CatalogueSnapshot, changes: readonly CatalogueChange[]): CatalogueSnapshot {
  const draft: Draft = { ...snapshot };
  for (const name of new Set(changes.map((change) => change.collection))) edit(draft, name, changes);
  return draft;
}

function edit<C extends CollectionName>(draft: Draft<C>, name: C, changes: readonly CatalogueChange[]): void {
  const copy = new Map<string, CatalogueEntities[C]>(draft[name]);
  for (const change of changes) {
    if (isPutIn(change, name)) copy.set(change.entity.id, change.entity);
    else if (change.op === 'remove' && change.collection === name) copy.delete(change.id);
  }
  draft[name] = copy;
}

/** A copy of the change as its schema reads it, frozen, so that nobody can alter what is stored. */
function ownCopy(change: CatalogueChange, faults: Fault[]): CatalogueChange {
  const own = structuredClone(change);
  if (own.op === 'remove') return own;
  const read = readEntity(own.collection, own.entity, `${own.collection}.${own.entity.id}`);
  if (read.ok) Object.assign(own.entity, read.entity);
  else faults.push(...read.faults);
  return deepFreeze(own);
}

/** Changes that a later start can read back. Throws `StoreError` of kind `faulty`: what the schema refuses is never written. */
function readChanges(changes: readonly CatalogueChange[]): CatalogueChange[] {
  const faults: Fault[] = [];
  const read = changes.map((change) => ownCopy(change, faults));
  if (faults.length > 0) throw faultyError('the catalogue', faults);
  return read;
}

type Waiting = { changes: readonly CatalogueChange[]; resolve: () => void; reject: (error: unknown) => void };

/** What an adapter brings: the catalogue it starts from, and how it makes one durable (all or nothing). */
export type CatalogueCore = {
  initial: CatalogueSnapshot;
  persist: (next: CatalogueSnapshot) => Promise<void>;
  log: StoreLog;
};

/**
 * A catalogue store over `persist`. Lists that wait while another is written are written together; each keeps its own promise,
 * which settles only after its write, listeners first. `apply` rejects with `faulty` for an entity that its schema refuses.
 */
export function createCatalogueCore({ initial, persist, log }: CatalogueCore): CatalogueStore {
  const listeners = new Set<(changes: readonly CatalogueChange[]) => void>();
  let current = initial;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;
  let isClosed = false;

  function tell(changes: readonly CatalogueChange[]): void {
    for (const listener of [...listeners]) {
      try {
        listener(changes);
      } catch (error) {
        log.warn({ err: error }, 'a listener of the catalogue failed');
      }
    }
  }

  async function writeGroup(group: readonly Waiting[]): Promise<void> {
    const next = withChanges(
      current,
      group.flatMap((w) => w.changes),
    );
    try {
      await persist(next);
    } catch (error) {
      for (const w of group) w.reject(error);
      return;
    }
    current = next;
    for (const w of group) {
      tell(w.changes);
      w.resolve();
    }
  }

  async function drain(): Promise<void> {
    // One turn later, so that lists applied in the same turn share the first write.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await writeGroup(group);
    }
    writing = null;
  }

  return {
    snapshot: () => current,
    async apply(changes) {
      if (isClosed) throw closedError('the catalogue');
      const read = readChanges(changes);
      if (read.length === 0) return;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ changes: read, resolve, reject });
      writing ??= drain();
      await promise;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      isClosed = true;
      await writing;
    },
  };
}
