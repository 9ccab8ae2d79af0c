/** The parts of a controller that most tests and benches have no wish about. */
import type { ServerParts } from '../../server/create-server.ts';
import { silentLog } from '../../server/log.ts';
import type { DataPaths } from '../../server/stores/data-folder.ts';

/** What goes with a data folder, whatever the stores and the clock: no pages, a log that trusts nobody else, no pictures. */
export const plainParts = (folder: DataPaths): Omit<ServerParts, 'catalogue' | 'ledger' | 'clock'> => ({
  folder,
  log: silentLog,
  version: '0.0.0-test',
  consoleFolder: folder.folder,
  verifyFolder: folder.folder,
  logOrigin: null,
  logPolicy: null,
  proofDays: 731,
  shotSettings: { everyPlays: 0, keepDays: 90 },
});
