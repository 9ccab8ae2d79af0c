/** A controller with stores in memory for benches: one unit, one loop, one promise on every screen. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Screen } from '../../domain/catalogue/organisation.ts';
import { systemClock } from '../../server/clock.ts';
import { type Controller, createController } from '../../server/create-server.ts';
import type { CatalogueStore } from '../../server/stores/catalogue-store.ts';
import { openDataFolder } from '../../server/stores/data-folder.ts';
import { createMemoryCatalogue } from '../../server/stores/memory-catalogue.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import { plainParts } from '../helpers/plain-parts.ts';
import { fillCatalogue } from '../helpers/small-town.ts';

/** The controller, its address, and a screen to copy. */
export type BenchController = {
  controller: Controller;
  catalogue: CatalogueStore;
  url: string;
  screen: Screen;
  /** Changes the words of the loop's slogan, and with them every program. */
  changeSlogan(text: string): Promise<void>;
  close(): Promise<void>;
};

/** Starts it on a free loopback port. */
export async function startBenchController(): Promise<BenchController> {
  const catalogue = createMemoryCatalogue();
  await fillCatalogue(catalogue);
  const data = await mkdtemp(join(tmpdir(), 'xunbo-bench-'));
  const folder = await openDataFolder(data);
  const stores = { catalogue, ledger: createMemoryLedger() };
  const controller = await createController({ ...plainParts(folder.paths), ...stores, clock: systemClock });
  const port = await controller.listen('127.0.0.1', 0);
  const { screens, slogans } = catalogue.snapshot();
  const [screen] = screens.values();
  const slogan = slogans.get('loop-1');
  if (!screen || !slogan) throw new Error('the bench has no screen or no slogan');
  return {
    controller,
    catalogue,
    url: `http://127.0.0.1:${port}`,
    screen,
    changeSlogan: (text) => catalogue.apply([{ op: 'put', collection: 'slogans', entity: { ...slogan, text } }]),
    async close() {
      await controller.close();
      folder.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}
