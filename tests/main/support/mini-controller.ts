/** A controller of a few lines: speaks the player protocol over a real socket, keeps segments in memory, can be told to misbehave. */
import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import type { Program } from '../../../domain/plan/program.ts';
import { canonicalJson } from '../../../domain/proof/canonical-json.ts';
import type { ProofRecord } from '../../../domain/proof/record.ts';
import { bodyLines, headerHash, recordsRoot, type Segment, segmentSigningText } from '../../../domain/proof/segment.ts';
import { sha256, sha256Hex } from '../../../main/sha256.ts';
import {
  CHALLENGE_CONTEXT,
  helloSchema,
  PLAYER_EVENTS,
  PLAYER_NAMESPACE,
  PLAYER_PATHS,
  type PlayerCommand,
  proveSchema,
  type SegmentAnswer,
  type Status,
  shotSchema,
  statusSchema,
  type Takeover,
} from '../../../protocol/player-link.ts';
import { recordSchema, segmentHeaderSchema, segmentSchema } from '../../../protocol/proof.ts';

export type MiniController = {
  url: string;
  /** Segments stored, by `epoch/segment`. */
  stored: Map<string, Segment>;
  records(): ProofRecord[];
  statuses: Status[];
  /** Screens of public keys; a key without one is shown a pairing code. */
  enrol(publicKey: string, screen: string): void;
  setProgram(program: Program | null): string | null;
  addMedia(bytes: Uint8Array): string;
  takeOver(takeover: Takeover | null): void;
  /** Called before a segment is looked at; an answer given back is sent instead. */
  answerWith: ((segment: Segment) => SegmentAnswer | 'silence' | null) | null;
  /** Bytes after which a media transfer is cut off, once, as soon as `hasArrived` says that the other side has some of them. */
  cutMedia: { atByte: number; hasArrived: () => boolean } | null;
  /** The next program fetched comes with another byte in it. */
  forgeNextProgram: boolean;
  mediaRequests: { sha: string; range: string | undefined }[];
  publicKeys: string[];
  /** Pictures that came, by their hash. */
  shots: Map<string, Uint8Array>;
  /** Asks every connected player for something; gives the first answer. */
  command(command: PlayerCommand): Promise<unknown>;
  kick(): void;
  retire(): void;
  close(): Promise<void>;
};

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

export async function startMiniController(
  options: { port?: number; sealAfterMs?: number; shotEveryPlays?: number } = {},
): Promise<MiniController> {
  const http = createServer((request, response) => serveHttp(request, response));
  const io = new Server<DefaultEventsMap, DefaultEventsMap>(http, { serveClient: false });
  const media = new Map<string, Buffer>();
  const screens = new Map<string, string>();
  const programs = new Map<string, string>();
  const fetchToken = randomBytes(16).toString('hex');
  let program: string | null = null;
  let takeover: Takeover | null = null;

  const self: MiniController = {
    url: '',
    stored: new Map(),
    records: () =>
      [...self.stored.values()].flatMap((s) => bodyLines(s.body).map((l) => recordSchema.parse(JSON.parse(l)))),
    statuses: [],
    answerWith: null,
    cutMedia: null,
    forgeNextProgram: false,
    mediaRequests: [],
    publicKeys: [],
    shots: new Map(),
    async command(command) {
      const [socket] = io.of(PLAYER_NAMESPACE).sockets.values();
      return await socket?.timeout(5000).emitWithAck(PLAYER_EVENTS.command, command);
    },
    enrol(publicKey, screen) {
      screens.set(publicKey, screen);
      for (const socket of io.of(PLAYER_NAMESPACE).sockets.values()) {
        if (socket.data.publicKey === publicKey) socket.emit(PLAYER_EVENTS.enrolled, welcome(screen));
      }
    },
    setProgram(next) {
      const text = next ? canonicalJson(next) : null;
      program = text === null ? null : sha256Hex(text);
      if (program !== null && text !== null) programs.set(program, text);
      io.of(PLAYER_NAMESPACE).emit(PLAYER_EVENTS.program, { program });
      return program;
    },
    takeOver(next) {
      takeover = next;
      io.of(PLAYER_NAMESPACE).emit(PLAYER_EVENTS.takeover, { takeover });
    },
    addMedia(bytes) {
      const sha = sha256Hex(bytes);
      media.set(sha, Buffer.from(bytes));
      return sha;
    },
    kick: () => io.of(PLAYER_NAMESPACE).disconnectSockets(true),
    retire: () => {
      screens.clear();
      io.of(PLAYER_NAMESPACE).emit(PLAYER_EVENTS.retired);
    },
    close: async () => {
      await io.close();
    },
  };

  function welcome(screen: string): unknown {
    const last = [...self.stored.keys()]
      .map((k) => k.split('/').map(Number))
      .sort((a, b) => (b[0] ?? 0) - (a[0] ?? 0) || (b[1] ?? 0) - (a[1] ?? 0))[0];
    const next = last ? { epoch: last[0], segment: (last[1] ?? 0) + 1 } : null;
    return {
      kind: 'welcome',
      screen,
      screenName: screen,
      program,
      fetchToken,
      next,
      sealAfterMs: options.sealAfterMs ?? 2000,
      shotEveryPlays: options.shotEveryPlays ?? 0,
      takeover,
    };
  }

  function take(segment: Segment, publicKey: string): SegmentAnswer {
    const header = segmentHeaderSchema.parse(JSON.parse(segment.header));
    const key = createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, Buffer.from(publicKey, 'base64')]),
      format: 'der',
      type: 'spki',
    });
    const hash = headerHash(segment.header, sha256);
    if (!verify(null, Buffer.from(segmentSigningText(segment.header)), key, Buffer.from(segment.signature, 'base64')))
      return { kind: 'quarantined', hash, reason: 'signature' };
    const lines = bodyLines(segment.body);
    if (recordsRoot(lines, sha256) !== header.root || lines.length !== header.count)
      return { kind: 'quarantined', hash, reason: 'root' };
    const id = `${header.epoch}/${header.segment}`;
    const known = self.stored.get(id);
    if (known && known.header !== segment.header)
      return { kind: 'fork', epoch: header.epoch, segment: header.segment, hash: headerHash(known.header, sha256) };
    const before = self.stored.get(`${header.epoch}/${header.segment - 1}`);
    if (header.segment > 0 && !before) {
      let missing = header.segment;
      while (missing > 0 && !self.stored.has(`${header.epoch}/${missing - 1}`)) missing -= 1;
      return { kind: 'rewind', epoch: header.epoch, segment: missing };
    }
    if (before && headerHash(before.header, sha256) !== header.prev)
      return { kind: 'quarantined', hash, reason: 'chain' };
    self.stored.set(id, segment);
    return { kind: 'stored', epoch: header.epoch, segment: header.segment, hash };
  }

  io.of(PLAYER_NAMESPACE).on('connection', (socket: Socket) => {
    const nonce = randomBytes(32).toString('base64');
    socket.on(PLAYER_EVENTS.hello, (body: unknown, reply: (answer: unknown) => void) => {
      socket.data.publicKey = helloSchema.parse(body).publicKey;
      self.publicKeys.push(socket.data.publicKey);
      reply({ nonce });
    });
    socket.on(PLAYER_EVENTS.prove, (body: unknown, reply: (answer: unknown) => void) => {
      const { signature } = proveSchema.parse(body);
      const raw = Buffer.from(socket.data.publicKey, 'base64');
      const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
      if (!verify(null, Buffer.from(CHALLENGE_CONTEXT + nonce), key, Buffer.from(signature, 'base64')))
        throw new Error('bad proof');
      const screen = screens.get(socket.data.publicKey);
      reply(screen ? welcome(screen) : { kind: 'pairing', code: 'ABCD2345', expiresAtMs: Date.now() + 600_000 });
    });
    socket.on(PLAYER_EVENTS.time, (_body: unknown, reply: (answer: unknown) => void) =>
      reply({ receivedAtMs: Date.now(), answeredAtMs: Date.now() }),
    );
    socket.on(PLAYER_EVENTS.status, (body: unknown) => self.statuses.push(statusSchema.parse(body)));
    socket.on(PLAYER_EVENTS.shot, (body: unknown, reply: (answer: unknown) => void) => {
      const { sha, bytes } = shotSchema.parse(body);
      if (sha256Hex(bytes) === sha) self.shots.set(sha, bytes);
      reply({ kind: 'stored' });
    });
    socket.on(PLAYER_EVENTS.segment, (body: unknown, reply: (answer: unknown) => void) => {
      const segment = segmentSchema.parse(body);
      const forced = self.answerWith?.(segment) ?? null;
      if (forced === 'silence') return;
      reply(forced ?? take(segment, socket.data.publicKey));
    });
  });

  function serveHttp(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers.authorization !== `Bearer ${fetchToken}`) return void response.writeHead(401).end();
    const name = (request.url ?? '').split('/').at(-1) ?? '';
    const text = request.url === PLAYER_PATHS.program(name) ? programs.get(name) : undefined;
    if (text !== undefined) {
      response.end(self.forgeNextProgram ? text.replace('film', 'fi1m') : text);
      self.forgeNextProgram = false;
      return;
    }
    const bytes = request.url === PLAYER_PATHS.media(name) ? media.get(name) : undefined;
    if (!bytes) return void response.writeHead(404).end();
    self.mediaRequests.push({ sha: name, range: request.headers.range });
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const part = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': part.length });
    const cut = self.cutMedia;
    if (cut && part.length > cut.atByte) {
      self.cutMedia = null;
      response.write(part.subarray(0, cut.atByte));
      const look = setInterval(() => cut.hasArrived() && response.destroy(), 10);
      response.once('close', () => clearInterval(look));
      return;
    }
    response.end(part);
  }

  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = http.address();
  self.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return self;
}
