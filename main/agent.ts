/** An agent on the real machine: the player with real clocks, disk, network and whatever stage it is given. */
import { randomInt, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock, systemTimers } from './clock.ts';
import { type Backdrop, backdropFolder, findBackdrop } from './display/backdrop.ts';
import type { DisplayPower } from './display/display-power.ts';
import { findDisplayPower } from './display/find-display-power.ts';
import { runTool } from './display/run-tool.ts';
import { createDurableFiles, freeBytes } from './durable-files.ts';
import { socketConnect } from './link/socket-port.ts';
import type { LogRing } from './log-ring.ts';
import { createMachineView } from './machine-view.ts';
import { createMediaFiles } from './media-files.ts';
import { createMediaSource } from './media-source.ts';
import { createPlayer, type Player } from './player.ts';
import type { PlayerOptions } from './player-options.ts';
import { createShotFolder } from './shots/shot-folder.ts';
import { isExecutableFile } from './stage/find-chromium.ts';
import type { StagePort } from './stage-port.ts';

const RANDOM_STEPS = 2 ** 32;

/**
 * Builds the agent of `options` before `stage`; its data folder is to be locked before. `build` goes into every segment header; `restart` ends this
 * process, to be started again by whoever watches over it.
 */
export function createAgent(
  options: PlayerOptions,
  build: string,
  stage: StagePort,
  { log, lines }: LogRing,
  restart: () => void,
): Player {
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
    cacheBytes: options.cacheBytes,
    freeBytes: () => freeBytes(options.data),
    upkeep: {
      machine: createMachineView(options.data),
      shotFolder: createShotFolder(join(options.data, 'shots')),
      display: displayOf(options),
      backdrop: backdropOf(options),
      logLines: lines,
      restart,
    },
  });
}

const MACHINE = { env: process.env, isExecutable: isExecutableFile, exists: existsSync, run: runTool };

const displayOf = (options: PlayerOptions): DisplayPower | null =>
  findDisplayPower(ofSign(options.displayCommand, options), MACHINE);

const backdropOf = (options: PlayerOptions): Backdrop | null =>
  findBackdrop(ofSign(options.backdropCommand, options), MACHINE, backdropFolder(options.data));

/** A window, or no display at all, is nobody's sign: only a program that somebody named is run then. */
function ofSign(command: string, { window, headless, shell }: PlayerOptions): string {
  const isSign = !window && !headless && shell !== 'none';
  return command === 'auto' && !isSign ? 'none' : command;
}
