/** `xunbo player`: runs the player of one screen. */
import { join } from 'node:path';
import { systemClock, systemTimers } from '../main/clock.ts';
import { createLog, messageOf } from '../main/log.ts';
import { createLogRing, type LogRing } from '../main/log-ring.ts';
import { PLAYER_FLAGS, type PlayerOptions, readPlayerOptions } from '../main/player-options.ts';
import { type ProcessGroup, startProcessGroup } from '../main/stage/process-group.ts';
import { agentEnvironment, LIFELINE } from './agent-environment.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { launchElectron } from './player-electron.ts';
import { findShell, missingShellAdvice } from './player-shell.ts';
import { supervise } from './player-supervisor.ts';
import { PROJECT_FOLDER } from './project.ts';

function helpText(): string {
  const rows = PLAYER_FLAGS.map(({ flag, variable, value, fallback, meaning }) => {
    const left = `--${flag}${value ? ` ${value}` : ''}`;
    return `  ${left.padEnd(26)}${variable.padEnd(24)}${meaning} (${fallback})`;
  });
  return `Usage: xunbo player [OPTIONS]

Runs the player of one screen: keeps its program, plays it by the clock, and proves what was shown.
A player that no screen is bound to shows a code to be entered in the console.

  ${'Flag'.padEnd(26)}${'Variable'.padEnd(24)}Meaning (default)
${rows.join('\n')}
  ${''.padEnd(26)}${'XUNBO_CHROMIUM'.padEnd(24)}path of the browser to use before any other
  ${''.padEnd(26)}${'XUNBO_ENROL_TOKEN'.padEnd(24)}one-time token that binds this player to a screen
  ${'-h, --help'.padEnd(50)}this text

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
  const ring = createLogRing(log, systemClock.wallMs);
  try {
    return await runShell(options, io, ring);
  } catch (error) {
    io.stderr.write(`xunbo player: ${messageOf(error)}\n`);
    return EXIT.failed;
  }
}

/** Watches over the agent, or is the agent where somebody watches over this process. */
async function runShell(options: PlayerOptions, io: CommandStreams, ring: LogRing): Promise<number> {
  const isAgent = process.env[LIFELINE.variable] === LIFELINE.value;
  if (options.shell === 'none') {
    return isAgent
      ? (await agent()).runAgent(options, null, ring)
      : supervise('agent', (onBeat) => launchAgent(options, onBeat), ring.log);
  }
  const shell = await findShell({ shell: options.shell, headless: options.headless, canFetch: true });
  if (!shell) {
    io.stderr.write(`xunbo player: nothing to show the page with; ${missingShellAdvice(process.platform)}\n`);
    return EXIT.failed;
  }
  if (shell.kind === 'electron')
    return supervise('Electron', (onBeat) => launchElectron(options, shell, onBeat), ring.log);
  if (isAgent) return (await agent()).runAgent(options, shell, ring);
  const chosen = { ...options, shell: 'chromium', headless: shell.isHeadless } as const;
  return supervise('agent', (onBeat) => launchAgent(chosen, onBeat), ring.log);
}

/** The supervisor needs none of what the agent does. */
const agent = () => import('./player-agent.ts');

/** The folder stands among the words, so that a list of processes tells whose agent it is. */
function launchAgent(options: PlayerOptions, onOutput: () => void): ProcessGroup {
  const words = [join(PROJECT_FOLDER, 'cli/xunbo.js'), 'player', '--data', options.data];
  const env = { ...process.env, ...agentEnvironment(options) };
  return startProcessGroup(process.execPath, words, systemTimers, {
    env,
    inheritErrors: true,
    lifeline: 'stdin',
    onOutput,
  });
}
