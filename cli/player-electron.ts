/** How the player inside Electron is started. */
import { join } from 'node:path';
import { systemTimers } from '../main/clock.ts';
import type { PlayerOptions } from '../main/player-options.ts';
import { type ProcessGroup, startProcessGroup } from '../main/stage/process-group.ts';
import { agentEnvironment } from './agent-environment.ts';
import type { Shell } from './player-shell.ts';
import { PROJECT_FOLDER } from './project.ts';

const MAIN_FILE = join(PROJECT_FOLDER, 'dist/electron/main.cjs');

/** Starts Electron, whose main process is the agent. */
export function launchElectron(
  options: PlayerOptions,
  shell: Extract<Shell, { kind: 'electron' }>,
  onOutput: () => void,
): ProcessGroup {
  const switches = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const soft = shell.isHeadless ? ['--disable-gpu'] : [];
  const words = [...switches, ...soft, MAIN_FILE];
  const [command, args] = shell.wrapper
    ? [shell.wrapper, ['-a', '-s', '-screen 0 1920x1080x24', shell.executable, ...words]]
    : [shell.executable, words];
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
  const env = { ...inherited, ...agentEnvironment({ ...options, headless: shell.isHeadless }) };
  return startProcessGroup(command, args, systemTimers, { env, inheritErrors: true, lifeline: 'stdin', onOutput });
}
