/** Messages that keep to no rules: they are answered with an error or end their connection, and nobody else notices. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { wireErrorSchema } from '../../protocol/errors.ts';
import { MAX_MESSAGE_BYTES, PLAYER_EVENTS } from '../../protocol/player-link.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { codeOf, hostileRig } from '../helpers/hostile-rig.ts';
import { bootRecord } from '../helpers/plays.ts';
import { OPCODE, openTcp, type RawSocket } from '../helpers/raw-socket.ts';
import { NOON_UTC_MS } from '../helpers/test-controller.ts';
import { emptyJournal, nextSegment } from '../helpers/test-device.ts';

const rig = hostileRig();

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const garbage: [string, (raw: RawSocket) => void][] = [
  ['random bytes in place of frames', (raw) => raw.bytes(randomBytes(4096))],
  ['a frame of an unknown kind', (raw) => raw.frame(11, 'x')],
  [
    'a frame that says it is longer than anything',
    (raw) => raw.bytes(Buffer.from([0x81, 0xff, ...Array(8).fill(0x7f)])),
  ],
  ['text that is no packet', (raw) => raw.text('hello')],
  ['text that is no UTF-8', (raw) => raw.frame(OPCODE.text, Buffer.from([0x34, 0xc3, 0x28]))],
  ['bytes that no packet announced', (raw) => raw.frame(OPCODE.binary, randomBytes(64))],
  ['a packet whose JSON breaks off', (raw) => raw.text('42/player,["hello",{')],
  ['a packet that is no event', (raw) => raw.text('42/player,{"hello":1}')],
  ['an event with a name of Socket.IO itself', (raw) => raw.text('42/player,["disconnect"]')],
  [
    'more attachments than anybody sends',
    (raw) => raw.text('451000000-/player,["segment",{"_placeholder":true,"num":0}]'),
  ],
  [
    'an attachment that is another',
    (raw) => {
      raw.text('451-/player,["segment",{"_placeholder":true,"num":7}]');
      raw.frame(OPCODE.binary, 'x');
    },
  ],
  [
    'text where an attachment is due',
    (raw) => {
      raw.text('451-/player,["segment",{"_placeholder":true,"num":0}]');
      raw.text('42/player,["time",{"sentAtMs":1}]');
    },
  ],
  ['a message that is too long', (raw) => raw.text(`42/player,["hello","${'x'.repeat(MAX_MESSAGE_BYTES)}"]`)],
  [
    'a message that is too long in pieces',
    (raw) => {
      for (let k = 0; k < 3; k += 1) raw.bytes(pieceOf(k === 0 ? OPCODE.text : 0, MAX_MESSAGE_BYTES / 2));
    },
  ],
];

/** A piece of a message of which more pieces come. */
function pieceOf(opcode: number, length: number): Buffer {
  const head = Buffer.alloc(10);
  head[0] = opcode;
  head[1] = 0xff;
  head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, Buffer.alloc(4), Buffer.alloc(length, '4')]);
}

for (const [what, send] of garbage) {
  test(`[SK1] ${what}: that connection ends, and no other`, async () => {
    const raw = await rig.join();
    send(raw);
    await rig.good.push();
    await raw.ended;
  });
}

test('[SK1] TCP connections that say something else, or half of it, keep nobody from anything', async () => {
  const said = [
    '\u0016\u0003\u0001\u0002\u0000',
    'GET / HTTP/9.9\r\n\r\n',
    `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
    '\r\n'.repeat(1000),
    'GET /socket.io/',
  ];
  const open = await Promise.all(said.map(() => openTcp(rig.server.url)));
  for (const [k, tcp] of open.entries()) tcp.write(said[k] ?? '');
  await rig.good.push();
  for (const tcp of open) tcp.destroy();
});

const bodies: [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a number', 5],
  ['a text', 'x'.repeat(10_000)],
  ['a list', [1, 2, 3]],
  ['another object', { kind: 'nothing', of: 'this' }],
  ['bytes', Buffer.alloc(1000)],
  ['an object of 5,000 keys', Object.fromEntries(Array.from({ length: 5000 }, (_, k) => [`key-${k}`, k]))],
  ['a table of 5,000 texts', { tally: Object.fromEntries(Array.from({ length: 5000 }, (_, k) => [`key-${k}`, 'x'])) }],
  ['a list of 20,000 texts', { hashes: Array.from({ length: 20_000 }, () => 'x') }],
];
const asked = [
  PLAYER_EVENTS.hello,
  PLAYER_EVENTS.prove,
  PLAYER_EVENTS.segment,
  PLAYER_EVENTS.status,
  PLAYER_EVENTS.time,
  PLAYER_EVENTS.shot,
  PLAYER_EVENTS.log,
  PLAYER_EVENTS.receipts,
];

for (const [what, body] of bodies) {
  test(`[SK2] every event answers ${what} with bad-request, and few words`, async () => {
    for (const socket of [await rig.connect(), rig.good.socket]) {
      for (const event of asked) {
        const answer = await socket.emitWithAck(event, ...(body === undefined ? [] : [body]));
        expect([event, codeOf(answer)]).toEqual([event, 'bad-request']);
        expect(wireErrorSchema.parse(answer).error.faults.length).toBeLessThanOrEqual(20);
        expect(JSON.stringify(answer).length).toBeLessThan(10_000);
      }
    }
  });
}

test('[SK2] lists within lists, as deep as a message can hold, are bad-request for every event', async () => {
  const depth = 60_000;
  for (const event of asked) {
    for (const body of [nested(depth), `{"protocol":${nested(depth)},"size":${nested(depth)}}`]) {
      // Each by itself: whoever sends so much is not read from for a while.
      const raw = await rig.join();
      raw.text(`42/player,0["${event}",${body}]`);
      const answer = await raw.next((text) => text.startsWith('43/player,0['));
      expect(codeOf(JSON.parse(answer.slice('43/player,0'.length))[0])).toBe('bad-request');
      raw.end();
    }
  }
});

test('[SK2] an event that there is not, and those that the server itself sends, are answered with bad-request', async () => {
  for (const event of ['hallo', 'program', 'command', '__proto__', 'constructor', '']) {
    expect([event, codeOf(await rig.good.socket.emitWithAck(event, { program: null }))]).toEqual([
      event,
      'bad-request',
    ]);
  }
});

test('[SK2] a message without acknowledgement is looked at all the same, and nobody is answered', async () => {
  rig.good.socket.emit(PLAYER_EVENTS.segment, { header: 1 });
  rig.good.socket.emit(PLAYER_EVENTS.hello);
  rig.good.socket.emit('hallo');
  await rig.good.push();
});

test('[SK2] binary where text is due in a segment is bad-request, and so is a segment whose header is a program', async () => {
  const segment = nextSegment(emptyJournal(), rig.good.key, 'screen-1', null, [bootRecord(NOON_UTC_MS)]);
  for (const bad of [
    { ...segment, header: Buffer.from(segment.header) },
    { ...segment, body: Buffer.from(segment.body) },
    { ...segment, signature: Buffer.from(segment.signature, 'base64') },
    { ...segment, header: JSON.parse(segment.header) },
    { ...segment, body: [segment.body] },
    { ...segment, more: 1 },
  ]) {
    expect(codeOf(await rig.good.socket.emitWithAck(PLAYER_EVENTS.segment, bad))).toBe('bad-request');
  }
});

test('[SK2] [G5] nesting inside the texts of a segment is quarantined like any other fault', async () => {
  const { signature } = nextSegment(emptyJournal(), rig.good.key, 'screen-1', null, [bootRecord(NOON_UTC_MS)]);
  const header = nested(2000);
  const answer = await rig.good.socket.emitWithAck(PLAYER_EVENTS.segment, { header, signature, body: nested(50_000) });
  expect(answer).toMatchObject({ kind: 'quarantined', reason: 'header-malformed' });
  const deep = nextSegment({ ...emptyJournal(), segment: 0 }, rig.good.key, 'screen-1', null, [
    bootRecord(NOON_UTC_MS),
  ]);
  expect(
    await rig.good.socket.emitWithAck(PLAYER_EVENTS.segment, { ...deep, body: `{"a":${nested(50_000)}}\n` }),
  ).toMatchObject({ kind: 'quarantined', reason: 'root-wrong' });
});

test('[SK2] another version of the protocol is told so by its own code', async () => {
  const socket = await rig.connect();
  for (const protocol of [0, -1, PROTOCOL_VERSION + 1, Number.MAX_SAFE_INTEGER]) {
    const hello = { protocol, publicKey: rig.good.key.publicKey, build: 'test', enrolToken: null };
    expect(codeOf(await socket.emitWithAck(PLAYER_EVENTS.hello, hello))).toBe('protocol-version');
    expect(
      codeOf(await socket.emitWithAck(PLAYER_EVENTS.prove, { signature: Buffer.alloc(64).toString('base64') })),
    ).toBe('bad-request');
  }
});
