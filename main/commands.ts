/** Carries out what an operator asks of this player, and answers. */
import type { PlayerCommand, PlayerCommandAnswer } from '../protocol/player-link.ts';
import type { Timers } from './clock.ts';
import { type Log, messageOf } from './log.ts';
import type { StagePort } from './stage-port.ts';

/** How long a restart waits for its answer to be on its way. */
const FAREWELL_MS = 300;

/** What commands work on. `screen`: null before the first enrolment. `shoot` takes and sends a picture and gives its SHA-256. */
export type CommandDeps = {
  stage: StagePort;
  screen: () => { id: string; name: string } | null;
  /** Brings the page up anew; what shows is recorded as cut. */
  reload: () => void;
  shoot: () => Promise<string>;
  lines: (count: number) => string[];
  /** Called for as long as somebody stands before the screen to find it. */
  onIdentify: (forMs: number) => void;
  /** Ends the agent in order, to be started again by whoever watches over it; null where nobody does. */
  restart: (() => void) | null;
  timers: Timers;
  log: Log;
};

/** Carries out one command; never rejects. */
export async function runCommand(command: PlayerCommand, deps: CommandDeps): Promise<PlayerCommandAnswer> {
  deps.log('info', 'command', { type: command.type });
  try {
    return await obey(command, deps);
  } catch (error) {
    deps.log('warn', 'command failed', { type: command.type, error: messageOf(error) });
    return { kind: 'failed', detail: messageOf(error).slice(0, 500) };
  }
}

async function obey(command: PlayerCommand, deps: CommandDeps): Promise<PlayerCommandAnswer> {
  switch (command.type) {
    case 'screenshot':
      return { kind: 'shot', sha: await deps.shoot() };
    case 'reload':
      deps.reload();
      return { kind: 'done' };
    case 'restart':
      if (!deps.restart) throw new Error('nobody would start this player again');
      deps.timers.after(FAREWELL_MS, deps.restart);
      return { kind: 'done' };
    case 'log':
      return { kind: 'log', lines: deps.lines(command.lines) };
    case 'identify': {
      const screen = deps.screen();
      if (!screen) throw new Error('this player is not enrolled');
      deps.onIdentify(command.forMs);
      deps.stage.send({ type: 'identify', name: screen.name.slice(0, 200), id: screen.id, forMs: command.forMs });
      return { kind: 'done' };
    }
  }
}
