/** The catalogue in one JSON file of the data folder, held in memory. */
import { Low } from 'lowdb';
import { createCatalogueCore, emptyCatalogue } from './catalogue-core.ts';
import { decodeCatalogue, encodeCatalogue } from './catalogue-file.ts';
import type { CatalogueSnapshot, CatalogueStore } from './catalogue-store.ts';
import { dataPaths } from './data-folder.ts';
import { createDurableJsonAdapter } from './durable-json-adapter.ts';
import type { StoreLog } from './store-log.ts';

/**
 * Opens the catalogue of a data folder; an empty one where there is none yet. Rejects with `StoreError`: `newer-version`,
 * `faulty` (with file, place, value and what is allowed), `damaged` (neither generation can be read) or `disk-failed`.
 * Only one process may have it open: hold the folder's lock (`openDataFolder`).
 */
export async function openLowdbCatalogue({ folder, log }: { folder: string; log: StoreLog }): Promise<CatalogueStore> {
  const file = dataPaths(folder).catalogue;
  const decode = (json: unknown): CatalogueSnapshot => decodeCatalogue(json, file);
  const low = new Low(createDurableJsonAdapter({ file, encode: encodeCatalogue, decode, log }), emptyCatalogue());
  await low.read();
  const persist = async (next: CatalogueSnapshot): Promise<void> => {
    low.data = next;
    await low.write();
  };
  return createCatalogueCore({ initial: low.data, persist, log });
}
