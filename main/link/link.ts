/** The link to the server: connects, proves who it is, and comes back with full jitter whenever it is lost. */
import {
  PLAYER_EVENTS,
  type PlayerCommand,
  type PlayerCommandAnswer,
  type ProveAnswer,
  playerCommandSchema,
  programPushSchema,
  type Status,
  type Takeover,
  takeoverPushSchema,
  type Welcome,
  welcomeSchema,
} from '../../protocol/player-link.ts';
import { every, type Timers } from '../clock.ts';
import type { Clock, TimeSample } from '../disciplined-clock.ts';
import { type Log, messageOf } from '../log.ts';
import { type Identity, introduce } from './handshake.ts';
import type { Connect, PlayerSocket } from './socket-port.ts';
import { keepTime } from './time-sync.ts';

const STATUS_PERIOD_MS = 10_000;
const FIRST_WAIT_MS = 1000;
const MOST_WAIT_MS = 60_000;
/** How long a pairing code is shown where the clocks do not agree on when it expires. */
const LEAST_CODE_MS = 30_000;
const MOST_CODE_MS = 900_000;

/** What the link tells the player. */
export type LinkEvents = {
  /** The server knows this player; `socket` may be used until `onOffline`. */
  onWelcome(welcome: Welcome, socket: PlayerSocket): void;
  /** No screen is bound to this player: show the code. */
  onPairing(code: string): void;
  onProgram(hash: string | null): void;
  /** What stands over everything from now on; null: nothing. */
  onTakeover(takeover: Takeover | null): void;
  /** An operator asks for something; the answer goes back. Never rejects. */
  onCommand(command: PlayerCommand): Promise<PlayerCommandAnswer>;
  onRetired(): void;
  onOffline(): void;
  onTime(sample: TimeSample): void;
  status(): Status;
};

/** The link. */
export type Link = {
  start(): void;
  /** Sends a status now, where connected. */
  report(): void;
  isOnline(): boolean;
  stop(): void;
};

/** What the link needs; `random` gives [0, 1). */
export type LinkDeps = {
  connect: Connect;
  identity: Identity;
  timers: Timers;
  clock: Clock;
  random: () => number;
  log: Log;
};

/** Creates the link. */
export function createLink({ connect, identity, timers, clock, random, log }: LinkDeps, events: LinkEvents): Link {
  let isStopped = false;
  let failures = 0;
  let current: PlayerSocket | null = null;
  let isWelcome = false;
  let cancelWait: (() => void) | null = null;

  function waitThenDial(leastMs = 0): void {
    if (isStopped) return;
    const limit = Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
    failures += 1;
    cancelWait = timers.after(leastMs + random() * limit, () => void dial());
  }

  async function dial(): Promise<void> {
    if (isStopped) return;
    let socket: PlayerSocket;
    try {
      socket = await connect();
    } catch (error) {
      log('debug', 'no connection', { error: messageOf(error) });
      waitThenDial();
      return;
    }
    if (isStopped) return socket.close();
    runSession(socket);
  }

  function runSession(socket: PlayerSocket): void {
    const ends: (() => void)[] = [];
    let leastMs = 0;
    current = socket;
    const whileOpen = (cancel: () => void): void => {
      ends.push(cancel);
    };
    socket.onClose((reason) => {
      log('info', 'link lost', { reason });
      for (const end of ends) end();
      current = null;
      if (isWelcome) events.onOffline();
      isWelcome = false;
      waitThenDial(leastMs);
    });
    socket.on(PLAYER_EVENTS.enrolled, (body) => {
      const welcome = welcomeSchema.safeParse(body);
      if (welcome.success) enter(welcome.data, socket, whileOpen);
      else log('error', 'the server told of an enrolment out of contract');
    });
    socket.on(PLAYER_EVENTS.program, (body) => {
      const push = programPushSchema.safeParse(body);
      if (push.success && isWelcome) events.onProgram(push.data.program);
    });
    socket.on(PLAYER_EVENTS.takeover, (body) => {
      const push = takeoverPushSchema.safeParse(body);
      if (push.success && isWelcome) events.onTakeover(push.data.takeover);
    });
    socket.on(PLAYER_EVENTS.command, (body, reply) => {
      const command = playerCommandSchema.safeParse(body);
      if (command.success && isWelcome) void events.onCommand(command.data).then(reply);
      else reply({ kind: 'failed', detail: 'this player does not know that command' });
    });
    socket.on(PLAYER_EVENTS.retired, () => {
      log('warn', 'this player was retired');
      events.onRetired();
      socket.close();
    });
    introduce(socket, identity)
      .then((answer) => {
        leastMs = answerTaken(answer, socket, whileOpen);
      })
      .catch((error: unknown) => {
        log('warn', 'the server did not let the player in', { error: messageOf(error) });
        socket.close();
      });
  }

  /** Gives the least time to wait after this session. */
  function answerTaken(answer: ProveAnswer, socket: PlayerSocket, whileOpen: (cancel: () => void) => void): number {
    switch (answer.kind) {
      case 'welcome':
        enter(answer, socket, whileOpen);
        return 0;
      case 'pairing': {
        failures = 0;
        log('info', 'waiting to be paired', { code: answer.code, device: identity.key.id });
        events.onPairing(answer.code);
        const leftMs = Math.min(MOST_CODE_MS, Math.max(LEAST_CODE_MS, answer.expiresAtMs - clock.nowMs()));
        whileOpen(
          timers.after(leftMs, () => {
            if (!isWelcome) socket.close();
          }),
        );
        return 0;
      }
      case 'error':
        log('error', 'refused by the server', { code: answer.error.code, reason: answer.error.message });
        timers.after(0, () => socket.close());
        return answer.error.retryable ? 0 : MOST_WAIT_MS;
    }
  }

  function enter(welcome: Welcome, socket: PlayerSocket, whileOpen: (cancel: () => void) => void): void {
    log('info', 'linked', { screen: welcome.screen, program: welcome.program, device: identity.key.id });
    const isAgain = isWelcome;
    failures = 0;
    isWelcome = true;
    events.onWelcome(welcome, socket);
    if (isAgain) return;
    whileOpen(keepTime(socket, timers, () => clock.monoMs(), events.onTime));
    whileOpen(every(timers, STATUS_PERIOD_MS, report));
    report();
  }

  function report(): void {
    if (isWelcome) current?.tell(PLAYER_EVENTS.status, events.status());
  }

  return {
    start: () => void dial(),
    report,
    isOnline: () => isWelcome,
    stop() {
      isStopped = true;
      cancelWait?.();
      current?.close();
    },
  };
}
