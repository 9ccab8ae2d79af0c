/** A real controller on a free loopback port with stores in memory, the machine's own clock and a little content, for real players. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Screen } from '../../domain/catalogue/organisation.ts';
import { WEEKDAYS } from '../../domain/time/weekday.ts';
import { systemClock } from '../../server/clock.ts';
import { type Controller, createController } from '../../server/create-server.ts';
import { addMedia } from '../../server/media/add-media.ts';
import type { CatalogueStore } from '../../server/stores/catalogue-store.ts';
import { type DataPaths, openDataFolder } from '../../server/stores/data-folder.ts';
import type { Ledger } from '../../server/stores/ledger-store.ts';
import { createMemoryCatalogue } from '../../server/stores/memory-catalogue.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import { plainParts } from './plain-parts.ts';
import { fillCatalogue } from './small-town.ts';

/** The controller; `tokenFor` binds the next player that presents it to the screen. */
export type LiveController = {
  controller: Controller;
  url: string;
  ledger: Ledger;
  tokenFor(screenId: string): string;
  close(): Promise<void>;
};

/** Starts it with screens `ids`, open day and night, whose loop shows cards of 5 s, or the `poster` of that file; `over` changes what a test is about. */
export async function startLiveController(
  ids: readonly string[],
  over: Partial<Screen> = {},
  poster: string | null = null,
): Promise<LiveController> {
  const catalogue = createMemoryCatalogue();
  await fillCatalogue(catalogue);
  const model = catalogue.snapshot().screens.get('screen-1');
  const card = catalogue.snapshot().slogans.get('loop-1');
  if (!model || !card) throw new Error('the small town has no screen');
  const openingHours = [{ days: [...WEEKDAYS], from: '00:00', to: '24:00' }];
  await catalogue.apply([
    { op: 'put', collection: 'slogans', entity: { ...card, durationMs: 5000 } },
    ...ids.map((id) => ({
      op: 'put' as const,
      collection: 'screens' as const,
      entity: { ...model, id, openingHours, ...over },
    })),
  ]);
  const ledger = createMemoryLedger();
  const temp = await mkdtemp(join(tmpdir(), 'xunbo-live-'));
  const folder = await openDataFolder(temp);
  if (poster !== null) await loopPoster(catalogue, folder.paths, join(temp, 'poster'), poster);
  const controller = await createController({ ...plainParts(folder.paths), catalogue, ledger, clock: systemClock });
  const port = await controller.listen('127.0.0.1', 0);
  return {
    controller,
    url: `http://127.0.0.1:${port}`,
    ledger,
    tokenFor: (screenId) => controller.services.enrolment.tokenFor(screenId),
    async close() {
      await controller.close();
      folder.close();
      await rm(temp, { recursive: true, force: true });
    },
  };
}

/** Makes the loop of the small town a single poster, 5 s long. */
async function loopPoster(catalogue: CatalogueStore, folder: DataPaths, upload: string, poster: string): Promise<void> {
  await copyFile(poster, upload);
  const file = { file: upload, filename: basename(poster), name: 'poster', unitId: 'town' };
  const { id } = await addMedia(file, { catalogue, folder, clock: systemClock });
  const loop = catalogue.snapshot().playlists.get('loop');
  const [placement] = loop?.items ?? [];
  if (!loop || !placement) throw new Error('the small town has no loop');
  const items = [{ ...placement, item: id, durationMs: 5000 }];
  await catalogue.apply([{ op: 'put', collection: 'playlists', entity: { ...loop, items } }]);
}
