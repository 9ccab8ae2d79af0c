/** A thread that verifies segments and packs the good ones: one after the other, in the order in which they come. */
import { parentPort } from 'node:worker_threads';
import { fail, ok } from '../../domain/result.ts';
import type { VerifiedSegment } from '../stores/ledger-store.ts';
import { type PackedTexts, packSegment, programNamedBy } from '../stores/packed-segment.ts';
import { createStoredPrograms } from '../stores/stored-programs.ts';
import type { FromThread, ToThread } from './verifier-threads.ts';
import { type Received, type Sender, verifySegment } from './verify-segment.ts';

/** Senders held with their keys: making a key costs as much as hashing a segment. */
const MOST_SENDERS = 20_000;

/** Programs held as text. */
const MOST_TEXTS = 500;

const port = parentPort;
if (!port) throw new Error('verify-thread runs as a thread only');

const senders = new Map<string, Sender>();
const wanted = new Map<string, { resolve(body: string | null): void; reject(error: Error): void }>();
const answer = (message: FromThread): void => port.postMessage(message);

/** In the place of texts, which are where they came from. */
const BARE = { header: '', signature: '', body: '' };

/** Texts of programs, with which segments are packed. */
const texts = new Map<string, Uint8Array>();

const programOf = createStoredPrograms({
  async get(hash) {
    const body = await new Promise<string | null>((resolve, reject) => {
      wanted.set(hash, { resolve, reject });
      answer({ kind: 'wanted', hash });
    });
    if (texts.size >= MOST_TEXTS) texts.delete(texts.keys().next().value ?? '');
    if (body !== null) texts.set(hash, Buffer.from(body));
    return body;
  },
});

/** The segment packed with its program, where that is at hand. */
function packed(segment: VerifiedSegment): { packed: PackedTexts } | null {
  const hash = programNamedBy(segment.header);
  const text = hash === null ? null : texts.get(hash);
  if (text === undefined) return null;
  const program = hash === null || text === null ? null : { hash, text };
  // A copy: what a thread is sent is sent with all of the buffer that it lies in.
  return { packed: { bytes: Uint8Array.from(packSegment(segment, { ...segment, program })), program: hash } };
}

/** The same object for the same sender, by which its key is known. */
function known(sender: Sender): Sender {
  const name = `${sender.device} ${sender.screen} ${sender.publicKey}`;
  const found = senders.get(name);
  if (found) return found;
  if (senders.size >= MOST_SENDERS) senders.delete(senders.keys().next().value ?? '');
  senders.set(name, sender);
  return sender;
}

const light = ({ segment, programMissing }: Received): Received => ({
  segment: { ...segment, ...packed(segment), ...BARE },
  programMissing,
});

async function verify({ id, segment, sender, receivedAtMs }: Extract<ToThread, { kind: 'verify' }>): Promise<void> {
  try {
    const result = await verifySegment(segment, known(sender), programOf, receivedAtMs);
    answer({ kind: 'done', id, result: result.ok ? ok(light(result.value)) : fail({ ...result.error, ...BARE }) });
  } catch (error) {
    answer({ kind: 'failed', id, reason: error instanceof Error ? error.message : String(error) });
  }
}

let last: Promise<void> = Promise.resolve();
port.on('message', (message: ToThread) => {
  if (message.kind === 'verify') {
    last = last.then(() => verify(message));
    return;
  }
  const asked = wanted.get(message.hash);
  wanted.delete(message.hash);
  if (message.kind === 'program') asked?.resolve(message.body);
  else asked?.reject(new Error(message.reason));
});
