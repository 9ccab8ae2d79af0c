/** Commands to a screen and pictures from it: who may, what is refused, and how long pictures stay. */
import { createHash } from 'node:crypto';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { PLAYER_EVENTS, type PlayerCommand, type PlayerCommandAnswer } from '../../protocol/player-link.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { Failure } from '../../server/failure.ts';
import { createShotStore } from '../../server/shots/shot-store.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { startTestController, type TestController } from '../helpers/test-controller.ts';
import { connectDevice, newDeviceKey, prove } from '../helpers/test-device.ts';

let server: TestController;
beforeEach(async () => {
  server = await startTestController();
});
afterEach(() => server.close());

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const picture = (red: number): Promise<Buffer> =>
  sharp({ create: { width: 32, height: 18, channels: 3, background: { r: red, g: 0, b: 0 } } })
    .webp()
    .toBuffer();

/** An enrolled player of screen-1 that answers commands with `answer`. */
async function player(
  answer?: (command: PlayerCommand) => unknown,
): Promise<{ socket: Socket; asked: PlayerCommand[] }> {
  const socket = await connectDevice(server.url);
  onTestFinished(() => void socket.disconnect());
  const asked: PlayerCommand[] = [];
  socket.on(PLAYER_EVENTS.command, (command: PlayerCommand, reply: (given: unknown) => void) => {
    asked.push(command);
    const given = answer?.(command);
    if (given !== undefined) reply(given);
  });
  const welcome = await prove(socket, newDeviceKey(), server.controller.services.enrolment.tokenFor('screen-1'));
  expect(welcome.kind === 'welcome' && welcome.shotEveryPlays).toBe(100);
  return { socket, asked };
}

const command = (body: unknown, screen = 'screen-1') => server.api('POST', `/api/screens/${screen}/command`, body);

test('[UK5] a command reaches the player of the screen, and its answer comes back', async () => {
  const answer: PlayerCommandAnswer = { kind: 'log', lines: ['one', 'two'] };
  const { asked } = await player(() => answer);
  expect(await command({ type: 'log', lines: 2 })).toEqual({ status: 200, body: answer });
  expect(asked).toEqual([{ type: 'log', lines: 2 }]);
});

test('[UK5] a screen whose player is not connected is told apart from one that does not exist', async () => {
  expect(await command({ type: 'reload' })).toMatchObject({
    status: 409,
    body: { error: { code: 'player-offline', retryable: true } },
  });
  expect(await command({ type: 'reload' }, 'nowhere')).toMatchObject({ status: 404 });
  const { socket } = await player(() => ({ kind: 'done' }));
  expect((await command({ type: 'reload' })).status).toBe(200);
  socket.disconnect();
  await expect.poll(async () => (await command({ type: 'reload' })).status).toBe(409);
});

test('[UK5] a player that leaves without an answer, or answers out of contract, is called silent', async () => {
  const { socket } = await player((asked) => {
    if (asked.type === 'reload') return { kind: 'nonsense' };
    socket.disconnect();
    return undefined;
  });
  const silent = { status: 504, body: { error: { code: 'player-silent', retryable: true } } };
  expect(await command({ type: 'reload' })).toMatchObject(silent);
  expect(await command({ type: 'screenshot' })).toMatchObject(silent);
});

test('[UK5] commands need an operator, and a body that fits', async () => {
  const { asked } = await player(() => ({ kind: 'done' }));
  expect((await command({ type: 'explode' })).status).toBe(400);
  expect((await command({ type: 'identify', forMs: 10 })).status).toBe(400);
  const passwordHash = await hashPassword('correct horse');
  const viewer = {
    id: 'u-view',
    unitId: 'centre',
    login: 'viewer',
    name: '查看员',
    role: 'editor' as const,
    passwordHash,
  };
  await server.catalogue.apply([{ op: 'put', collection: 'users', entity: viewer }]);
  const { token } = await server.controller.services.access.signIn('viewer', 'correct horse');
  const cookie = `${server.cookie.split('=')[0]}=${token}`;
  const refused = await fetch(`${server.url}/api/screens/screen-1/command`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'reload' }),
  });
  expect(refused.status).toBe(403);
  expect(asked).toEqual([]);
});

test('[UK4] a picture is kept under its hash and shown to people who may see the screen', async () => {
  const { socket } = await player();
  const webp = await picture(200);
  const body = { sha: sha256(webp), atMs: 1, bytes: webp };
  expect(await socket.emitWithAck(PLAYER_EVENTS.shot, body)).toEqual({ kind: 'stored' });
  expect(await socket.emitWithAck(PLAYER_EVENTS.shot, body)).toEqual({ kind: 'stored' });
  const path = `${server.url}/api/screens/screen-1/shots/${body.sha}`;
  const shown = await fetch(path, { headers: { cookie: server.cookie } });
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/webp']);
  expect(sha256(new Uint8Array(await shown.arrayBuffer()))).toBe(body.sha);
  expect((await fetch(path)).status).toBe(401);
  const of = (screen: string, sha: string): Promise<number> =>
    fetch(`${server.url}/api/screens/${screen}/shots/${sha}`, { headers: { cookie: server.cookie } }).then(
      (r) => r.status,
    );
  expect(await of('screen-2', body.sha)).toBe(404);
  expect(await of('screen-1', 'f'.repeat(64))).toBe(404);
  expect(await of('screen-1', '..%2f..%2fcatalogue')).toBe(404);
});

test('[UK4] what is no WebP, or not what its hash says, is refused, as is a stranger’s', async () => {
  const { socket } = await player();
  const webp = await picture(1);
  const send = (sha: string, bytes: Uint8Array): Promise<unknown> =>
    socket.emitWithAck(PLAYER_EVENTS.shot, { sha, atMs: 1, bytes });
  const bad = { kind: 'error', error: { code: 'bad-request', retryable: false } };
  expect(await send('a'.repeat(64), webp)).toMatchObject(bad);
  const png = await sharp(webp).png().toBuffer();
  expect(await send(sha256(png), png)).toMatchObject(bad);
  const large = Buffer.alloc(200_000);
  expect(await send(sha256(large), large)).toMatchObject(bad);
  const stranger = await connectDevice(server.url);
  onTestFinished(() => void stranger.disconnect());
  const answer = await stranger.emitWithAck(PLAYER_EVENTS.shot, { sha: sha256(webp), atMs: 1, bytes: webp });
  expect(answer).toMatchObject({ error: { code: 'not-allowed' } });
});

test('[UK4] a player may send 60 pictures a minute, and is told to come again', async () => {
  const { socket } = await player();
  const webp = await picture(9);
  const body = { sha: sha256(webp), atMs: 1, bytes: webp };
  for (let n = 0; n < 60; n += 1) await socket.emitWithAck(PLAYER_EVENTS.shot, body);
  const refused = { error: { code: 'too-many-requests', retryable: true } };
  expect(await socket.emitWithAck(PLAYER_EVENTS.shot, body)).toMatchObject(refused);
  server.clock.advance(60_000);
  expect(await socket.emitWithAck(PLAYER_EVENTS.shot, body)).toEqual({ kind: 'stored' });
});

test('[UK4] old pictures go, as do the oldest of a screen that has too many', async () => {
  const folder = await tempFolder();
  const store = createShotStore(folder, 2);
  const pictures = await Promise.all([40, 120, 240].map(picture));
  const shas = pictures.map(sha256);
  for (const [n, webp] of pictures.entries()) {
    await store.keep('screen-1', shas[n] ?? '', webp);
    utimesSync(join(folder, 'screen-1', `${shas[n]}.webp`), 1000 + n, 1000 + n);
    if (n === 1) await store.keep('screen-2', shas[0] ?? '', pictures[0] ?? webp);
  }
  const there = async (): Promise<boolean[]> =>
    await Promise.all(shas.map(async (sha) => (await store.find('screen-1', sha)) !== null));
  expect(await there()).toEqual([false, true, true]);
  expect(await store.expire(1_002_000)).toBe(1);
  expect(await there()).toEqual([false, false, true]);
  expect(await store.find('screen-2', shas[0] ?? '')).not.toBeNull();
  await expect(store.keep('screen-1', shas[0] ?? '', pictures[1] ?? Buffer.alloc(0))).rejects.toBeInstanceOf(Failure);
});
