/** Whole players before simulated stages, all on one manual clock, each on a disk in memory, with real sockets to a real controller. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connect, PlayerSocket } from '../../main/link/socket-port.ts';
import { socketConnect } from '../../main/link/socket-port.ts';
import { createMediaSource } from '../../main/media-source.ts';
import { createPlayer, type Player } from '../../main/player.ts';
import { createManualTime, type ManualTime, settle } from '../main/support/manual-time.ts';
import { createMemoryFiles, type MemoryFiles } from '../main/support/memory-files.ts';
import { simulatedParts } from '../main/support/simulated-parts.ts';

const STEP_MS = 500;
const FAR_MS = 600_000;

/** One player of the fleet. */
export type FleetPlayer = { player: Player; files: MemoryFiles };

/** The fleet. */
export type FleetInHand = {
  time: ManualTime;
  players: Map<string, FleetPlayer>;
  /** Starts a player on `files`; it is known by `name` from then on. */
  start(name: string, enrolToken?: string | null, files?: MemoryFiles): void;
  /** Whether there is a network; without one all connections end. */
  setNetwork(isUp: boolean): void;
  /** Lets time pass in small steps, with what goes on between the machines, until `condition` holds. */
  until(condition: () => boolean | Promise<boolean>, what: string): Promise<void>;
  /** Lets time pass without a network, in large steps. */
  passTo(wallMs: number): Promise<void>;
  /** As a power cut of all. */
  cut(): void;
};

/** An empty fleet of the controller at `url`, which need not be known before the first player starts. */
export function createFleetInHand(url: () => string, startMs: number): FleetInHand {
  const time = createManualTime(startMs);
  const players = new Map<string, FleetPlayer>();
  let open: PlayerSocket[] = [];
  let isUp = true;
  let era = 0;
  let boots = 0;
  const connect: Connect = async () => {
    if (!isUp) throw new Error('no network');
    const socket = await socketConnect(url())();
    open.push(socket);
    return socket;
  };

  return {
    time,
    players,
    start(name, enrolToken = null, files = createMemoryFiles()) {
      const own = era;
      boots += 1;
      const parts = simulatedParts({ files, time, boot: `boot-${boots}`, isCut: () => own !== era });
      const player = createPlayer({
        ...parts,
        ...{ server: url(), data: '/data', enrolToken, connect },
        mediaSource: (token) => createMediaSource(url(), token, parts.timers),
      });
      player.start();
      players.set(name, { player, files });
    },
    setNetwork(next) {
      isUp = next;
      if (isUp) return;
      for (const socket of open) socket.close();
      open = [];
    },
    async until(condition, what) {
      for (let k = 0; k < 40_000; k += 1) {
        if (k % 10 === 0 && (await condition())) return;
        await time.advanceAsync(STEP_MS);
        await nextTurn();
      }
      throw new Error(`waited in vain: ${what}`);
    },
    async passTo(wallMs) {
      while (time.raw.wallMs() < wallMs) {
        time.advance(Math.min(FAR_MS, wallMs - time.raw.wallMs()));
        await settle();
      }
    },
    cut() {
      era += 1;
      this.setNetwork(false);
      players.clear();
    },
  };
}
