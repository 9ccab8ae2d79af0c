/** The player's socket against a server that keeps to no rules. */
import { createServer } from 'node:http';
import { type Namespace, Server } from 'socket.io';
import { expect, onTestFinished, test } from 'vitest';
import { socketConnect } from '../../main/link/socket-port.ts';
import { MAX_MESSAGE_BYTES, PLAYER_EVENTS, PLAYER_NAMESPACE } from '../../protocol/player-link.ts';
import { createManualTime } from './support/manual-time.ts';

/** A server of players that does as `behave` says. */
async function serverThat(behave: (players: Namespace) => void): Promise<string> {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], serveClient: false });
  onTestFinished(() => io.close());
  behave(io.of(PLAYER_NAMESPACE));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

/** Sends `bytes` with the program to whoever connects, once the player says so: it hears of what comes before nobody listens. */
const sending = (bytes: number) => (players: Namespace) => {
  players.on('connection', (socket) => {
    socket.on(PLAYER_EVENTS.time, () => socket.emit(PLAYER_EVENTS.program, 'x'.repeat(bytes)));
  });
};

test('[L16] a server that dies between the opened WebSocket and its answer is no server', async () => {
  const url = await serverThat((players) => players.use((socket) => socket.conn.close()));
  await expect(socketConnect(url, createManualTime(0).timers)()).rejects.toThrow('connection lost');
});

test('[L16] a server that opens the WebSocket and then says nothing is no server after 10 s', async () => {
  const time = createManualTime(0);
  const left = Promise.withResolvers<string>();
  const asked = Promise.withResolvers<void>();
  const url = await serverThat((players) =>
    players.use((socket) => {
      socket.conn.once('close', left.resolve);
      asked.resolve();
    }),
  );
  const connected = socketConnect(url, time.timers)();
  const refused = expect(connected).rejects.toThrow('no answer');
  await asked.promise;
  time.advance(10_000);
  await refused;
  expect(await left.promise).toBe('transport close');
});

test('[L16] nobody waits for the answer of a server that has gone', async () => {
  const time = createManualTime(0);
  const url = await serverThat((players) =>
    players.on('connection', (socket) => void socket.once('time', () => socket.disconnect(true))),
  );
  const socket = await socketConnect(url, time.timers)();
  const gone = new Promise((resolve) => socket.onClose(resolve));
  await expect(socket.request('time', null, 60_000)).rejects.toThrow('connection lost');
  await gone;
  await expect(socket.request('time', null, 60_000)).rejects.toThrow('connection lost');
});

for (const [what, bytes, isTaken] of [
  ['of 200 KB is taken', 200 * 1024, true],
  ['longer than 256 KB ends the connection', MAX_MESSAGE_BYTES, false],
] as const) {
  test(`[L15] a message of a server ${what}`, async () => {
    const socket = await socketConnect(await serverThat(sending(bytes)))();
    const outcome = new Promise<boolean>((resolve) => {
      socket.on(PLAYER_EVENTS.program, () => resolve(true));
      socket.onClose(() => resolve(false));
    });
    socket.tell(PLAYER_EVENTS.time, null);
    expect(await outcome).toBe(isTaken);
    socket.close();
  });
}
