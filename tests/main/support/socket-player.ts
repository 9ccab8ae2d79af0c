/** A whole player before a simulated stage, on the machine's own clock and disk, with a real socket to its controller. */
import { join } from 'node:path';
import type { ProofRecord } from '../../../domain/proof/record.ts';
import { systemClock, systemTimers } from '../../../main/clock.ts';
import type { Backdrop } from '../../../main/display/backdrop.ts';
import { createDurableFiles } from '../../../main/durable-files.ts';
import { socketConnect } from '../../../main/link/socket-port.ts';
import { createMediaFiles } from '../../../main/media-files.ts';
import { createMediaSource } from '../../../main/media-source.ts';
import { createPlayer, type Player, type PlayerDeps } from '../../../main/player.ts';
import { createSimulatedStage } from '../../../main/simulated-stage.ts';
import type { StageCommand } from '../../../protocol/stage.ts';
import { bareUpkeep } from './bare-upkeep.ts';

export type SocketRig = {
  player: Player;
  /** Records that this start has made durable. */
  recorded: ProofRecord[];
  /** What the stage was told. */
  commands: StageCommand[];
  /** How often the desktop behind the stage was made black. */
  blackened(): number;
  /** An orderly stop, once. */
  stop(): Promise<void>;
};

let boots = 0;

/** What a player of `server` with its data in `data` is made of, all but its stage. */
export function socketPlayerDeps(server: string, data: string): Omit<PlayerDeps, 'build' | 'stage'> {
  return {
    server,
    data,
    enrolToken: null,
    raw: systemClock,
    timers: systemTimers,
    random: () => 0.1,
    newId: () => {
      boots += 1;
      return `boot-${Date.now()}-${boots}`;
    },
    log: () => undefined,
    files: createDurableFiles(),
    mediaFiles: createMediaFiles(join(data, 'media')),
    mediaSource: (token) => createMediaSource(server, token, systemTimers),
    connect: socketConnect(server),
    cacheBytes: null,
    freeBytes: () => null,
    upkeep: bareUpkeep(),
  };
}

/** Starts a player on `data`; `finish` is given its stop. */
export function startSocketPlayer(
  server: string,
  data: string,
  finish: (stop: () => Promise<void>) => void,
): SocketRig {
  const recorded: ProofRecord[] = [];
  const commands: StageCommand[] = [];
  let blackened = 0;
  const backdrop: Backdrop = {
    put: async () => undefined,
    putLast: async () => undefined,
    clear: async () => {
      blackened += 1;
    },
  };
  const stage = createSimulatedStage(systemTimers, systemClock.monoMs);
  const player = createPlayer({
    ...socketPlayerDeps(server, data),
    build: 'test-simulated',
    upkeep: bareUpkeep({ backdrop }),
    stage: {
      ...stage,
      send: (command) => {
        commands.push(command);
        stage.send(command);
      },
    },
    onRecord: (record) => recorded.push(record),
  });
  player.start();
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    await player.stop();
    stage.stop();
  };
  finish(stop);
  return { player, recorded, commands, blackened: () => blackened, stop };
}

/** Waits in real time until `condition` holds. */
export async function until(condition: () => boolean, what: string, limitMs = 20_000): Promise<void> {
  const end = systemClock.monoMs() + limitMs;
  while (!condition()) {
    if (systemClock.monoMs() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise<void>((resolve) => systemTimers.after(20, resolve));
  }
}
