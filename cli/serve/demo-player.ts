/** Runs the demo screen's player as a process of its own beside the controller, and starts it again should it end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EnrolmentService } from '../../server/enrolment/enrolment-service.ts';
import type { Log, LogLevel } from '../../server/log.ts';
import { PROJECT_FOLDER } from '../project.ts';
import { ensureShell } from './ensure-shell.ts';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** A player that ran this long was well; the next wait starts small again. */
const WELL_AFTER_MS = 60_000;
const STOP_WITHIN_MS = 8000;

/** The player's level for one of the controller's. */
const PLAYER_LEVELS: Record<LogLevel, string> = {
  silent: 'error',
  fatal: 'error',
  error: 'error',
  warn: 'warn',
  info: 'info',
  debug: 'debug',
  trace: 'debug',
};

/** Starts the player; gives the function that stops it and waits for its last records to be on disk. */
export function superviseDemoPlayer(deps: {
  server: string;
  data: string;
  screenId: string;
  enrolment: EnrolmentService;
  logLevel: LogLevel;
  log: Log;
  notices: NodeJS.WritableStream;
}): () => Promise<void> {
  const { server, data, screenId, enrolment, logLevel, log, notices } = deps;
  let child: ChildProcess | null = null;
  let stopping = false;
  let waitMs = FIRST_WAIT_MS;
  let timer: NodeJS.Timeout | null = null;

  async function start(): Promise<void> {
    if (!(await ensureShell(notices)) || stopping) return;
    // Without the player's key its old enrolment can never be used again.
    if (!existsSync(join(data, 'device-key.pem'))) await enrolment.retire(screenId);
    const startedAt = Date.now();
    const words = [join(PROJECT_FOLDER, 'cli/xunbo.js'), 'player', '--server', server, '--data', data];
    child = spawn(process.execPath, words, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        XUNBO_ENROL_TOKEN: enrolment.tokenFor(screenId),
        XUNBO_LOG_LEVEL: PLAYER_LEVELS[logLevel],
      },
      // Ctrl-C reaches the whole group of the terminal; the player is told by this process alone, once.
      detached: process.platform !== 'win32',
    });
    child.once('exit', (code, signal) => {
      child = null;
      if (stopping) return;
      if (Date.now() - startedAt > WELL_AFTER_MS) waitMs = FIRST_WAIT_MS;
      log.warn({ code, signal, againInMs: waitMs }, 'the demo player ended');
      timer = setTimeout(() => void begin(), waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    });
  }

  const begin = (): Promise<void> =>
    start().catch((error: unknown) => log.error({ err: error }, 'the demo player cannot be started'));
  const started = begin();

  return async () => {
    stopping = true;
    if (timer) clearTimeout(timer);
    await started;
    if (!child || child.exitCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    const tooLong = setTimeout(() => child?.kill('SIGKILL'), STOP_WITHIN_MS);
    await exit;
    clearTimeout(tooLong);
  };
}
