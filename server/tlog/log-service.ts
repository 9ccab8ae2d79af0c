/** The log as the controller runs it: opened with the data folder, fed and signed by a job, and silent, with a reason, where it may not go on. */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { LogStore } from '../stores/log-store.ts';
import { StoreError } from '../stores/store-error.ts';
import { openLogHead } from './log-head.ts';
import { openLogKeys } from './log-keys.ts';
import { openTransparencyLog, type TransparencyLog } from './transparency-log.ts';

/** The service. Screens play and plays are stored whether the log is signed or not. */
export type LogService = {
  /** The log, null where it may not go on. */
  current(): TransparencyLog | null;
  /** Why the log is not signed any more; null while all is well. */
  fault(): string | null;
  /** Signs all that was added. */
  turn(): Promise<string>;
};

/** What the service needs. `keysFolder` and `headFile` are paths of the data folder; `origin` is for a log that is new. */
export type LogServiceParts = {
  store: LogStore;
  keysFolder: string;
  headFile: string;
  origin: string | null;
  clock: Clock;
  log: Log;
};

/** Opens the log. Rejects only where the folder cannot be read at all. */
export async function openLogService({
  store,
  keysFolder,
  headFile,
  origin,
  clock,
  log,
}: LogServiceParts): Promise<LogService> {
  let current: TransparencyLog | null = null;
  let fault: string | null = null;

  function stop(error: unknown): void {
    if (!(error instanceof StoreError) || !['conflict', 'damaged', 'faulty'].includes(error.kind)) throw error;
    current = null;
    fault = error.message;
    log.error({ reason: fault }, 'the log is not signed any more');
  }

  try {
    const keys = await openLogKeys(keysFolder, origin);
    current = await openTransparencyLog({ store, head: openLogHead(headFile), keys, clock });
  } catch (error) {
    stop(error);
  }

  return {
    current: () => current,
    fault: () => fault,
    async turn() {
      let checkpoints = 0;
      try {
        while (await current?.sign()) checkpoints += 1;
      } catch (error) {
        stop(error);
      }
      return fault ?? `${checkpoints} checkpoints`;
    },
  };
}
