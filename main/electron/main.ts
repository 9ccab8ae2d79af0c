/** Entry of the Electron shell: the agent runs in this process, the page in a sandboxed one. */
import 'temporal-polyfill/global';
import { join } from 'node:path';
import { app, powerSaveBlocker, session } from 'electron';
import { createAgent } from '../agent.ts';
import { systemClock, systemTimers } from '../clock.ts';
import { lockDataFolder } from '../data-lock.ts';
import { hasBehind, isWayland, keptPicture } from '../display/backdrop.ts';
import { startHeartbeat } from '../heartbeat.ts';
import { createLiveProxy } from '../live/live-proxy.ts';
import { createLog, type Log, messageOf } from '../log.ts';
import { createLogRing } from '../log-ring.ts';
import type { Player } from '../player.ts';
import { type PlayerOptions, readPlayerOptions } from '../player-options.ts';
import { RESTART_EXIT } from '../restart-exit.ts';
import { stageFiles, withKeptPicture } from '../stage/stage-files.ts';
import type { StagePort } from '../stage-port.ts';
import type { SelfUpdate } from '../update/self-update.ts';
import { watchStage } from '../update/watch-stage.ts';
import { createElectronStage } from './electron-stage.ts';
import { hardenApp, hardenSession } from './harden.ts';
import { keepUpToDate } from './keep-up-to-date.ts';
import { declareStageScheme, serveStageScheme } from './stage-scheme.ts';
import { tellSystemd } from './systemd.ts';

/** Put in by the build. */
declare const XUNBO_VERSION: string;

const EXIT_BAD_INPUT = 1;
const EXIT_FAILED = 3;
const EXIT_CRASHED = 70;

// Electron would show a dialog, and stay; a screen has nobody to answer it. Whoever started this starts it again.
process.on('uncaughtException', (error) => {
  process.stderr.write(`xunbo player: ${error.stack ?? error.message}\n`);
  app.exit(EXIT_CRASHED);
});

declareStageScheme();
// An installed player that was not told where to keep its records keeps them where its user's programs do.
const ownData = app.isPackaged ? { XUNBO_DATA: join(app.getPath('appData'), 'xunbo-player') } : {};
const read = readPlayerOptions(process.argv.slice(app.isPackaged ? 1 : 2), { ...ownData, ...process.env }, false);
if (read.ok) {
  run(read.value);
} else {
  for (const { place, value, allowed } of read.error)
    process.stderr.write(`xunbo player: ${place}: ${value}; allowed: ${allowed}\n`);
  app.exit(EXIT_BAD_INPUT);
}

function run(options: PlayerOptions): void {
  const errors = createLog(options.logLevel, systemClock.wallMs, (line) => void process.stderr.write(line));
  const ring = createLogRing(errors, systemClock.wallMs);
  const { log } = ring;
  prepareApp(options, log);
  const version = app.isPackaged ? app.getVersion() : XUNBO_VERSION;
  // Set by whoever installed the player together with a script that can go back to the release before.
  const releases = process.env.XUNBO_RELEASES;
  let player: Player | null = null;
  let updates: SelfUpdate | null = null;
  let isStopping = false;
  function stop(reason: string, exitCode = 0): void {
    if (isStopping) return;
    isStopping = true;
    log('info', 'stopping', { reason });
    updates?.stop();
    Promise.resolve(player?.stop()).finally(() => app.exit(exitCode));
  }

  /** Whoever started this starts it again for that exit code; where nobody watches, Electron does it. */
  function restart(): void {
    const { XUNBO_LIFELINE, XUNBO_RELEASES, INVOCATION_ID } = process.env;
    const isWatched = XUNBO_LIFELINE === 'stdin' || (XUNBO_RELEASES ?? INVOCATION_ID) !== undefined;
    if (!isWatched) app.relaunch(process.env.APPIMAGE ? { execPath: process.env.APPIMAGE } : {});
    stop('restart', isWatched ? RESTART_EXIT : 0);
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  // A signal to a whole group would take a lent display away first; whoever started this closes its input instead.
  if (process.env.XUNBO_LIFELINE === 'stdin') process.stdin.resume().once('close', () => stop('told to end'));
  app.on('before-quit', (event) => {
    event.preventDefault();
    stop('quit');
  });

  app
    .whenReady()
    .then(async () => {
      await lockDataFolder(options.data);
      const stage = openStage(options, () => player, log);
      powerSaveBlocker.start('prevent-display-sleep');
      const watched = watchStage(stage, systemClock.monoMs, () => updates?.proved());
      player = createAgent(options, `xunbo-${version}-electron`, watched.stage, ring, restart);
      if (app.isPackaged && releases) {
        updates = keepUpToDate({ player, server: options.server, version, folder: releases, log, restart });
      }
      player.start();
      tellSystemd(watched.lastPulseM, log);
      if (process.env.XUNBO_LIFELINE === 'stdin') startHeartbeat(systemTimers, process.stdout);
    })
    .catch((error: unknown) => {
      process.stderr.write(`xunbo player: ${messageOf(error)}\n`);
      app.exit(EXIT_FAILED);
    });
}

/** What has to be settled before the app is ready. */
function prepareApp(options: PlayerOptions, log: Log): void {
  app.setPath('userData', join(options.data, 'electron'));
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
  app.commandLine.appendSwitch('disable-background-timer-throttling');
  app.commandLine.appendSwitch('disable-renderer-backgrounding');
  // Root cannot have Chromium's sandbox; asking for it all the same would keep every helper process from starting.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  hardenApp(app, log);
}

/** The window with the stage page in it, in a session of its own that refuses everything else. */
function openStage(options: PlayerOptions, player: () => Player | null, log: Log): StagePort {
  const stageSession = session.fromPartition('stage', { cache: false });
  hardenSession(stageSession, log);
  serveStageScheme(
    stageSession,
    withKeptPicture(
      stageFiles(join(__dirname, '../stage'), (sha) => player()?.mediaFile(sha) ?? null),
      keptPicture(options.data),
    ),
    createLiveProxy({ fetch, sourceOf: (sha) => player()?.liveSource(sha) ?? null, log }),
  );
  const preload = join(__dirname, 'preload.cjs');
  const isHeldBack = !options.window && hasBehind(options.backdropCommand, process.env);
  const wish = {
    session: stageSession,
    preload,
    isWindow: options.window,
    isHeldBack,
    isWayland: isWayland(process.env),
  };
  return createElectronStage(wish, systemTimers, log);
}
