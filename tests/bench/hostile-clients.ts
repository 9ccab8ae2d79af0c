/** A process of its own that does to a server what its worst enemies would, until it is told to stop. */
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { MAX_MESSAGE_BYTES } from '../../protocol/player-link.ts';
import { OPCODE, openRaw, openTcp, type RawSocket } from '../helpers/raw-socket.ts';

/** Enemies of each kind at one time; who is cut off comes back at once. */
const EACH = 5;

const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const keys = JSON.stringify(Object.fromEntries(Array.from({ length: 8000 }, (_, k) => [`key-${k}`, k])));

/** What each kind says again and again. */
const habits: ((raw: RawSocket, nth: number) => void)[] = [
  (raw) => raw.bytes(randomBytes(4096)),
  (raw) => raw.frame(OPCODE.binary, randomBytes(1000)),
  (raw) => raw.text(`42/player,["hello","${'x'.repeat(MAX_MESSAGE_BYTES)}"]`),
  (raw, nth) => raw.text(`42/player,${nth}["hello",${nested}]`),
  (raw, nth) => raw.text(`42/player,${nth}["status",{"tally":${keys}}]`),
  (raw, nth) => raw.text(`42/player,${nth}["time",{"sentAtMs":1}]`),
  (raw, nth) => raw.text(`42/player,${nth}["log",{"size":0}]`),
  (raw, nth) => raw.text(`42/player,${nth}["nothing",1]`),
  // Opens, joins, and says nothing.
  () => undefined,
];

let isOver = false;

async function attack(url: string, kind: number): Promise<void> {
  const habit = habits[kind % habits.length];
  while (!isOver) {
    const raw = await openRaw(url).catch(() => null);
    if (!raw) continue;
    let isOpen = true;
    void raw.ended.then(() => {
      isOpen = false;
    });
    raw.text('40/player,');
    raw.stopReading();
    for (let k = 0; isOpen && !isOver; k += 1) {
      habit?.(raw, k);
      await setImmediate();
    }
    raw.end();
  }
}

/** Connections that say nothing, or half of something. */
async function hold(url: string): Promise<void> {
  const tcp = await openTcp(url);
  tcp.write('GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ');
}

for await (const line of createInterface({ input: process.stdin })) {
  const order: { do: 'attack'; url: string } | { do: 'stop' } = JSON.parse(line);
  if (order.do === 'attack') {
    for (let kind = 0; kind < EACH * habits.length; kind += 1) void attack(order.url, kind).catch(() => undefined);
    await Promise.all(Array.from({ length: 200 }, () => hold(order.url)));
  } else isOver = true;
  process.stdout.write('null\n');
}
