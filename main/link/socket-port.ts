/** The socket to the server, as the link uses it. */
import { io } from 'socket.io-client';
import { MAX_MESSAGE_BYTES, PLAYER_NAMESPACE } from '../../protocol/player-link.ts';

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
export function socketConnect(server: string): Connect {
  return () =>
    new Promise((resolve, reject) => {
      const socket = io(new URL(PLAYER_NAMESPACE, server).href, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        timeout: CONNECT_TIMEOUT_MS,
        // Handed on to the WebSocket, which would take a hundred megabytes.
        transportOptions: { websocket: { maxPayload: MAX_MESSAGE_BYTES } },
      });
      socket.once('connect_error', (error) => {
        socket.close();
        reject(error);
      });
      socket.once('connect', () =>
        resolve({
          request: (event, body, timeoutMs) =>
            new Promise((answer, giveUp) => {
              // Socket.IO itself would let a request wait for its time to run out although nobody is there any more.
              const lost = (reason: string): void => giveUp(new Error(`connection lost: ${reason}`));
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
        }),
      );
    });
}
