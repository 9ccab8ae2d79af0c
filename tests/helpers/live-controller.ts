/** A real controller on a free loopback port with stores in memory, the machine's own clock and a little content, for real players. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Screen } from '../../domain/catalogue/organisation.ts';
import { WEEKDAYS } from '../../domain/time/weekday.ts';
import { systemClock } from '../../server/clock.ts';
import { type Controller, createController } from '../../server/create-server.ts';
import { silentLog } from '../../server/log.ts';
import { openDataFolder } from '../../server/stores/data-folder.ts';
import type { Ledger } from '../../server/stores/ledger-store.ts';
import { createMemoryCatalogue } from '../../server/stores/memory-catalogue.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import { fillCatalogue } from './small-town.ts';

/** The controller; `tokenFor` binds the next player that presents it to the screen. */
export type LiveController = {
  controller: Controller;
  url: string;
  ledger: Ledger;
  tokenFor(screenId: string): string;
  close(): Promise<void>;
};

/** Starts it with screens `ids`, open day and night, whose loop shows cards of 5 s; `over` changes what a test is about. */
export async function startLiveController(ids: readonly string[], over: Partial<Screen> = {}): Promise<LiveController> {
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
  const controller = await createController({
    catalogue,
    ledger,
    folder: folder.paths,
    clock: systemClock,
    log: silentLog,
    version: '0.0.0-test',
    consoleFolder: temp,
    shotSettings: { everyPlays: 0, keepDays: 90 },
  });
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
