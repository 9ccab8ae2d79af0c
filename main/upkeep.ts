/** What keeps a player in hand from afar: pictures, commands, the display's power and desktop, the machine's health. */
import type { PlayerCommand, PlayerCommandAnswer, Status } from '../protocol/player-link.ts';
import type { Timers } from './clock.ts';
import { runCommand } from './commands.ts';
import type { Clock } from './disciplined-clock.ts';
import type { Backdrop } from './display/backdrop.ts';
import { createBackdropWatch } from './display/backdrop-watch.ts';
import type { DisplayPower } from './display/display-power.ts';
import { createPowerWatch, type PowerWatchDeps } from './display/power-watch.ts';
import { createHealth, type MachineView } from './health.ts';
import type { Incidents } from './incidents.ts';
import type { PlayerSocket } from './link/socket-port.ts';
import type { Log } from './log.ts';
import { createPlayShots, type PlayShots } from './shots/play-shots.ts';
import type { ShotFolder } from './shots/shot-folder.ts';
import { createShotQueue } from './shots/shot-queue.ts';
import { takeShot } from './shots/take-shot.ts';
import type { StagePort } from './stage-port.ts';

/** What of the machine and of its process the upkeep uses. */
export type UpkeepParts = {
  machine: MachineView;
  shotFolder: ShotFolder;
  display: DisplayPower | null;
  backdrop: Backdrop | null;
  /** The last lines of the log. */
  logLines: (count: number) => string[];
  /** Ends the agent in order, to be started again; null where nobody would. */
  restart: (() => void) | null;
};

/** The upkeep of one player. */
export type Upkeep = {
  /** The stage as the engine is to use it: what it is told and what it tells is heard here too. */
  stage: StagePort;
  /** Pictures of plays. */
  playShots: PlayShots;
  online(socket: PlayerSocket): void;
  offline(): void;
  command(command: PlayerCommand): Promise<PlayerCommandAnswer>;
  /** Content was withdrawn: what was pictured behind the stage may be it. */
  withdrawn(): void;
  /** To be called about once a second. */
  tick(): void;
  status(): Pick<Status, 'health'>;
  stop(): void;
};

/** What the upkeep is made from besides. `screen`: null before the first enrolment. `shotEveryPlays` as in a welcome. */
export type UpkeepDeps = UpkeepParts & {
  build: string;
  clock: Clock;
  timers: Timers;
  random: () => number;
  log: Log;
  incidents: Incidents;
  stage: StagePort;
  screen: () => { id: string; name: string } | null;
  shotEveryPlays: () => number;
  reload: () => void;
  program: PowerWatchDeps['program'];
};

/** Starts the upkeep. */
export function createUpkeep(deps: UpkeepDeps): Upkeep {
  const { clock, timers, random, log, incidents, stage, machine, build } = deps;
  const queue = createShotQueue({ folder: deps.shotFolder, timers, random, log });
  const display = createPowerWatch({ power: deps.display, clock, incidents, log, program: deps.program });
  const backdrop = createBackdropWatch({ backdrop: deps.backdrop, stage, clock, timers, log });
  const health = createHealth({ machine, stage, clock, build, display: display.state });
  const playShots = createPlayShots({
    every: deps.shotEveryPlays,
    take: async () => await queue.keep(await takeShot(stage), clock.nowMs()),
    timers,
    log,
  });

  return {
    playShots,
    stage: {
      ...stage,
      send(command) {
        display.sent(command);
        backdrop.sent(command);
        stage.send(command);
      },
      onEvent: (listener) =>
        stage.onEvent((event) => {
          health.heard(event);
          backdrop.heard(event);
          listener(event);
        }),
    },
    online: (socket) => queue.setSocket(socket),
    offline: () => queue.setSocket(null),
    command: (command) =>
      runCommand(command, {
        stage,
        screen: deps.screen,
        reload: deps.reload,
        shoot: async () => await queue.send(await takeShot(stage), clock.nowMs()),
        lines: deps.logLines,
        onIdentify: display.holdOn,
        restart: deps.restart,
        timers,
        log,
      }),
    withdrawn: backdrop.forget,
    tick: display.tick,
    status() {
      const now = health.now();
      return now ? { health: now } : {};
    },
    stop() {
      queue.stop();
      backdrop.stop();
    },
  };
}
