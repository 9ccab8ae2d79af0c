/** Sees to it that one agent at a time uses a data folder. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errnoOf } from './durable-files.ts';

/** Longest path of a Unix socket that every system takes. */
const MOST_PATH_BYTES = 100;

/**
 * Takes the folder (made where there is none), or throws where another agent has it. The lock is a listening socket: it ends with its process, however that
 * ends, so that a power cut or kill never leaves a player locked out. On a disk that is full or cannot be written to the socket has
 * another place, which is looked at in any case. Gives the function that lets go.
 */
export async function lockDataFolder(data: string): Promise<() => void> {
  mkdirSync(data, { recursive: true });
  const inUse = new Error(`another player runs on ${data}; give this one a folder of its own (--data)`);
  const name = createHash('sha256').update(data).digest('hex').slice(0, 24);
  const [path, other] = socketPaths(data, name);
  if (other !== null && (await isAnswered(other))) throw inUse;
  const server = await take(path).catch((error: unknown) => {
    if (other === null || !UNWRITABLE.includes(errnoOf(error) ?? '')) throw error;
    return take(other);
  });
  if (!server) throw inUse;
  server.unref();
  return () => {
    server.close();
  };
}

/** What a disk answers that takes no new name. */
const UNWRITABLE = ['EROFS', 'ENOSPC', 'EDQUOT', 'EIO'];

/** Where the socket lies, and where it lies instead on a disk that takes no new name (null: nowhere). */
function socketPaths(data: string, name: string): [string, string | null] {
  if (process.platform === 'win32') return [`\\\\.\\pipe\\xunbo-${name}`, null];
  const inside = join(data, 'agent.sock');
  const outside = join(tmpdir(), `xunbo-${name}.sock`);
  if (Buffer.byteLength(inside) > MOST_PATH_BYTES) return [outside, null];
  // A name without a file is Linux's own; it needs no disk at all.
  return [inside, process.platform === 'linux' ? `\0xunbo-${name}` : outside];
}

const take = async (path: string): Promise<Server | null> => (await listen(path)) ?? (await afterStale(path));

/** A socket that nobody answers on was left by a process that is gone. */
async function afterStale(path: string): Promise<Server | null> {
  if (await isAnswered(path)) return null;
  if (!path.startsWith('\0')) rmSync(path, { force: true });
  return listen(path);
}

function listen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => (errnoOf(error) === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(path, () => resolve(server));
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
