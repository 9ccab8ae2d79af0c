/** Keeps a player at the release its controller offers it: asks, fetches, unpacks, and changes over when nobody sees it. */
import type { Status } from '../../protocol/player-link.ts';
import type { Timers } from '../clock.ts';
import type { Incidents } from '../incidents.ts';
import { type Log, messageOf } from '../log.ts';
import { givenUp, mayTry, onTrial, proved, type ReleaseState } from './release-state.ts';
import { isUpdateMoment } from './update-moment.ts';

const FIRST_ASK_MS = 20_000;
/** Asked every 15 to 45 minutes, so that screens which started together do not all ask together. */
const LEAST_PAUSE_MS = 15 * 60_000;
const PAUSE_SPREAD_MS = 30 * 60_000;
const MOMENT_PERIOD_MS = 5000;

/** The releases on this machine. */
export type ReleaseShelf = {
  state(): ReleaseState;
  /** Puts a state on the disk. Throws where it cannot be written. */
  keep(state: ReleaseState): void;
  /** Unpacks a checked archive so that it can be started as `version`. Rejects where it is no build or does not fit on the disk. */
  unpack(version: string, archive: string): Promise<void>;
  /** Removes every release but these. */
  prune(kept: readonly string[]): Promise<void>;
};

/** What self-update is made of. `version` is the running one; `restart` ends the player so that it is started anew. */
export type SelfUpdateDeps = {
  version: string;
  shelf: ReleaseShelf;
  fetcher: { offered(): Promise<string | null>; fetch(): Promise<{ version: string; archive: string }> };
  status: () => Pick<Status, 'state'>;
  incidents: Pick<Incidents, 'open' | 'close'>;
  timers: Timers;
  monoMs: () => number;
  random: () => number;
  log: Log;
  restart: () => void;
};

/** What self-update offers. */
export type SelfUpdate = {
  /** To be called when this start has gone well: the running release is not on trial any more. */
  proved(): void;
  stop(): void;
};

/** Starts to look for releases. A release given up before is told as the incident `update-failed` until a later one has proved itself. */
export function startSelfUpdate(deps: SelfUpdateDeps): SelfUpdate {
  const { version, shelf, fetcher, incidents, timers, monoMs, log } = deps;
  let cancel = timers.after(FIRST_ASK_MS, ask);
  let isStopped = false;
  const lost = givenUp(shelf.state(), version);
  if (lost !== null) incidents.open('update-failed', 'release', `${lost} did not start well; ${version} runs instead`);

  function ask(): void {
    tryOnce()
      .then((ready) => {
        if (isStopped) return;
        if (ready === null) cancel = timers.after(LEAST_PAUSE_MS + deps.random() * PAUSE_SPREAD_MS, ask);
        else changeOverLater(ready, monoMs());
      })
      .catch((error: unknown) => {
        if (isStopped) return;
        log('warn', 'no update this time', { error: messageOf(error) });
        cancel = timers.after(LEAST_PAUSE_MS + deps.random() * PAUSE_SPREAD_MS, ask);
      });
  }

  /** Gives the version that lies ready to be started, or null. */
  async function tryOnce(): Promise<string | null> {
    const offered = await fetcher.offered();
    if (offered === null || !mayTry(shelf.state(), offered)) return null;
    const { archive } = await fetcher.fetch();
    await shelf.unpack(offered, archive);
    log('info', 'release lies ready', { version: offered });
    return offered;
  }

  function changeOverLater(ready: string, sinceM: number): void {
    if (!isUpdateMoment(deps.status().state, sinceM, monoMs())) {
      cancel = timers.after(MOMENT_PERIOD_MS, () => changeOverLater(ready, sinceM));
      return;
    }
    try {
      shelf.keep(onTrial(shelf.state(), ready));
    } catch (error) {
      log('warn', 'release cannot be started', { version: ready, error: messageOf(error) });
      cancel = timers.after(LEAST_PAUSE_MS, ask);
      return;
    }
    log('info', 'changing over', { from: version, to: ready });
    deps.restart();
  }

  return {
    proved() {
      const state = shelf.state();
      if (state.current !== version) return;
      const next = proved(state, version);
      try {
        if (state.starts !== null) shelf.keep(next);
      } catch (error) {
        log('warn', 'the proof of this release cannot be kept', { error: messageOf(error) });
        return;
      }
      shelf
        .prune([next.current, next.former].flatMap((kept) => kept ?? []))
        .catch((error: unknown) => log('warn', 'old releases stay', { error: messageOf(error) }));
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
