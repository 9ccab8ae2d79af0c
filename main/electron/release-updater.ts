/** Fetches releases by electron-updater, which checks their SHA-512; what becomes of them is decided elsewhere. */
import { DebUpdater, type Logger } from 'electron-updater';
import { PLAYER_PATHS } from '../../protocol/player-link.ts';
import type { Log } from '../log.ts';

/** What a fetched release is: its version and the checked archive. */
export type FetchedRelease = { version: string; archive: string };

/** Where releases come from. `bearer` gives the token of the present connection, or null. */
export type ReleaseSource = { server: string; bearer: () => string | null };

/** Asks the controller for a release newer than the running one. */
export type ReleaseFetcher = {
  /** The version that is offered, where it is newer; null where none is, or where the controller cannot be asked. Rejects on a failed exchange. */
  offered(): Promise<string | null>;
  /** Fetches what was offered last. Rejects where the bytes are not those that were announced. */
  fetch(): Promise<FetchedRelease>;
};

/** Makes the fetcher; nothing is asked yet. */
export function createReleaseFetcher(source: ReleaseSource, log: Log): ReleaseFetcher {
  const updater = createUpdater(source, log);
  let version: string | null = null;
  return {
    async offered() {
      const bearer = source.bearer();
      if (bearer === null) return null;
      updater.requestHeaders = { authorization: `Bearer ${bearer}` };
      const found = await updater.checkForUpdates().catch(nothingOffered);
      version = found?.isUpdateAvailable ? found.updateInfo.version : null;
      return version;
    },
    async fetch() {
      const [archive] = await updater.downloadUpdate();
      if (archive === undefined || version === null) throw new Error('nothing was fetched');
      return { version, archive };
    },
  };
}

/** The library's updater that fetches whatever file is announced and checks it; its own way of installing is never called. */
function createUpdater({ server }: ReleaseSource, log: Log): DebUpdater {
  const feed = { provider: 'generic', url: new URL(PLAYER_PATHS.updates, server).href } as const;
  const updater = new DebUpdater(feed);
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.disableDifferentialDownload = true;
  updater.logger = loggerOf(log);
  return updater;
}

/** A controller that offers this player nothing answers 404. */
function nothingOffered(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND') return null;
  throw error;
}

/** What goes wrong is told by a rejection as well; the library's own words are for a close look. */
function loggerOf(log: Log): Logger {
  const write = (message?: unknown): void => log('debug', 'updater', { text: String(message).slice(0, 500) });
  return { info: write, debug: write, warn: write, error: write };
}
