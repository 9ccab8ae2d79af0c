/** Sends sealed segments in two lanes: what is recorded now goes up at once, and what waits from before goes up beside it, oldest first. */
import type { Timers } from '../clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import { createSendLane, type ProgramHandover } from './send-lane.ts';
import type { PlayerSocket } from './socket-port.ts';

/** The uploader. */
export type Uploader = {
  /** There may be something to send. */
  kick(): void;
  /** A connection that may send, or null when it is gone. */
  setSocket(socket: PlayerSocket | null): void;
  /** Resolves when nothing is left to send, or nothing can be sent. */
  idle(): Promise<void>;
};

/**
 * What the uploader needs. `random` gives [0, 1). `spreadMs`: over how long the players of this server set out with what waits, so that they
 * do not all come at once after an outage of many.
 */
export type UploaderDeps = {
  journal: () => Journal | null;
  timers: Timers;
  random: () => number;
  log: Log;
  spreadMs: () => number;
  programs?: ProgramHandover;
};

/**
 * Creates the uploader of a journal. The chain rule holds within an epoch: the lanes are the present epoch and all before it, and each sends
 * its segments in order.
 */
export function createUploader({ journal, timers, random, log, spreadMs, programs }: UploaderDeps): Uploader {
  const isLive = (of: Journal, { epoch }: { epoch: number }): boolean => epoch === of.position().epoch;
  const deps = { journal, timers, random, log, programs: programs ?? null };
  const live = createSendLane({ ...deps, isMine: isLive });
  const backlog = createSendLane({ ...deps, isMine: (of, ref) => !isLive(of, ref) });
  return {
    kick() {
      live.kick();
      backlog.kick();
    },
    setSocket(socket) {
      live.setSocket(socket, 0);
      backlog.setSocket(socket, socket ? random() * spreadMs() : 0);
    },
    async idle() {
      await live.idle();
      await backlog.idle();
    },
  };
}
