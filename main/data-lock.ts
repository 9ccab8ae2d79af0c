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
 * ends, so that a power cut or kill never leaves a player locked out. Gives the function that lets go.
 */
export async function lockDataFolder(data: string): Promise<() => void> {
  mkdirSync(data, { recursive: true });
  const path = socketPath(data);
  const server = (await listen(path)) ?? (await afterStale(path));
  if (!server) throw new Error(`another player runs on ${data}; give this one a folder of its own (--data)`);
  server.unref();
  return () => {
    server.close();
  };
}

function socketPath(data: string): string {
  const name = createHash('sha256').update(data).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\xunbo-${name}`;
  const inside = join(data, 'agent.sock');
  return Buffer.byteLength(inside) <= MOST_PATH_BYTES ? inside : join(tmpdir(), `xunbo-${name}.sock`);
}

/** A socket that nobody answers on was left by a process that is gone. */
async function afterStale(path: string): Promise<Server | null> {
  if (await isAnswered(path)) return null;
  rmSync(path, { force: true });
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
