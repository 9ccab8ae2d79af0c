/** The player's socket against a server that keeps to no rules. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { expect, onTestFinished, test } from 'vitest';
import { socketConnect } from '../../main/link/socket-port.ts';
import { MAX_MESSAGE_BYTES, PLAYER_EVENTS, PLAYER_NAMESPACE } from '../../protocol/player-link.ts';

/** A server that sends `bytes` with the program to whoever connects. */
async function serverSending(bytes: number): Promise<string> {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], serveClient: false });
  onTestFinished(() => io.close());
  io.of(PLAYER_NAMESPACE).on('connection', (socket) => {
    // Once the player says so: it hears of what comes before nobody listens.
    socket.on(PLAYER_EVENTS.time, () => socket.emit(PLAYER_EVENTS.program, 'x'.repeat(bytes)));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

for (const [what, bytes, isTaken] of [
  ['of 200 KB is taken', 200 * 1024, true],
  ['longer than 256 KB ends the connection', MAX_MESSAGE_BYTES, false],
] as const) {
  test(`[L15] a message of a server ${what}`, async () => {
    const socket = await socketConnect(await serverSending(bytes))();
    const outcome = new Promise<boolean>((resolve) => {
      socket.on(PLAYER_EVENTS.program, () => resolve(true));
      socket.onClose(() => resolve(false));
    });
    socket.tell(PLAYER_EVENTS.time, null);
    expect(await outcome).toBe(isTaken);
    socket.close();
  });
}
