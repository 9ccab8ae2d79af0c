/** A WebSocket client of a few lines that keeps to no rules: it sends what it is told, byte for byte, and reads when it is told. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Opcodes of RFC 6455 section 5.2. */
export const OPCODE = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** The connection. */
export type RawSocket = {
  /** Sends a frame that is masked as clients must. */
  frame(opcode: number, payload: Uint8Array | string): void;
  /** Sends text as one message. */
  text(payload: string): void;
  /** Sends bytes as they are. */
  bytes(payload: Uint8Array | string): void;
  /** The next text that `isWanted`, of those that have come and come. */
  next(isWanted: (text: string) => boolean): Promise<string>;
  /** Stops reading: what the server sends piles up there. */
  stopReading(): void;
  /** Resolves when the connection has ended. */
  readonly ended: Promise<unknown>;
  end(): void;
};

/** Opens a TCP connection to a server's address and nothing more. */
export async function openTcp(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // A connection that is cut is what is waited for; how is all the same.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Opens a WebSocket to Engine.IO. */
export async function openRaw(url: string): Promise<RawSocket> {
  const tcp = await openTcp(url);
  const key = randomBytes(16).toString('base64');
  tcp.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${new URL(url).host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  const reader = createReader();
  const [first] = await once(tcp, 'data');
  reader.head(first);
  tcp.on('data', reader.add);
  // Told to close, it does, as anybody would.
  reader.onClose(() => tcp.end());
  return {
    frame: (opcode, payload) => void tcp.write(maskedFrame(opcode, Buffer.from(payload))),
    text: (payload) => void tcp.write(maskedFrame(OPCODE.text, Buffer.from(payload))),
    bytes: (payload) => void tcp.write(payload),
    next: reader.next,
    stopReading: () => void tcp.pause(),
    // Whoever does not read does not see the end either, but finds that nothing can be sent any more.
    ended: new Promise((resolve) => tcp.once('close', resolve)),
    end: () => void tcp.destroy(),
  };
}

/** A frame with a length of its own form (RFC 6455 section 5.2), masked with zeros, which changes nothing. */
function maskedFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const size = length < 126 ? Buffer.alloc(2) : length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10);
  size[0] = 0x80 | opcode;
  size[1] = 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (size.length === 4) size.writeUInt16BE(length, 2);
  if (size.length === 10) size.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([size, Buffer.alloc(4), payload]);
}

/** Takes the server's frames apart; they are not masked. */
function createReader(): {
  head(bytes: Buffer): void;
  add(bytes: Buffer): void;
  next: RawSocket['next'];
  onClose(listener: () => void): void;
} {
  let closed = (): void => undefined;
  let rest = Buffer.alloc(0);
  const texts: string[] = [];
  const waiting = new Set<() => void>();

  function add(bytes: Buffer): void {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const short = (rest[1] ?? 0) & 0x7f;
      const start = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (rest.length < start) break;
      const length = short === 127 ? Number(rest.readBigUInt64BE(2)) : short === 126 ? rest.readUInt16BE(2) : short;
      if (rest.length < start + length) break;
      if (((rest[0] ?? 0) & 0x0f) === OPCODE.close) closed();
      texts.push(rest.subarray(start, start + length).toString());
      rest = rest.subarray(start + length);
    }
    for (const look of [...waiting]) look();
  }

  return {
    add,
    onClose(listener) {
      closed = listener;
    },
    head(bytes) {
      add(bytes.subarray(bytes.indexOf('\r\n\r\n') + 4));
    },
    next: (isWanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          const at = texts.findIndex(isWanted);
          if (at < 0) return;
          waiting.delete(look);
          resolve(texts.splice(at, 1)[0] ?? '');
        };
        waiting.add(look);
        look();
      }),
  };
}
