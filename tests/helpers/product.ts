/** The product as a user runs it: a real `xunbo serve` process with a data folder of its own, and its API. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Play } from '../../protocol/http/views.ts';
import { playSchema } from '../../protocol/http/views.ts';

const XUNBO = fileURLToPath(new URL('../../cli/xunbo.js', import.meta.url));
const LOGIN = { login: 'admin', name: '管理员', password: 'correct horse' };

/**
 * How a product is run: more words and variables, and a command before it such as `xvfb-run`. `isLeftNew`: nobody signs in, nor makes the first
 * administrator.
 */
export type Run = { words?: string[]; env?: Record<string, string>; wrapper?: string[]; isLeftNew?: boolean };

/** A product under test. */
export type Product = {
  data: string;
  /** Starts `xunbo serve`; resolves once it answers. `startedAtMs` is when the process was made. */
  start(run?: Run): Promise<{ url: string; pid: number; startedAtMs: number }>;
  /** Ctrl-C; gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL to the server alone; its player lives on or dies with its link. */
  kill(): Promise<void>;
  /** Process ids of the player's own processes, the agent's first. */
  playerPids(): number[];
  /** What the processes have printed so far. */
  output(): string;
  /** Calls the API as the administrator. */
  api<S extends z.ZodType>(schema: S, method: string, path: string, body?: unknown): Promise<z.output<S>>;
  /** Fetches a path as the administrator. */
  fetch(path: string): Promise<Response>;
  /** Every play in the ledger from yesterday to tomorrow, oldest first. */
  plays(): Promise<Play[]>;
  /** Ends everything and removes the data. */
  remove(): Promise<void>;
};

/** Asks `probe` until it gives something; fails after `limitMs` with what it was about. */
export async function eventually<T>(what: string, probe: () => Promise<T | undefined>, limitMs = 90_000): Promise<T> {
  const until = Date.now() + limitMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`not within ${limitMs} ms: ${what}`);
    await pause(200);
  }
}

/** Makes a product with an empty data folder; nothing runs yet. */
export async function createProduct(): Promise<Product> {
  const data = await mkdtemp(join(tmpdir(), 'xunbo-product-'));
  let child: ChildProcess | null = null;
  let url = '';
  let cookie = '';
  let printed = '';

  async function signIn(setupToken: string | undefined): Promise<void> {
    const [path, body] =
      setupToken === undefined
        ? ['/api/session', { login: LOGIN.login, password: LOGIN.password }]
        : ['/api/setup', { token: setupToken, ...LOGIN }];
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`cannot sign in: ${await answer.text()}`);
    cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  }

  async function start({
    words = [],
    env = {},
    wrapper = [],
    isLeftNew = false,
  }: Run = {}): Promise<{ url: string; pid: number; startedAtMs: number }> {
    const line = [...wrapper, process.execPath, XUNBO, 'serve', '--port', '0', '--data', data, ...words];
    const [command = '', ...rest] = line;
    const startedAtMs = Date.now();
    printed = '';
    const server = spawn(command, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      detached: true,
    });
    child = server;
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (chunk) => {
        printed += String(chunk);
      });
    url = await eventually(`a listening server; it printed:\n${printed}`, async () => {
      if (server.exitCode !== null) throw new Error(`xunbo serve ended with ${server.exitCode}: ${printed}`);
      return /Console\s+(http:\/\/\S+?)\/\s/.exec(printed)?.[1]?.replace('localhost', '127.0.0.1');
    });
    if (!isLeftNew) await signIn(/setup\?token=(\S+)/.exec(printed)?.[1]);
    return { url, pid: server.pid ?? 0, startedAtMs };
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const server = child;
    if (!server || server.exitCode !== null || server.signalCode !== null) return server?.exitCode ?? null;
    const exit = once(server, 'exit');
    // A wrapper such as xvfb-run passes no signals on; it ends when the server it runs has ended.
    const pid = processesNaming(data).find((id) => isServer(id)) ?? server.pid;
    if (pid !== undefined) process.kill(pid, signal);
    const [code] = await exit;
    return code;
  }

  async function api<S extends z.ZodType>(
    schema: S,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<z.output<S>> {
    const answer = await fetch(url + path, {
      method,
      headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return schema.parse(JSON.parse(text));
  }

  const product: Product = {
    data,
    start,
    stop: () => end('SIGINT'),
    async kill() {
      await end('SIGKILL');
    },
    playerPids: () => processesNaming(join(data, 'player')),
    output: () => printed,
    api,
    fetch: (path) => fetch(url + path, { headers: { cookie } }),
    async plays() {
      const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
      const page = z.object({ plays: z.array(playSchema), next: z.string().nullable() });
      const all: Play[] = [];
      let cursor = '';
      do {
        const answer = await api(page, 'GET', `/api/plays?from=${day(-1)}&to=${day(1)}&limit=1000${cursor}`);
        all.push(...answer.plays);
        cursor = answer.next === null ? '' : `&cursor=${answer.next}`;
      } while (cursor !== '');
      return all;
    },
    async remove() {
      await end('SIGINT');
      for (const pid of product.playerPids()) killQuietly(pid);
      await rm(data, { recursive: true, force: true, maxRetries: 10 });
    },
  };
  return product;
}

/** Ends one process; one that is gone already is fine. */
export function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Ids of processes whose command line names `path`, oldest first. */
export function processesNaming(path: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path);
      } catch {
        return false;
      }
    })
    .sort((a, b) => a - b);
}

/** Whether a process is a server itself and no wrapper around one. */
function isServer(pid: number): boolean {
  const [program = '', , command] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return program.endsWith('node') && command === 'serve';
}
