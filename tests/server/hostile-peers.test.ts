/** Peers that keep to no rules: they are told so or cut off, and nobody else notices. */
import { sign } from 'node:crypto';
import type { Socket } from 'socket.io-client';
import { expect, test } from 'vitest';
import { wireErrorSchema } from '../../protocol/errors.ts';
import { CHALLENGE_CONTEXT, PLAYER_EVENTS } from '../../protocol/player-link.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { codeOf, endOf, hostileRig } from '../helpers/hostile-rig.ts';
import { bootRecord } from '../helpers/plays.ts';
import { openRaw } from '../helpers/raw-socket.ts';
import { NOON_UTC_MS, startTestController } from '../helpers/test-controller.ts';
import { connectDevice, emptyJournal, newDeviceKey, nextSegment, prove } from '../helpers/test-device.ts';

const rig = hostileRig();

test('[SK3] a connection that does not prove whose it is, or joins nothing, is cut in time', async () => {
  const impatient = await startTestController({}, null, { proveWithinMs: 50 });
  const silent = await connectDevice(impatient.url);
  const raw = await openRaw(impatient.url);
  await Promise.all([endOf(silent), raw.ended]);
  await impatient.close();
});

test('[SK3] a proven connection stays whose it is', async () => {
  const other = newDeviceKey();
  const hello = { protocol: PROTOCOL_VERSION, publicKey: other.publicKey, build: 'test', enrolToken: null };
  expect(codeOf(await rig.good.socket.emitWithAck(PLAYER_EVENTS.hello, hello))).toBe('bad-request');
  expect(rig.server.controller.services.fleet.live('screen-1').online).toBe(true);
});

test('[SK3] [N2] a proof that was used is none any more, nor one for another challenge', async () => {
  const socket = await rig.connect();
  const key = newDeviceKey();
  const hello = { protocol: PROTOCOL_VERSION, publicKey: key.publicKey, build: 'test', enrolToken: null };
  const proofOf = (nonce: string): { signature: string } => ({
    signature: sign(null, Buffer.from(CHALLENGE_CONTEXT + nonce), key.privateKey).toString('base64'),
  });
  const { nonce: first } = await socket.emitWithAck(PLAYER_EVENTS.hello, hello);
  await socket.emitWithAck(PLAYER_EVENTS.hello, hello);
  expect(codeOf(await socket.emitWithAck(PLAYER_EVENTS.prove, proofOf(first)))).toBe('proof-of-key-failed');
  const { nonce } = await socket.emitWithAck(PLAYER_EVENTS.hello, hello);
  expect(await socket.emitWithAck(PLAYER_EVENTS.prove, proofOf(nonce))).toMatchObject({ kind: 'pairing' });
  expect(codeOf(await (await rig.connect()).emitWithAck(PLAYER_EVENTS.prove, proofOf(nonce)))).toBe('bad-request');
});

test('[SK3] a player that leaves while it is being let in is not taken for connected', async () => {
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let isHeld = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    isHeld = resolve;
  });
  const slow = await startTestController({
    catalogue: (store) => ({
      ...store,
      async apply(changes) {
        if (changes.some(({ collection }) => collection === 'devices')) {
          isHeld();
          await held;
        }
        return store.apply(changes);
      },
    }),
  });
  const { enrolment, fleet } = slow.controller.services;
  const socket = await connectDevice(slow.url);
  void prove(socket, newDeviceKey(), enrolment.tokenFor('screen-1')).catch(() => undefined);
  await reached;
  socket.disconnect();
  // The server has heard of it once it has answered another one a few times.
  const other = await connectDevice(slow.url);
  for (let k = 0; k < 3; k += 1) await other.emitWithAck(PLAYER_EVENTS.time, { sentAtMs: k });
  goOn();
  for (let k = 0; k < 3; k += 1) await other.emitWithAck(PLAYER_EVENTS.time, { sentAtMs: k });
  expect(fleet.live('screen-1').online).toBe(false);
  other.disconnect();
  await slow.close();
});

test('[G2] [G5] a segment from years ago is stored once however often it comes, and never under another device', async () => {
  const { key, socket } = await rig.anotherPlayer('old');
  const old = nextSegment(emptyJournal(), key, 'old', null, [bootRecord(Date.UTC(1999, 11, 31))]);
  rig.server.clock.advance(30 * 365 * 86_400_000);
  for (let k = 0; k < 5; k += 1) {
    expect(await socket.emitWithAck(PLAYER_EVENTS.segment, old)).toMatchObject({ kind: 'stored' });
  }
  expect(await rig.server.ledger.segments.position(key.id)).toEqual({ epoch: 0, nextSegment: 1 });
  expect(await rig.good.socket.emitWithAck(PLAYER_EVENTS.segment, old)).toMatchObject({ reason: 'device-foreign' });
});

test('[SK4] of more than four segments under way the rest is told to come again, and is stored then', async () => {
  const { key, socket } = await rig.anotherPlayer('many');
  const journal = emptyJournal();
  const segments = Array.from({ length: 9 }, () => nextSegment(journal, key, 'many', null, [bootRecord(NOON_UTC_MS)]));
  const answers = await Promise.all(segments.map((segment) => socket.emitWithAck(PLAYER_EVENTS.segment, segment)));
  expect(answers.slice(0, 4).map(({ kind }) => kind)).toEqual(Array(4).fill('stored'));
  for (const answer of answers.slice(4)) {
    expect(answer).toMatchObject({ kind: 'error', error: { code: 'too-many-requests', retryable: true } });
  }
  for (const segment of segments.slice(4)) {
    expect(await socket.emitWithAck(PLAYER_EVENTS.segment, segment)).toMatchObject({ kind: 'stored' });
  }
});

test('[SK4] beyond 500 messages in ten seconds they are refused, then taken again; beyond 5000 more the connection is cut', async () => {
  const { socket } = await rig.anotherPlayer('flood');
  const ask = (): Promise<unknown> => socket.emitWithAck(PLAYER_EVENTS.time, { sentAtMs: 1 });
  const flood = await Promise.all(Array.from({ length: 600 }, ask));
  const refused = flood.filter((answer) => wireErrorSchema.safeParse(answer).success);
  // Hello and proof were two of them.
  expect(refused).toHaveLength(102);
  expect(codeOf(refused[0])).toBe('too-many-requests');
  rig.server.clock.advance(10_000);
  expect(await ask()).toMatchObject({ receivedAtMs: expect.any(Number) });
  const cut = endOf(socket);
  for (let k = 0; k < 6000; k += 1) socket.emit(k % 2 === 0 ? PLAYER_EVENTS.time : 'hallo', { sentAtMs: 1 });
  await rig.good.push();
  await cut;
});

test('[SK6] from a stranger that says too much nothing more is read until its time has come, and others are', async () => {
  const raw = await rig.join();
  let answered = 0;
  const all = Array.from({ length: 100 }, (_, k) =>
    raw
      .next((text) => text.startsWith(`43/player,${k}[`))
      .then(() => {
        answered += 1;
      }),
  );
  for (let k = 0; k < 100; k += 1) raw.text(`42/player,${k}["time",{"sentAtMs":${'1'.repeat(300)}}]`);
  for (let k = 0; k < 20; k += 1) await rig.good.push();
  expect(answered).toBeGreaterThan(10);
  expect(answered).toBeLessThan(100);
  raw.end();
  void Promise.all(all);
});

test('[SK5] whoever asks and does not read is cut off before its answers fill the memory', async () => {
  const { ingest, jobs, fleet } = rig.server.controller.services;
  const { key, socket } = await rig.anotherPlayer('slow');
  socket.disconnect();
  const journal = emptyJournal();
  const sender = { device: key.id, screen: 'slow', publicKey: key.publicKey };
  const hashes: string[] = [];
  for (let k = 0; k < 64; k += 1) {
    const answer = await ingest.push(nextSegment(journal, key, 'slow', null, [bootRecord(NOON_UTC_MS)]), sender);
    if (answer.kind === 'stored') hashes.push(answer.hash);
  }
  // Proofs are longer in a longer log.
  await rig.server.ledger.log.append(Array.from({ length: 8192 }, (_, k) => `entry ${k}`));
  await jobs.run('log-signing');
  const raw = await rig.join();
  const hello = { protocol: PROTOCOL_VERSION, publicKey: key.publicKey, build: 'x', enrolToken: null };
  raw.text(`42/player,0["hello",${JSON.stringify(hello)}]`);
  const nonce = /"nonce":"([^"]+)"/.exec(await raw.next((text) => text.startsWith('43/player,0')))?.[1] ?? '';
  const signature = sign(null, Buffer.from(CHALLENGE_CONTEXT + nonce), key.privateKey).toString('base64');
  raw.text(`42/player,1["prove",{"signature":"${signature}"}]`);
  await raw.next((text) => text.startsWith('43/player,1[{"kind":"welcome"'));
  expect(fleet.live('slow').online).toBe(true);
  raw.stopReading();
  for (let k = 0; fleet.live('slow').online; k += 1) {
    // What the machine itself holds back for a connection is some megabytes, and of questions that come while one is under way most are refused.
    expect(k).toBeLessThan(20_000);
    raw.text(`42/player,${k + 2}["receipts",{"hashes":${JSON.stringify(hashes)}}]`);
    await rig.good.push();
    rig.server.clock.advance(1000);
  }
  raw.end();
});

test('[SK1] three hundred players that come back at once are all let in', async () => {
  const model = rig.server.catalogue.snapshot().screens.get('screen-1');
  if (!model) throw new Error('the small town has no screen');
  const ids = Array.from({ length: 300 }, (_, k) => `fleet-${k}`);
  await rig.server.catalogue.apply(ids.map((id) => ({ op: 'put', collection: 'screens', entity: { ...model, id } })));
  const { enrolment, fleet } = rig.server.controller.services;
  const keys = ids.map(newDeviceKey);
  await Promise.all(ids.map((id, k) => enrolment.redeem(enrolment.tokenFor(id), keys[k]?.publicKey ?? '')));
  const back = async (): Promise<Socket[]> =>
    Promise.all(
      keys.map(async (key) => {
        const socket = await connectDevice(rig.server.url);
        expect((await prove(socket, key)).kind).toBe('welcome');
        return socket;
      }),
    );
  for (let round = 0; round < 2; round += 1) {
    const fleetBack = back();
    await rig.good.push();
    const all = await fleetBack;
    expect(fleet.onlineCount()).toBe(301);
    for (const socket of all) socket.disconnect();
    await expect.poll(() => fleet.onlineCount()).toBe(1);
  }
});
