/** Plays the agent for the stage page: serves the built page, streams commands, takes events, serves media with ranges. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { STAGE_PATHS, type StageCommand, type StageEvent, stageEventSchema } from '../../protocol/stage.ts';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const CSP =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; media-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self' data:";

/** A file the agent serves under `media/<sha>`. */
export type ServedMedia = { path: string; mime: string };

/** An event and when it arrived, in milliseconds of the process clock. */
export type HeardEvent = { event: StageEvent; atMs: number };

/** The agent; `media` may be added to at any time. */
export type StageAgent = {
  url: string;
  media: Map<string, ServedMedia>;
  heard: HeardEvent[];
  command(command: StageCommand): void;
  /** Sends anything at all, for what fits no schema. */
  raw(data: unknown): void;
  /** The first event that `wanted` accepts, among those from index `from` on; rejects after `timeoutMs`. */
  wait<T extends StageEvent['type']>(
    type: T,
    id?: string,
    options?: { from?: number; timeoutMs?: number },
  ): Promise<Extract<StageEvent, { type: T }>>;
  /** Cuts all command streams, as a restart of the agent would. */
  cut(): void;
  /** Answers event posts with this status from now on (200: takes them). */
  answer(status: number): void;
  close(): Promise<void>;
};

/** Starts an agent on a free loopback port that serves the page in `stageDir` under a token. */
export async function startStageAgent(stageDir: string): Promise<StageAgent> {
  const base = '/test-token/';
  const media = new Map<string, ServedMedia>();
  const heard: HeardEvent[] = [];
  const streams = new Set<ServerResponse>();
  const listeners = new Set<() => void>();
  let status = 200;

  const onRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (!path.startsWith(base)) return end(response, 404);
    const rest = path.slice(base.length);
    if (rest === STAGE_PATHS.commands) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': open\n\n');
      streams.add(response);
      request.on('close', () => streams.delete(response));
      for (const listener of [...listeners]) listener();
      return;
    }
    if (rest === STAGE_PATHS.events) {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      if (status !== 200) return end(response, status);
      const event = stageEventSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      heard.push({ event, atMs: performance.now() });
      end(response, 204);
      for (const listener of [...listeners]) listener();
      return;
    }
    const served = rest.startsWith(STAGE_PATHS.media) ? media.get(rest.slice(STAGE_PATHS.media.length)) : null;
    if (served === undefined) return end(response, 404);
    if (served !== null) return serveRange(served, request, response);
    return servePage(stageDir, rest, response);
  };

  const server = createServer((request, response) => {
    onRequest(request, response).catch((thrown: unknown) => {
      console.error(thrown);
      if (!response.headersSent) end(response, 500);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  const raw = (data: unknown): void => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify(data)}\n\n`);
  };
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    media,
    heard,
    command: raw,
    raw,
    wait(type, id, options = {}) {
      const { from = 0, timeoutMs = 30_000 } = options;
      return new Promise((resolve, reject) => {
        const look = (): void => {
          for (const { event } of heard.slice(from)) {
            if (!isOfType(event, type) || (id !== undefined && (!('id' in event) || event.id !== id))) continue;
            clearTimeout(timer);
            listeners.delete(look);
            resolve(event);
            return;
          }
        };
        const timer = setTimeout(() => {
          listeners.delete(look);
          const got = heard.map(({ event }) => JSON.stringify(event)).filter((text) => !text.includes('"pulse"'));
          reject(new Error(`no ${type} of ${id ?? 'any slot'} within ${timeoutMs} ms; heard: ${got.join(' ')}`));
        }, timeoutMs);
        listeners.add(look);
        look();
      });
    },
    cut() {
      for (const stream of streams) stream.destroy();
    },
    answer(given) {
      status = given;
    },
    close() {
      for (const stream of streams) stream.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function isOfType<T extends StageEvent['type']>(event: StageEvent, type: T): event is Extract<StageEvent, { type: T }> {
  return event.type === type;
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

async function servePage(stageDir: string, rest: string, response: ServerResponse): Promise<void> {
  const path = join(stageDir, normalize(`/${rest === '' ? 'index.html' : rest}`));
  const body = await readFile(path).catch(() => null);
  if (body === null) return end(response, 404);
  response.writeHead(200, {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': CSP,
  });
  response.end(body);
}

async function serveRange(served: ServedMedia, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { size } = await stat(served.path);
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const start = asked === null ? 0 : Number(asked[1]);
  const last = asked === null || asked[2] === '' ? size - 1 : Math.min(size - 1, Number(asked[2]));
  const headers = {
    'content-type': served.mime,
    'cache-control': 'no-store',
    'accept-ranges': 'bytes',
    'content-length': last - start + 1,
  };
  if (asked === null) response.writeHead(200, headers);
  else response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${last}/${size}` });
  const file = createReadStream(served.path, { start, end: last });
  response.on('close', () => file.destroy());
  file.on('error', () => response.destroy());
  file.pipe(response);
}
