/** Runs the player inside Electron: this process only watches over it. */
import { join } from 'node:path';
import { systemClock, systemTimers } from '../main/clock.ts';
import type { Log } from '../main/log.ts';
import type { PlayerOptions } from '../main/player-options.ts';
import { type ProcessGroup, startProcessGroup } from '../main/stage/process-group.ts';
import { EXIT } from './command.ts';
import type { Shell } from './player-shell.ts';
import { PROJECT_FOLDER } from './project.ts';
import { untilSignal } from './until-signal.ts';

const MAIN_FILE = join(PROJECT_FOLDER, 'dist/electron/main.cjs');
const FIRST_PAUSE_MS = 500;
const MOST_PAUSE_MS = 30_000;
const STEADY_MS = 60_000;
/** Exit codes by which the shell says that starting it again is no use. */
const FINAL_EXITS = ['exit 0', 'exit 1', 'exit 3'];

/** Keeps Electron running until a signal; gives the exit code. */
export async function runElectron(
  options: PlayerOptions,
  shell: Extract<Shell, { kind: 'electron' }>,
  log: Log,
): Promise<number> {
  const signalled = untilSignal();
  let failures = 0;
  for (;;) {
    const startM = systemClock.monoMs();
    const group = launch(options, shell);
    const exited = new Promise<string>((resolve) => group.onExit(resolve));
    log('info', 'Electron started', { executable: shell.executable, headless: shell.isHeadless });
    const ended = await Promise.race([signalled.then(() => 'signal'), exited]);
    if (ended === 'signal') {
      await group.end();
      return EXIT.ok;
    }
    group.kill();
    if (FINAL_EXITS.includes(ended)) return Number(ended.slice('exit '.length));
    if (systemClock.monoMs() - startM > STEADY_MS) failures = 0;
    const pauseMs = Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    failures += 1;
    log('warn', 'Electron ended', { reason: ended, againInMs: pauseMs });
    const pause = new Promise<string>((resolve) => systemTimers.after(pauseMs, () => resolve('pause')));
    if ((await Promise.race([signalled, pause])) !== 'pause') return EXIT.ok;
  }
}

function launch(options: PlayerOptions, shell: Extract<Shell, { kind: 'electron' }>): ProcessGroup {
  const switches = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const soft = shell.isHeadless ? ['--disable-gpu'] : [];
  const words = [...switches, ...soft, MAIN_FILE];
  const [command, args] = shell.wrapper
    ? [shell.wrapper, ['-a', '-s', '-screen 0 1920x1080x24', shell.executable, ...words]]
    : [shell.executable, words];
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    XUNBO_SERVER: options.server,
    XUNBO_DATA: options.data,
    XUNBO_WINDOW: String(options.window),
    XUNBO_LOG_LEVEL: options.logLevel,
    XUNBO_LIFELINE: 'stdin',
  };
  return startProcessGroup(command, args, systemTimers, { env, inheritErrors: true, lifeline: 'stdin' });
}
