/** Self-update of an installed player: joins the fetcher, the releases on the disk and the player. */
import { randomInt } from 'node:crypto';
import { systemClock, systemTimers } from '../clock.ts';
import { createDurableFiles } from '../durable-files.ts';
import type { Log } from '../log.ts';
import type { Player } from '../player.ts';
import { createReleaseShelf } from '../update/release-shelf.ts';
import { type SelfUpdate, startSelfUpdate } from '../update/self-update.ts';
import { createReleaseFetcher } from './release-updater.ts';

/** The player that is kept up to date: its controller, its version, the folder of releases that the start script chooses from. */
export type KeptPlayer = {
  player: Player;
  server: string;
  version: string;
  folder: string;
  log: Log;
  restart: () => void;
};

/** Starts it. */
export function keepUpToDate({ player, server, version, folder, log, restart }: KeptPlayer): SelfUpdate {
  const fetcher = createReleaseFetcher({ server, bearer: player.fetchToken }, log);
  return startSelfUpdate({
    version,
    shelf: createReleaseShelf(folder, createDurableFiles()),
    fetcher,
    status: player.status,
    incidents: player.incidents,
    timers: systemTimers,
    monoMs: systemClock.monoMs,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    log,
    restart,
  });
}
