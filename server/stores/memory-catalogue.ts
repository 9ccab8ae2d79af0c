/** The catalogue in memory only: for tests and previews. */
import { createCatalogueCore, emptyCatalogue } from './catalogue-core.ts';
import type { CatalogueStore } from './catalogue-store.ts';
import { type StoreLog, silentLog } from './store-log.ts';

/** An empty catalogue that forgets everything when it is closed. */
export function createMemoryCatalogue({ log = silentLog }: { log?: StoreLog } = {}): CatalogueStore {
  return createCatalogueCore({ initial: emptyCatalogue(), persist: async () => {}, log });
}
