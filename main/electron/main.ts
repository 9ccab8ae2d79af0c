/** Entry of the Electron shell: the agent runs in this process, the page in a sandboxed one. */
import 'temporal-polyfill/global';
import { join } from 'node:path';
import { app, powerSaveBlocker, session } from 'electron';
import { createAgent } from '../agent.ts';
import { systemClock, systemTimers } from '../clock.ts';
import { lockDataFolder } from '../data-lock.ts';
import { createLog, messageOf } from '../log.ts';
import type { Player } from '../player.ts';
import { type PlayerOptions, readPlayerOptions } from '../player-options.ts';
import { stageFiles } from '../stage/stage-files.ts';
import { createElectronStage } from './electron-stage.ts';
import { hardenApp, hardenSession } from './harden.ts';
import { declareStageScheme, serveStageScheme } from './stage-scheme.ts';

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
const read = readPlayerOptions(process.argv.slice(app.isPackaged ? 1 : 2), process.env, false);
if (read.ok) {
  run(read.value);
} else {
  for (const { place, value, allowed } of read.error)
    process.stderr.write(`xunbo player: ${place}: ${value}; allowed: ${allowed}\n`);
  app.exit(EXIT_BAD_INPUT);
}

function run(options: PlayerOptions): void {
  const log = createLog(options.logLevel, systemClock.wallMs, (line) => void process.stderr.write(line));
  app.setPath('userData', join(options.data, 'electron'));
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
  app.commandLine.appendSwitch('disable-background-timer-throttling');
  app.commandLine.appendSwitch('disable-renderer-backgrounding');
  // Root cannot have Chromium's sandbox; asking for it all the same would keep every helper process from starting.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  hardenApp(app, log);

  let player: Player | null = null;
  let isStopping = false;
  function stop(reason: string): void {
    if (isStopping) return;
    isStopping = true;
    log('info', 'stopping', { reason });
    Promise.resolve(player?.stop()).finally(() => app.exit(0));
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
      const stageSession = session.fromPartition('stage', { cache: false });
      hardenSession(stageSession, log);
      serveStageScheme(
        stageSession,
        stageFiles(join(__dirname, '../stage'), (sha) => player?.mediaFile(sha) ?? null),
      );
      const preload = join(__dirname, 'preload.cjs');
      const stage = createElectronStage(
        { session: stageSession, preload, isWindow: options.window },
        systemTimers,
        log,
      );
      powerSaveBlocker.start('prevent-display-sleep');
      player = createAgent(options, `xunbo-${XUNBO_VERSION}-electron`, stage, log);
      player.start();
    })
    .catch((error: unknown) => {
      process.stderr.write(`xunbo player: ${messageOf(error)}\n`);
      app.exit(EXIT_FAILED);
    });
}
