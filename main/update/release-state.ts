/** Which build of the player runs, and whether it proved itself: the file `state` that the start script reads and writes as well. */
import { compareVersions } from '../../domain/releases/offer.ts';

/**
 * What is known of the releases here. `current`: the one to run, null: the installed build; `former`: the one that proved itself before it;
 * `starts`: how often `current` was started on trial, null: it proved itself; `failed`: those that never did, oldest first.
 */
export type ReleaseState = {
  current: string | null;
  former: string | null;
  starts: number | null;
  failed: readonly string[];
};

/** The state of a player that runs its installed build. */
export const INSTALLED: ReleaseState = { current: null, former: null, starts: null, failed: [] };

const VERSION = /^\d+\.\d+\.\d+$/;

/** Reads the file; what is missing or makes no sense is taken as not said. */
export function parseReleaseState(text: string | null): ReleaseState {
  const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(text ?? '')?.[1] ?? '';
  const version = (name: string): string | null => (VERSION.test(value(name)) ? value(name) : null);
  const starts = /^\d{1,4}$/.test(value('starts')) ? Number(value('starts')) : null;
  const failed = value('failed')
    .split(' ')
    .filter((word) => VERSION.test(word));
  return { current: version('current'), former: version('former'), starts, failed };
}

/** The file's text, as `packaging/linux/launch.sh` writes it. */
export function releaseStateText({ current, former, starts, failed }: ReleaseState): string {
  return `current=${current ?? ''}\nformer=${former ?? ''}\nstarts=${starts ?? ''}\nfailed=${failed.join(' ')}\n`;
}

/** The state that puts `version` on trial; the way back leads to the last one that proved itself. */
export function onTrial(state: ReleaseState, version: string): ReleaseState {
  return { ...state, current: version, former: state.starts === null ? state.current : state.former, starts: 0 };
}

/** The state after `version` proved itself; unchanged where another one is current. */
export function proved(state: ReleaseState, version: string): ReleaseState {
  return state.current === version ? { ...state, starts: null } : state;
}

/** Whether a release that the controller offers may be tried: one that failed here is not tried again. */
export const mayTry = (state: ReleaseState, version: string): boolean =>
  VERSION.test(version) && version !== state.current && !state.failed.includes(version);

/** The newest release that had to be given up and has not been made good by a later one, or null. */
export function givenUp(state: ReleaseState, running: string): string | null {
  const last = state.failed.at(-1);
  return last !== undefined && compareVersions(last, running) > 0 ? last : null;
}
