/** What is known of every screen right now: connected or not, last heard, the player's own last word. In memory only. */
import type { Status } from '../../protocol/player-link.ts';
import type { Clock } from '../clock.ts';

/** The live state of a screen's player. */
export type LiveScreen = { online: boolean; lastSeenMs: number | null; status: Status | null };

/** What the fleet service offers. */
export type FleetService = {
  /** Live state of a screen; offline and never seen where nothing is known. */
  live(screenId: string): LiveScreen;
  /** The player of a screen has connected. */
  connected(screenId: string): void;
  /** The player of a screen has gone. */
  disconnected(screenId: string): void;
  /** The player of a screen has reported. */
  reported(screenId: string, status: Status): void;
  /** How many players are connected. */
  onlineCount(): number;
  /** Calls `listener` after any of the above with the screen's id. */
  onChanged(listener: (screenId: string) => void): void;
};

const UNKNOWN: LiveScreen = { online: false, lastSeenMs: null, status: null };

/** Makes the service. */
export function createFleetService(clock: Clock): FleetService {
  const screens = new Map<string, LiveScreen>();
  const listeners = new Set<(screenId: string) => void>();
  let online = 0;

  function set(screenId: string, next: Partial<LiveScreen>): void {
    const before = screens.get(screenId) ?? UNKNOWN;
    const after = { ...before, ...next };
    online += Number(after.online) - Number(before.online);
    screens.set(screenId, after);
    for (const listener of listeners) listener(screenId);
  }

  return {
    live: (screenId) => screens.get(screenId) ?? UNKNOWN,
    connected: (screenId) => set(screenId, { online: true, lastSeenMs: clock.nowMs() }),
    disconnected: (screenId) => set(screenId, { online: false, lastSeenMs: clock.nowMs() }),
    reported: (screenId, status) => set(screenId, { online: true, lastSeenMs: clock.nowMs(), status }),
    onlineCount: () => online,
    onChanged: (listener) => listeners.add(listener),
  };
}
