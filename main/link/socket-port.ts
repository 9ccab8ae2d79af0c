/** The socket to the server, as the link uses it. */
import { io, type Socket } from 'socket.io-client';
import { MAX_MESSAGE_BYTES, PLAYER_NAMESPACE } from '../../protocol/player-link.ts';
import { systemTimers, type Timers } from '../clock.ts';

/** One connection. Nothing that comes in is trusted: callers validate. */
export type PlayerSocket = {
  /** Sends and waits for the acknowledgement; rejects after `timeoutMs` or when the connection is lost. */
  request(event: string, body: unknown, timeoutMs: number): Promise<unknown>;
  /** Sends without waiting. */
  tell(event: string, body: unknown): void;
  /** `reply` acknowledges; where the other side asked for no acknowledgement it does nothing. */
  on(event: string, listener: (body: unknown, reply: (answer: unknown) => void) => void): void;
  /** Calls `listener` once when the connection has ended, from either side. */
  onClose(listener: (reason: string) => void): void;
  close(): void;
};

/** Opens a connection; rejects where none can be made. */
export type Connect = () => Promise<PlayerSocket>;

const CONNECT_TIMEOUT_MS = 10_000;

/** Connections to the controller at `server` (an origin such as `http://127.0.0.1:8080`). Reconnecting is the link's business. */
export function socketConnect(server: string, timers: Timers = systemTimers): Connect {
  return () =>
    new Promise((resolve, reject) => {
      const socket = io(new URL(PLAYER_NAMESPACE, server).href, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        // Handed on to the WebSocket, which would take a hundred megabytes.
        transportOptions: { websocket: { maxPayload: MAX_MESSAGE_BYTES } },
      });
      const giveUp = (error: Error): void => {
        cancelLimit();
        socket.close();
        reject(error);
      };
      // Socket.IO's own limit ends where the WebSocket is open: what is lost or falls silent behind that is no connect error to it, and would be waited for for ever.
      const cancelLimit = timers.after(CONNECT_TIMEOUT_MS, () => giveUp(new Error('no answer to a connection')));
      const lost = (reason: string): void => giveUp(lostBy(reason));
      socket.once('disconnect', lost);
      socket.once('connect_error', giveUp);
      socket.once('connect', () => {
        cancelLimit();
        socket.off('disconnect', lost);
        resolve(portOf(socket));
      });
    });
}

function portOf(socket: Socket): PlayerSocket {
  return {
    request: (event, body, timeoutMs) =>
      new Promise((answer, giveUp) => {
        if (!socket.connected) return giveUp(lostBy('before'));
        // Socket.IO itself would let a request wait for its time to run out although nobody is there any more.
        const lost = (reason: string): void => giveUp(lostBy(reason));
        socket.once('disconnect', lost);
        socket
          .timeout(timeoutMs)
          .emitWithAck(event, body)
          .then(answer, giveUp)
          .finally(() => socket.off('disconnect', lost));
      }),
    tell: (event, body) => {
      socket.volatile.emit(event, body);
    },
    on: (event, listener) => {
      socket.on(event, (body: unknown, acknowledge: unknown) =>
        listener(body, (answer) => {
          if (typeof acknowledge === 'function') acknowledge(answer);
        }),
      );
    },
    onClose: (listener) => {
      socket.once('disconnect', (reason) => listener(reason));
    },
    close: () => {
      socket.close();
    },
  };
}

const lostBy = (reason: string): Error => new Error(`connection lost: ${reason}`);
