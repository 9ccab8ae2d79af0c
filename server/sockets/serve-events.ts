/** Serves the events of one connection: each by its schema, so many at a time, and every other one with an error. */
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import { wireError } from '../../protocol/errors.ts';
import { PLAYER_EVENTS } from '../../protocol/player-link.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type Acknowledge, answerTo, messageOf } from './answer-to.ts';
import { createMessageGate } from './message-gate.ts';

/** The events of a connection. */
export type ServedEvents = {
  /** Serves an event. */
  on<S extends z.ZodType>(event: string, schema: S, handle: (body: z.output<S>) => unknown): void;
  /** Counts a message that was refused for being one too many; far too many end the connection. */
  countRefused(): void;
};

/** Begins to serve `socket`. */
export function serveEvents(socket: Socket, clock: Clock, log: Log): ServedEvents {
  const gate = createMessageGate(clock);
  const served = new Set<string>();

  /** Whether the message may be looked at; one too many is answered, and far too many end the connection. */
  function passes(acknowledge: Acknowledge): boolean {
    const verdict = gate();
    if (verdict === 'refuse') acknowledge({ kind: 'error', ...wireError('too-many-requests', 'too many messages') });
    if (verdict === 'cut') socket.disconnect(true);
    return verdict === 'take';
  }

  socket.onAny((event: string, ...args: unknown[]) => {
    if (served.has(event)) return;
    const { acknowledge } = messageOf(args);
    if (passes(acknowledge)) acknowledge({ kind: 'error', ...wireError('bad-request', 'there is no such event') });
  });

  return {
    on(event, schema, handle) {
      served.add(event);
      socket.on(event, (...args: unknown[]) => {
        const { body, acknowledge } = messageOf(args);
        // Segments have a bound of their own, and a backlog is to go up as fast as it is taken.
        if (event !== PLAYER_EVENTS.segment && !passes(acknowledge)) return;
        void answerTo(event, schema, handle, body, acknowledge, log);
      });
    },
    countRefused() {
      passes(() => undefined);
    },
  };
}
