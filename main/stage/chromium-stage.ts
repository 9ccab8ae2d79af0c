/** The second shell: a plain Chromium that shows the page of the loopback server, started anew whenever it dies. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Timers } from '../clock.ts';
import type { Log } from '../log.ts';
import type { StagePort } from '../stage-port.ts';
import { capturePage } from './capture-page.ts';
import { createDevtoolsPipe, type DevtoolsPipe } from './devtools-pipe.ts';
import { groupMemoryBytes } from './group-memory.ts';
import type { LoopbackServer } from './loopback-server.ts';
import { type ProcessGroup, startProcessGroup } from './process-group.ts';
import { revivePages } from './revive-page.ts';

const FIRST_PAUSE_MS = 500;
const MOST_PAUSE_MS = 30_000;
/** A browser that ran this long was not in a crash loop: it is started again at once. */
const STEADY_MS = 60_000;

/** How the browser is to appear. `data`: the player's folder, below which its throw-away profile lies. */
export type ChromiumOptions = {
  executable: string;
  data: string;
  isHeadless: boolean;
  isWindow: boolean;
  isRoot: boolean;
};

/** The arguments that keep a browser quiet, full screen and alone. */
export function chromiumArguments(url: string, profile: string, options: ChromiumOptions): string[] {
  const { isHeadless, isWindow, isRoot } = options;
  return [
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-extensions',
    '--autoplay-policy=no-user-gesture-required',
    '--noerrdialogs',
    '--disable-session-crashed-bubble',
    '--disable-infobars',
    '--hide-scrollbars',
    '--password-store=basic',
    '--disable-features=Translate',
    '--disable-backgrounding-occluded-windows',
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
    ...(isHeadless ? ['--headless=new', '--window-size=1920,1080', '--mute-audio'] : []),
    ...(!isHeadless && !isWindow ? ['--kiosk'] : []),
    ...(!isHeadless && isWindow ? ['--window-size=1280,720'] : []),
    ...(isRoot ? ['--no-sandbox'] : []),
    `--app=${url}`,
  ];
}

/** Starts the browser on the server's page and keeps it running. */
export function createChromiumStage(
  server: LoopbackServer,
  options: ChromiumOptions,
  timers: Timers,
  monoMs: () => number,
  log: Log,
): StagePort & { stop(): Promise<void> } {
  const profile = join(options.data, 'chromium-profile');
  let group: ProcessGroup | null = null;
  let devtools: DevtoolsPipe | null = null;
  let isStopped = false;
  let failures = 0;
  let cancelPause = (): void => undefined;

  function launch(): void {
    if (isStopped) return;
    rmSync(profile, { recursive: true, force: true });
    mkdirSync(profile, { recursive: true });
    const startM = monoMs();
    // The debugging pipe serves as a lifeline: a Chromium whose pipe is closed ends by itself, however this process ended.
    const started = startProcessGroup(options.executable, chromiumArguments(server.url, profile, options), timers, {
      lifeline: 'pipes',
      onErrorLine: (line) => log('debug', 'chromium', { line: line.slice(0, 500) }),
    });
    group = started;
    const { pipes } = started;
    devtools = pipes && createDevtoolsPipe({ toBrowser: pipes.toProcess, fromBrowser: pipes.fromProcess }, timers);
    if (devtools) revivePages(devtools, { url: server.url, timers, monoMs, log, giveUp: () => started.kill() });
    log('info', 'browser started', { executable: options.executable, headless: options.isHeadless });
    started.onExit((reason) => {
      if (isStopped || group !== started) return;
      group = null;
      started.kill();
      const isSteady = monoMs() - startM > STEADY_MS;
      const pauseMs = isSteady ? 0 : Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
      failures = isSteady ? 0 : failures + 1;
      log('warn', 'browser ended', { reason, againInMs: pauseMs });
      cancelPause = timers.after(pauseMs, launch);
    });
  }
  launch();

  return {
    send: (command) => server.send(command),
    onEvent: (listener) => server.onEvent(listener),
    restart(reason) {
      log('warn', 'browser is restarted', { reason });
      group?.kill();
    },
    capture: () =>
      devtools ? capturePage(devtools, server.url) : Promise.reject(new Error('the browser does not run')),
    memoryBytes: async () => (group?.pid ? groupMemoryBytes(group.pid) : null),
    async stop() {
      isStopped = true;
      cancelPause();
      await group?.end();
      await server.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
