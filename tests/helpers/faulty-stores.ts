/** Stores that fail when told to, each failure in two twins: the change was made and the answer lost, or nothing was made. */
import type { CatalogueStore } from '../../server/stores/catalogue-store.ts';
import type { Ledger } from '../../server/stores/ledger-store.ts';
import { StoreError } from '../../server/stores/store-error.ts';

/** `applied`: made, then reported as failed (a lost answer). `not-applied`: not made at all (a full disk). */
export type FaultTwin = 'applied' | 'not-applied';

/** Tells a faulty store what to do with its next writes, one twin each; without one a write succeeds. */
export type FaultPlan = { failNext(...twins: FaultTwin[]): void };

function faultQueue(): FaultPlan & { run<T>(write: () => Promise<T>): Promise<T> } {
  const planned: FaultTwin[] = [];
  return {
    failNext: (...twins) => planned.push(...twins),
    async run(write) {
      const twin = planned.shift();
      if (twin === undefined) return write();
      if (twin === 'applied') await write();
      throw new StoreError('disk-full', `injected failure (${twin})`);
    },
  };
}

/** `ledger` with injected failures of its writes. */
export function faultyLedger(ledger: Ledger): { ledger: Ledger } & FaultPlan {
  const faults = faultQueue();
  const { segments, documents, incidents, log } = ledger;
  return {
    failNext: faults.failNext,
    ledger: {
      ...ledger,
      segments: {
        ...segments,
        ingest: (batch) => faults.run(() => segments.ingest(batch)),
        quarantine: (bad) => faults.run(() => segments.quarantine(bad)),
      },
      documents: { ...documents, put: (hash, kind, body) => faults.run(() => documents.put(hash, kind, body)) },
      incidents: { ...incidents, save: (incident) => faults.run(() => incidents.save(incident)) },
      log: {
        ...log,
        assign: (assignments) => faults.run(() => log.assign(assignments)),
        append: (entries) => faults.run(() => log.append(entries)),
        beginAnew: (first, from) => faults.run(() => log.beginAnew(first, from)),
        keepTiles: (tiles) => faults.run(() => log.keepTiles(tiles)),
      },
    },
  };
}

/** `store` with injected failures of its changes. */
export function faultyCatalogue(store: CatalogueStore): { store: CatalogueStore } & FaultPlan {
  const faults = faultQueue();
  return {
    failNext: faults.failNext,
    store: { ...store, apply: (changes) => faults.run(() => store.apply(changes)) },
  };
}
