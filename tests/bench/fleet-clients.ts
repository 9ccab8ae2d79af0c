/** A process of its own that holds many players' sockets to one server, enrolled by the test tokens it is given, or bare ones. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';

type Order =
  | { do: 'connect'; url: string; namespace: string; tokens: (string | null)[] }
  | { do: 'reconnect'; url: string; namespace: string }
  | { do: 'wait-for'; event: string; count: number };

/** Sockets opened at one time, so that the listen queue is not what is measured. */
const AT_ONCE = 100;
let sockets: Socket[] = [];
/** Keys of those that were enrolled. */
const keys: KeyPair[] = [];

type KeyPair = { privateKey: KeyObject; publicKey: KeyObject };

/** Opens one socket; with a token it enrols a new key by the players' handshake, without one it only connects. */
async function open(url: string, namespace: string, token: string | null): Promise<void> {
  const socket = await connectOne(url, namespace);
  if (token === null) return;
  const pair = generateKeyPairSync('ed25519');
  keys.push(pair);
  await prove(socket, pair, token);
}

async function connectOne(url: string, namespace: string): Promise<Socket> {
  const socket = io(url + namespace, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    timeout: 300_000,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  sockets.push(socket);
  return socket;
}

async function prove(socket: Socket, { privateKey, publicKey }: KeyPair, token: string | null): Promise<void> {
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const hello = { protocol: 1, publicKey: raw.toString('base64'), build: 'bench', enrolToken: token };
  const { nonce } = await socket.timeout(60_000).emitWithAck('hello', hello);
  const signature = sign(null, Buffer.from(`xunbo/challenge/v1\n${nonce}`), privateKey).toString('base64');
  const answer = await socket.timeout(60_000).emitWithAck('prove', { signature });
  if (answer.kind !== 'welcome')
    throw new Error(`not welcomed: ${JSON.stringify(answer)} ${createHash('sha256').update(raw).digest('hex')}`);
}

async function connect({ url, namespace, tokens }: Extract<Order, { do: 'connect' }>): Promise<void> {
  for (let at = 0; at < tokens.length; at += AT_ONCE) {
    await Promise.all(tokens.slice(at, at + AT_ONCE).map((token) => open(url, namespace, token)));
  }
}

/** Leaves, and comes back with all the same keys at once. */
async function reconnect({ url, namespace }: Extract<Order, { do: 'reconnect' }>): Promise<void> {
  for (const socket of sockets) socket.disconnect();
  sockets = [];
  // The system's own connections end a little later, and there may be only so many.
  while (process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length > 0) await setTimeout(100);
  await Promise.all(keys.map((pair) => comeBack(url, namespace, pair)));
}

/** As players do, tries again after a random part of a second where it did not work. */
async function comeBack(url: string, namespace: string, pair: KeyPair): Promise<void> {
  for (;;) {
    try {
      await prove(await connectOne(url, namespace), pair, null);
      return;
    } catch {
      await setTimeout(Math.random() * 1000);
    }
  }
}

/** Resolves once `count` sockets have received `event`. */
function waitFor(event: string, count: number): Promise<void> {
  return new Promise((resolve) => {
    let received = 0;
    for (const socket of sockets) {
      socket.once(event, () => {
        received += 1;
        if (received === count) resolve();
      });
    }
    process.stdout.write('armed\n');
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const order: Order = JSON.parse(line);
  if (order.do === 'connect') await connect(order);
  else if (order.do === 'reconnect') await reconnect(order);
  else await waitFor(order.event, order.count);
  process.stdout.write('done\n');
}
