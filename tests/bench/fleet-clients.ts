/** A process of its own that holds many players' sockets to one server, enrolled by the test tokens it is given, or bare ones. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createInterface } from 'node:readline';
import { io, type Socket } from 'socket.io-client';

type Order =
  | { do: 'connect'; url: string; namespace: string; tokens: (string | null)[] }
  | { do: 'wait-for'; event: string; count: number };

/** Sockets opened at one time, so that the listen queue is not what is measured. */
const AT_ONCE = 100;
const sockets: Socket[] = [];

/** Opens one socket; with a token it enrols a new key by the players' handshake, without one it only connects. */
async function open(url: string, namespace: string, token: string | null): Promise<void> {
  const socket = io(url + namespace, { transports: ['websocket'], reconnection: false, forceNew: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  sockets.push(socket);
  if (token === null) return;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const hello = { protocol: 1, publicKey: raw.toString('base64'), build: 'bench', enrolToken: token };
  const { nonce } = await socket.emitWithAck('hello', hello);
  const signature = sign(null, Buffer.from(`xunbo/challenge/v1\n${nonce}`), privateKey).toString('base64');
  const answer = await socket.emitWithAck('prove', { signature });
  if (answer.kind !== 'welcome')
    throw new Error(`not welcomed: ${JSON.stringify(answer)} ${createHash('sha256').update(raw).digest('hex')}`);
}

async function connect({ url, namespace, tokens }: Extract<Order, { do: 'connect' }>): Promise<void> {
  for (let at = 0; at < tokens.length; at += AT_ONCE) {
    await Promise.all(tokens.slice(at, at + AT_ONCE).map((token) => open(url, namespace, token)));
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
  else await waitFor(order.event, order.count);
  process.stdout.write('done\n');
}
