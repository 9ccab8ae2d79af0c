/** `xunbo player`: runs the player of one screen. */
import { join } from 'node:path';
import { createAgent } from '../main/agent.ts';
import { systemClock, systemTimers } from '../main/clock.ts';
import { lockDataFolder } from '../main/data-lock.ts';
import { createLog, type Log, messageOf } from '../main/log.ts';
import type { Player } from '../main/player.ts';
import { PLAYER_FLAGS, type PlayerOptions, readPlayerOptions } from '../main/player-options.ts';
import { createSimulatedStage, SIMULATED_BUILD_SUFFIX } from '../main/simulated-stage.ts';
import { createChromiumStage } from '../main/stage/chromium-stage.ts';
import { startLoopbackServer } from '../main/stage/loopback-server.ts';
import { stageFiles } from '../main/stage/stage-files.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { runElectron } from './player-electron.ts';
import { findShell, missingShellAdvice, type Shell } from './player-shell.ts';
import { PROJECT_FOLDER, VERSION } from './project.ts';
import { untilSignal } from './until-signal.ts';

const STAGE_FOLDER = join(PROJECT_FOLDER, 'dist/stage');

function helpText(): string {
  const rows = PLAYER_FLAGS.map(({ flag, variable, value, fallback, meaning }) => {
    const left = `--${flag}${value ? ` ${value}` : ''}`;
    return `  ${left.padEnd(20)}${variable.padEnd(18)}${meaning} (${fallback})`;
  });
  return `Usage: xunbo player [OPTIONS]

Runs the player of one screen: keeps its program, plays it by the clock, and proves what was shown.
A player that no screen is bound to shows a code to be entered in the console.

  ${'Flag'.padEnd(20)}${'Variable'.padEnd(18)}Meaning (default)
${rows.join('\n')}
  ${''.padEnd(20)}${'XUNBO_CHROMIUM'.padEnd(18)}path of the browser to use before any other
  ${''.padEnd(20)}${'XUNBO_ENROL_TOKEN'.padEnd(18)}one-time token that binds this player to a screen
  ${'-h, --help'.padEnd(38)}this text

Exit codes
  0  ended by a signal, all records on the disk
  1  bad input (message on standard error)
  3  nothing to show the page with, or the data folder cannot be used (message on standard error)
`;
}

/** Runs the player until it is told to end; gives the exit code. */
export async function runPlayer(argv: string[], io: CommandStreams): Promise<number> {
  const read = readPlayerOptions(argv, process.env);
  if (!read.ok) {
    for (const { place, value, allowed } of read.error)
      io.stderr.write(`xunbo player: ${place}: ${value}; allowed: ${allowed}\n`);
    return EXIT.badInput;
  }
  const { help, ...options } = read.value;
  if (help) {
    io.stdout.write(helpText());
    return EXIT.ok;
  }
  const log = createLog(options.logLevel, systemClock.wallMs, (line) => io.stderr.write(line));
  try {
    return await runShell(options, io, log);
  } catch (error) {
    io.stderr.write(`xunbo player: ${messageOf(error)}\n`);
    return EXIT.failed;
  }
}

async function runShell(options: PlayerOptions, io: CommandStreams, log: Log): Promise<number> {
  if (options.shell === 'none') return withFolder(options, () => runSimulated(options, log));
  const shell = await findShell({ shell: options.shell, headless: options.headless, canFetch: true });
  if (!shell) {
    io.stderr.write(`xunbo player: nothing to show the page with; ${missingShellAdvice(process.platform)}\n`);
    return EXIT.failed;
  }
  if (shell.kind === 'electron') return runElectron(options, shell, log);
  return withFolder(options, () => runChromium(options, shell, log));
}

async function withFolder(options: PlayerOptions, run: () => Promise<number>): Promise<number> {
  const unlock = await lockDataFolder(options.data);
  try {
    return await run();
  } finally {
    unlock();
  }
}

async function runSimulated(options: PlayerOptions, log: Log): Promise<number> {
  const stage = createSimulatedStage(systemTimers, systemClock.monoMs);
  try {
    await runUntilSignal(createAgent(options, `${buildId('agent')}${SIMULATED_BUILD_SUFFIX}`, stage, log), log);
  } finally {
    stage.stop();
  }
  return EXIT.ok;
}

async function runChromium(
  options: PlayerOptions,
  shell: Extract<Shell, { kind: 'chromium' }>,
  log: Log,
): Promise<number> {
  let player: Player | null = null;
  const files = stageFiles(STAGE_FOLDER, (sha) => player?.mediaFile(sha) ?? null);
  const server = await startLoopbackServer(files, systemTimers, log);
  const browser = {
    executable: shell.executable,
    data: options.data,
    isHeadless: shell.isHeadless,
    isWindow: options.window,
    isRoot: process.getuid?.() === 0,
  };
  const stage = createChromiumStage(server, browser, systemTimers, systemClock.monoMs, log);
  try {
    player = createAgent(options, buildId('chromium'), stage, log);
    await runUntilSignal(player, log);
  } finally {
    await stage.stop();
  }
  return EXIT.ok;
}

async function runUntilSignal(player: Player, log: Log): Promise<void> {
  const ended = untilSignal();
  player.start();
  const signal = await ended;
  log('info', 'stopping', { signal });
  await player.stop();
}

/** Names version and shell in every segment header. */
const buildId = (shell: string): string => `xunbo-${VERSION}-${shell}`;
