/** The agent of a plain Chromium, or of no display at all: the process that plays, under a supervisor. */
import { join } from 'node:path';
import { createAgent } from '../main/agent.ts';
import { systemClock, systemTimers } from '../main/clock.ts';
import { lockDataFolder } from '../main/data-lock.ts';
import { isBareX } from '../main/display/backdrop.ts';
import { startHeartbeat } from '../main/heartbeat.ts';
import { createLiveProxy } from '../main/live/live-proxy.ts';
import type { LogRing } from '../main/log-ring.ts';
import type { Player } from '../main/player.ts';
import type { PlayerOptions } from '../main/player-options.ts';
import { RESTART_EXIT } from '../main/restart-exit.ts';
import { createSimulatedStage, SIMULATED_BUILD_SUFFIX } from '../main/simulated-stage.ts';
import { createChromiumStage } from '../main/stage/chromium-stage.ts';
import { startLoopbackServer } from '../main/stage/loopback-server.ts';
import { stageFiles } from '../main/stage/stage-files.ts';
import { EXIT } from './command.ts';
import type { Shell } from './player-shell.ts';
import { PROJECT_FOLDER, VERSION } from './project.ts';
import { untilSignal } from './until-signal.ts';

const STAGE_FOLDER = join(PROJECT_FOLDER, 'dist/stage');

/** Plays until it is told to end; gives the exit code. `shell` null: on a simulated stage. Throws where the data folder cannot be used. */
export async function runAgent(
  options: PlayerOptions,
  shell: Extract<Shell, { kind: 'chromium' }> | null,
  ring: LogRing,
): Promise<number> {
  const unlock = await lockDataFolder(options.data);
  try {
    return shell ? await runChromium(options, shell, ring) : await runSimulated(options, ring);
  } finally {
    unlock();
  }
}

async function runSimulated(options: PlayerOptions, ring: LogRing): Promise<number> {
  const stage = createSimulatedStage(systemTimers, systemClock.monoMs);
  const build = `${buildId('agent')}${SIMULATED_BUILD_SUFFIX}`;
  try {
    return await runUntilTold((restart) => createAgent(options, build, stage, ring, restart), ring);
  } finally {
    stage.stop();
  }
}

async function runChromium(
  options: PlayerOptions,
  shell: Extract<Shell, { kind: 'chromium' }>,
  ring: LogRing,
): Promise<number> {
  let player: Player | null = null;
  const files = stageFiles(STAGE_FOLDER, (sha) => player?.mediaFile(sha) ?? null);
  const live = createLiveProxy({ fetch, sourceOf: (sha) => player?.liveSource(sha) ?? null, log: ring.log });
  const server = await startLoopbackServer(files, systemTimers, ring.log, live);
  const browser = {
    executable: shell.executable,
    data: options.data,
    isHeadless: shell.isHeadless,
    isWindow: options.window,
    isHeldBack: !shell.isHeadless && !options.window && isBareX(process.env),
    isRoot: process.getuid?.() === 0,
  };
  const stage = createChromiumStage(server, browser, systemTimers, systemClock.monoMs, ring.log);
  try {
    return await runUntilTold((restart) => {
      player = createAgent(options, buildId('chromium'), stage, ring, restart);
      return player;
    }, ring);
  } finally {
    await stage.stop();
  }
}

async function runUntilTold(create: (restart: () => void) => Player, { log }: LogRing): Promise<number> {
  const signalled = untilSignal();
  const orphaned = new Promise<string>((resolve) => process.stdin.resume().once('close', () => resolve('told to end')));
  let restart = (): void => undefined;
  const restarted = new Promise<'restart'>((resolve) => {
    restart = () => resolve('restart');
  });
  const player = create(restart);
  player.start();
  const stopBeating = startHeartbeat(systemTimers, process.stdout);
  const reason = await Promise.race([signalled, orphaned, restarted]);
  log('info', 'stopping', { reason });
  await player.stop();
  stopBeating();
  process.stdin.destroy();
  return reason === 'restart' ? RESTART_EXIT : EXIT.ok;
}

/** Names version and shell in every segment header. */
const buildId = (shell: string): string => `xunbo-${VERSION}-${shell}`;
