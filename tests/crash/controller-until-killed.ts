/**
 * A real controller on real stores in fast time, with one screen that shows cards of three seconds day and night. Prints its address and a token for the
 * screen's player. Arguments: data folder, beginning of time.
 */
import { WEEKDAYS } from '../../domain/time/weekday.ts';
import { createController } from '../../server/create-server.ts';
import { createVerifierThreads } from '../../server/ingest/verifier-threads.ts';
import { silentLog } from '../../server/log.ts';
import type { CatalogueStore } from '../../server/stores/catalogue-store.ts';
import { openDataFolder } from '../../server/stores/data-folder.ts';
import { openLowdbCatalogue } from '../../server/stores/lowdb-catalogue.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { plainParts } from '../helpers/plain-parts.ts';
import { fillCatalogue, filmCampaign } from '../helpers/small-town.ts';
import { fastTime } from './support/fast-time.ts';

const CARD_MS = 3000;
const MIN_PLAYS = 500;

const [data = '', fromMs = '0', machineMs = '0'] = process.argv.slice(2);
const { raw } = fastTime(Number(fromMs), Number(machineMs));

async function fill(catalogue: CatalogueStore): Promise<void> {
  await fillCatalogue(catalogue);
  const { screens, slogans } = catalogue.snapshot();
  const screen = screens.get('screen-1');
  if (!screen) throw new Error('the small town has no screen');
  const openingHours = [{ days: [...WEEKDAYS], from: '00:00', to: '24:00' }];
  await catalogue.apply([
    { op: 'put', collection: 'screens', entity: { ...screen, openingHours } },
    { op: 'put', collection: 'campaigns', entity: filmCampaign(MIN_PLAYS) },
    ...Array.from(slogans.values(), (entity) => ({
      op: 'put' as const,
      collection: 'slogans' as const,
      entity: { ...entity, durationMs: CARD_MS },
    })),
  ]);
}

const folder = await openDataFolder(data);
const catalogue = await openLowdbCatalogue({ folder: data, log: silentLog });
if (catalogue.snapshot().units.size === 0) await fill(catalogue);
const ledger = await openSqliteLedger({ file: folder.paths.ledger, log: silentLog });
const controller = await createController({
  ...plainParts(folder.paths),
  ...{ catalogue, ledger, clock: { nowMs: () => Math.round(raw.wallMs()) } },
  // As `xunbo serve` does.
  verifier: createVerifierThreads(ledger.documents, 1),
});
const port = await controller.listen('127.0.0.1', 0);
console.log(`http://127.0.0.1:${port} ${controller.services.enrolment.tokenFor('screen-1')}`);
process.once('SIGTERM', () => {
  void controller.close().then(() => {
    folder.close();
    process.exit(0);
  });
});
