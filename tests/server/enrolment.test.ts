/** How a player becomes the player of a screen, and that nothing else is open to one that proved nothing. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PLAYER_EVENTS, welcomeSchema } from '../../protocol/player-link.ts';
import { startTestController, type TestController } from '../helpers/test-controller.ts';
import { connectDevice, newDeviceKey, prove } from '../helpers/test-device.ts';

let server: TestController;
beforeEach(async () => {
  server = await startTestController();
});
afterEach(() => server.close());

test('[N1] a new player is shown a code, and entering it binds its key to the screen', async () => {
  const key = newDeviceKey();
  const socket = await connectDevice(server.url);
  const answer = await prove(socket, key);
  expect(answer.kind).toBe('pairing');
  const code = answer.kind === 'pairing' ? answer.code : '';
  const enrolled = new Promise((resolve) => socket.once(PLAYER_EVENTS.enrolled, resolve));
  const typed = `${code.slice(0, 4).toLowerCase()}-${code.slice(4)}`;
  const paired = await server.api('POST', '/api/screens/screen-1/pair', { code: typed });
  expect(paired.status).toBe(200);
  expect(welcomeSchema.parse(await enrolled).screen).toBe('screen-1');
  socket.disconnect();
  const again = await connectDevice(server.url);
  expect((await prove(again, key)).kind).toBe('welcome');
  again.disconnect();
});

test('[N2] a signature by another key proves nothing', async () => {
  const socket = await connectDevice(server.url);
  const claimed = newDeviceKey();
  const forged = { ...newDeviceKey(), publicKey: claimed.publicKey, id: claimed.id };
  const answer = await prove(socket, forged);
  expect(answer).toMatchObject({ kind: 'error', error: { code: 'proof-of-key-failed' } });
  socket.disconnect();
});

test('[N3] a code is good for one player, and an unknown or expired one for none', async () => {
  const socket = await connectDevice(server.url);
  const answer = await prove(socket, newDeviceKey());
  const code = answer.kind === 'pairing' ? answer.code : '';
  expect((await server.api('POST', '/api/screens/screen-1/pair', { code: 'ABCD2345' })).body).toMatchObject({
    error: { code: 'pairing-code-unknown' },
  });
  server.clock.advance(16 * 60_000);
  expect((await server.api('POST', '/api/screens/screen-1/pair', { code })).status).toBe(404);
  socket.disconnect();
});

test('[N4] an enrolment token binds the first key that presents it and no other', async () => {
  const token = server.controller.services.enrolment.tokenFor('screen-1');
  const first = await connectDevice(server.url);
  expect((await prove(first, newDeviceKey(), token)).kind).toBe('welcome');
  const second = await connectDevice(server.url);
  expect((await prove(second, newDeviceKey(), token)).kind).toBe('pairing');
  first.disconnect();
  second.disconnect();
});

test('[N5] a released player is told so and cut off, and needs a new code', async () => {
  const key = newDeviceKey();
  const socket = await connectDevice(server.url);
  await prove(socket, key, server.controller.services.enrolment.tokenFor('screen-1'));
  const cut = new Promise((resolve) => socket.once('disconnect', resolve));
  await server.api('DELETE', '/api/screens/screen-1/device');
  await cut;
  const again = await connectDevice(server.url);
  expect((await prove(again, key)).kind).toBe('pairing');
  again.disconnect();
});

test('[N6] nothing but proving is open to a connection that proved nothing', async () => {
  const socket = await connectDevice(server.url);
  const segment = { header: '{}', signature: Buffer.alloc(64).toString('base64'), body: '{}\n' };
  expect(await socket.emitWithAck(PLAYER_EVENTS.segment, segment)).toMatchObject({
    kind: 'error',
    error: { code: 'not-allowed' },
  });
  expect(await socket.emitWithAck(PLAYER_EVENTS.segment, { nonsense: true })).toMatchObject({
    kind: 'error',
    error: { code: 'bad-request' },
  });
  for (const [event, body] of [
    [PLAYER_EVENTS.log, { size: 0 }],
    [PLAYER_EVENTS.receipts, { hashes: ['0'.repeat(64)] }],
    [PLAYER_EVENTS.shot, { sha: '0'.repeat(64), atMs: 0, bytes: Buffer.alloc(1) }],
  ] as const) {
    expect(await socket.emitWithAck(event, body)).toMatchObject({ kind: 'error', error: { code: 'not-allowed' } });
  }
  expect((await fetch(`${server.url}/player/media/${'0'.repeat(64)}`)).status).toBe(403);
  socket.disconnect();
});
