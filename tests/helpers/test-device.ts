/** A device as a server meets it: a key of its own, a socket, and segments it signs. */
import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import type { Sha256 } from '../../domain/proof/merkle.ts';
import type { ProofRecord } from '../../domain/proof/record.ts';
import {
  headerHash,
  recordLine,
  recordsRoot,
  type Segment,
  type SegmentHeader,
  segmentSigningText,
} from '../../domain/proof/segment.ts';
import {
  CHALLENGE_CONTEXT,
  PLAYER_EVENTS,
  PLAYER_NAMESPACE,
  type ProveAnswer,
  proveAnswerSchema,
} from '../../protocol/player-link.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';

const sha256: Sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** A key pair and its names on the wire. */
export type DeviceKey = { privateKey: KeyObject; publicKey: string; id: string };

/** A new device key. */
export function newDeviceKey(): DeviceKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { privateKey, publicKey: raw.toString('base64'), id: createHash('sha256').update(raw).digest('hex') };
}

/** Connects to a server's player namespace; resolves once the socket is open. */
export async function connectDevice(url: string): Promise<Socket> {
  const socket = io(url + PLAYER_NAMESPACE, { transports: ['websocket'], reconnection: false, forceNew: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

/** Says hello and proves the key; gives the server's answer. */
export async function prove(socket: Socket, key: DeviceKey, enrolToken: string | null = null): Promise<ProveAnswer> {
  const hello = { protocol: PROTOCOL_VERSION, publicKey: key.publicKey, build: 'test', enrolToken };
  const { nonce } = await socket.emitWithAck(PLAYER_EVENTS.hello, hello);
  const signature = sign(null, Buffer.from(CHALLENGE_CONTEXT + nonce), key.privateKey).toString('base64');
  return proveAnswerSchema.parse(await socket.emitWithAck(PLAYER_EVENTS.prove, { signature }));
}

/** Where a device's journal stands; {@link nextSegment} moves it on. */
export type JournalState = { epoch: number; segment: number; seq: number; prev: string | null; boot: string };

/** An empty journal. */
export const emptyJournal = (): JournalState => ({ epoch: 0, segment: 0, seq: 0, prev: null, boot: randomUUID() });

/** A record without its number. */
export type Unnumbered = ProofRecord extends infer R ? (R extends ProofRecord ? Omit<R, 'seq'> : never) : never;

/** Seals `records` as the journal's next segment; `change` spoils the header before it is signed. */
export function nextSegment(
  journal: JournalState,
  key: DeviceKey,
  screen: string,
  program: string | null,
  records: readonly Unnumbered[],
  change: (header: SegmentHeader) => SegmentHeader = (header) => header,
): Segment {
  const lines = records.map((record, i) => recordLine({ ...record, seq: journal.seq + i } as ProofRecord));
  const header = change({
    v: 1,
    screen,
    device: key.id,
    epoch: journal.epoch,
    boot: journal.boot,
    segment: journal.segment,
    firstSeq: journal.seq,
    count: lines.length,
    root: recordsRoot(
      lines.map((line) => line.slice(0, -1)),
      sha256,
    ),
    prev: journal.prev,
    program,
    manifest: null,
    build: 'test',
    clock: { source: 'server', lastSyncMs: 0, errorMs: 5 },
    beacon: null,
    closedAt: 0,
  });
  const text = canonicalJson(header);
  journal.segment += 1;
  journal.seq += lines.length;
  journal.prev = headerHash(text, sha256);
  const signature = sign(null, Buffer.from(segmentSigningText(text)), key.privateKey).toString('base64');
  return { header: text, signature, body: lines.join('') };
}
