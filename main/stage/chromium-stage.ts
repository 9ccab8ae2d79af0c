/** The second shell: a plain Chromium that shows the page of the loopback server, started anew whenever it dies. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Timers } from '../clock.ts';
import { type Log, messageOf } from '../log.ts';
import type { StagePort } from '../stage-port.ts';
import { capturePage, picturePage } from './capture-page.ts';
import { createDevtoolsPipe, type DevtoolsPipe } from './devtools-pipe.ts';
import { createFirstSight, type FirstSight } from './first-sight.ts';
import { groupMemoryBytes } from './group-memory.ts';
import type { LoopbackServer } from './loopback-server.ts';
import { type ProcessGroup, startProcessGroup } from './process-group.ts';
import { revivePages } from './revive-page.ts';
import { BESIDE_PX, uncoverWindow } from './uncover-window.ts';

const FIRST_PAUSE_MS = 500;
const MOST_PAUSE_MS = 30_000;
/** A browser that ran this long was not in a crash loop: it is started again at once. */
const STEADY_MS = 60_000;
/** A window that could not be brought onto the screen is tried again after this. */
const UNCOVER_AGAIN_MS = 1000;

/** How the browser is to appear. `data`: the player's folder, below which its throw-away profile lies; `isHeldBack`: beside the screen until it has something to show. */
export type ChromiumOptions = {
  executable: string;
  data: string;
  isHeadless: boolean;
  isWindow: boolean;
  isHeldBack: boolean;
  isRoot: boolean;
};

/** The arguments that keep a browser quiet, full screen and alone. */
export function chromiumArguments(url: string, profile: string, options: ChromiumOptions): string[] {
  const { isHeadless, isWindow, isHeldBack, isRoot } = options;
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
    ...(isHeldBack ? [`--window-position=${BESIDE_PX},0`, '--window-size=1920,1080'] : []),
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
  let sight: FirstSight | null = null;
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
    const window = devtools;
    sight = options.isHeldBack && window ? createFirstSight(() => uncover(window), timers) : null;
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

  function uncover(window: DevtoolsPipe): void {
    uncoverWindow(window, server.url).catch((error: unknown) => {
      if (isStopped || window !== devtools) return;
      log('warn', 'the window is not on the screen yet', { error: messageOf(error) });
      timers.after(UNCOVER_AGAIN_MS, () => {
        if (!isStopped && window === devtools) uncover(window);
      });
    });
  }

  const ofPage = (take: typeof capturePage): Promise<Uint8Array> =>
    devtools ? take(devtools, server.url) : Promise.reject(new Error('the browser does not run'));

  return {
    send(command) {
      server.send(command);
      sight?.told(command);
    },
    onEvent: (listener) =>
      server.onEvent((event) => {
        sight?.answered(event);
        listener(event);
      }),
    restart(reason) {
      log('warn', 'browser is restarted', { reason });
      group?.kill();
    },
    capture: () => ofPage(capturePage),
    picture: () => ofPage(picturePage),
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
