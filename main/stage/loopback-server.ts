/** The bridge to a page in a plain Chromium: HTTP on the loopback address only, everything below a token of this start. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { STAGE_PATHS, type StageCommand, type StageEvent, stageEventSchema } from '../../protocol/stage.ts';
import { every, type Timers } from '../clock.ts';
import type { LiveAnswer, LiveProxy } from '../live/live-proxy.ts';
import type { Log } from '../log.ts';
import { byteRange, type FindStageFile, STAGE_HEADERS, type StageFile } from './stage-files.ts';

const MOST_EVENT_BYTES = 64 * 1024;
const KEEP_ALIVE_MS = 15_000;

/** The running server. */
export type LoopbackServer = {
  /** Address of the page, token included: `http://127.0.0.1:PORT/TOKEN/index.html`. */
  url: string;
  /** Sends a command to the page that listens, if one does. */
  send(command: StageCommand): void;
  onEvent(listener: (event: StageEvent) => void): void;
  close(): Promise<void>;
};

/** Starts the server on a free port of 127.0.0.1; `live` answers what lies below `live/`. */
export async function startLoopbackServer(
  find: FindStageFile,
  timers: Timers,
  log: Log,
  live: LiveProxy = async () => null,
): Promise<LoopbackServer> {
  const token = randomBytes(24).toString('base64url');
  let listener: (event: StageEvent) => void = () => undefined;
  let page: ServerResponse | null = null;
  /** What a page that is ready, but whose stream is not open yet, is to be told. */
  let backlog: StageCommand[] | null = null;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathBelow(request.url ?? '', token);
    if (path === null || !isLoopbackHost(request.headers.host)) return refuse(response, 404);
    if (path === STAGE_PATHS.commands && request.method === 'GET') return openStream(request, response);
    if (path === STAGE_PATHS.events && request.method === 'POST') return takeEvent(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 404);
    if (path.startsWith(STAGE_PATHS.live)) return sendLive(response, await live(path));
    const file = await find(path === '' ? 'index.html' : path);
    return file ? sendFile(request, response, file) : refuse(response, 404);
  }

  /** The page that came last is the one; one that it replaces is cut off. */
  function openStream(request: IncomingMessage, response: ServerResponse): void {
    page?.end();
    page = response;
    response.writeHead(200, { ...STAGE_HEADERS, 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    for (const command of backlog ?? []) write(command);
    backlog = null;
    request.on('close', () => {
      if (page === response) page = null;
    });
  }

  function write(command: StageCommand): void {
    page?.write(`data: ${JSON.stringify(command)}\n\n`);
  }

  async function takeEvent(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(request);
    if (text === null) return refuse(response, 413);
    const event = parseEvent(text);
    if (!event) {
      log('warn', 'the page sent an event out of contract', { text: text.slice(0, 200) });
      return refuse(response, 400);
    }
    response.writeHead(204, STAGE_HEADERS).end();
    if (event.type === 'ready') backlog = page ? null : [];
    listener(event);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => refuse(response, 500));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const stopKeepAlive = every(timers, KEEP_ALIVE_MS, () => page?.write(':\n\n'));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/${token}/index.html`,
    send: (command) => {
      if (page) write(command);
      else backlog?.push(command);
    },
    onEvent: (next) => {
      listener = next;
    },
    close: () => {
      stopKeepAlive();
      page?.end();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The part of a request's path below the token, or null where the token is wrong. */
function pathBelow(url: string, token: string): string | null {
  const [path = ''] = url.split('?');
  const [, given = '', rest] = /^\/([^/]*)\/(.*)$/.exec(path) ?? [];
  const a = Buffer.from(given);
  const b = Buffer.from(token);
  return rest !== undefined && a.length === b.length && timingSafeEqual(a, b) ? rest : null;
}

/** A name other than the address itself would be a page elsewhere that had its name resolved to this machine. */
const isLoopbackHost = (host: string | undefined): boolean => /^127\.0\.0\.1:\d+$/.test(host ?? '');

function refuse(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status, STAGE_HEADERS);
  response.end();
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes: Buffer = Buffer.from(part);
    size += bytes.length;
    if (size > MOST_EVENT_BYTES) return null;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parseEvent(text: string): StageEvent | null {
  try {
    const parsed = stageEventSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function sendLive(response: ServerResponse, answer: LiveAnswer | null): void {
  if (!answer) {
    refuse(response, 404);
    return;
  }
  response.writeHead(200, { ...STAGE_HEADERS, 'content-type': answer.mime, 'content-length': answer.body.length });
  response.end(answer.body);
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: StageFile): void {
  const range = byteRange(request.headers.range, file.size);
  const headers = { ...STAGE_HEADERS, 'content-type': file.mime, 'accept-ranges': 'bytes' };
  if (range.kind === 'unsatisfiable') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${file.size}` }).end();
    return;
  }
  const from = range.kind === 'part' ? range.from : 0;
  const to = range.kind === 'part' ? range.to : file.size - 1;
  const partly = range.kind === 'part' ? { 'content-range': `bytes ${from}-${to}/${file.size}` } : {};
  response.writeHead(range.kind === 'part' ? 206 : 200, { ...headers, ...partly, 'content-length': to - from + 1 });
  if (request.method === 'HEAD' || file.size === 0) {
    response.end();
    return;
  }
  const stream = createReadStream(file.path, { start: from, end: to });
  stream.on('error', () => response.destroy());
  response.on('close', () => stream.destroy());
  stream.pipe(response);
}
