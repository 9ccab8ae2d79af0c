/** An agent on the real machine: the player with real clocks, disk, network and whatever stage it is given. */
import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { systemClock, systemTimers } from './clock.ts';
import { createDurableFiles } from './durable-files.ts';
import { socketConnect } from './link/socket-port.ts';
import type { Log } from './log.ts';
import { createMediaFiles } from './media-files.ts';
import { createMediaSource } from './media-source.ts';
import { createPlayer, type Player } from './player.ts';
import type { PlayerOptions } from './player-options.ts';
import type { StagePort } from './stage-port.ts';

const RANDOM_STEPS = 2 ** 32;

/** Builds the agent of `options` before `stage`; its data folder is to be locked before. `build` goes into every segment header. */
export function createAgent(options: PlayerOptions, build: string, stage: StagePort, log: Log): Player {
  return createPlayer({
    server: options.server,
    data: options.data,
    build,
    enrolToken: options.enrolToken,
    raw: systemClock,
    timers: systemTimers,
    random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
    newId: randomUUID,
    log,
    files: createDurableFiles(),
    mediaFiles: createMediaFiles(join(options.data, 'media')),
    mediaSource: (token) => createMediaSource(options.server, token, systemTimers),
    connect: socketConnect(options.server),
    stage,
  });
}
