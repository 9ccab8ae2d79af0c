/** A witness: signs that a log only grew since it saw it last, and remembers that before it answers (C2SP tlog-witness). */
import { fromBase64 } from '../../domain/tlog/base64.ts';
import {
  type Checkpoint,
  parseCheckpoint,
  signatureBy,
  signedMessage,
  timestamped,
} from '../../domain/tlog/checkpoint.ts';
import { type NoteKey, signatureLine } from '../../domain/tlog/signed-note.ts';
import { isConsistent, isEqual } from '../../domain/tlog/tree.ts';
import type { Clock } from '../clock.ts';
import { sha256 } from '../sha256.ts';
import type { NoteKeys } from '../tlog/note-keys.ts';
import { signByNode, verifyByNode } from '../tlog/raw-keys.ts';

/** The last checkpoint of each log that was cosigned, as text; a replaced one is durable when that resolves. */
export type WitnessMemory = {
  last(origin: string): Promise<string | null>;
  remember(origin: string, checkpoint: string): Promise<void>;
};

/** An HTTP answer; `type` null: plain text. */
export type WitnessAnswer = {
  status: 200 | 400 | 403 | 404 | 409 | 422;
  body: string;
  type: 'text/x.tlog.size' | null;
};

/** A witness of the logs whose keys it was given. */
export type Witness = {
  /** Takes the body of `add-checkpoint` and gives the answer that the specification asks for. */
  addCheckpoint(body: string): Promise<WitnessAnswer>;
};

const MOST_PROOF = 63;
const REQUEST = /^old (0|[1-9]\d{0,15})\n((?:[A-Za-z0-9+/=]+\n)*)\n([\s\S]+)$/;

/** Makes a witness. */
export function createWitness(deps: {
  keys: NoteKeys;
  logs: readonly NoteKey[];
  memory: WitnessMemory;
  clock: Clock;
}): Witness {
  const { keys, logs, memory, clock } = deps;
  let running: Promise<unknown> = Promise.resolve();

  async function add(body: string): Promise<WitnessAnswer> {
    const request = parseRequest(body);
    if (!request) return refuse(400, 'not a request of tlog-witness');
    const { old, proof, checkpoint, text } = request;
    const known = logs.filter(({ name }) => name === checkpoint.origin);
    if (known.length === 0) return refuse(404, 'this witness does not know that log');
    if (!(await isSignedBy(checkpoint, known))) return refuse(403, 'not signed by the log');
    if (old > checkpoint.size) return refuse(400, 'the old size is larger than the new one');
    const lastText = await memory.last(checkpoint.origin);
    const last = lastText === null ? null : parseCheckpoint(lastText);
    const lastSize = last?.size ?? 0;
    if (old !== lastSize) return { status: 409, body: `${lastSize}\n`, type: 'text/x.tlog.size' };
    if (last && old === checkpoint.size && !isEqual(last.root, checkpoint.root)) {
      return { status: 409, body: `${lastSize}\n`, type: 'text/x.tlog.size' };
    }
    const before = last ?? { size: 0, root: sha256() };
    if (!isConsistent(before, checkpoint, proof, sha256)) return refuse(422, 'the proof does not hold');
    // Whoever asks next is held to what is remembered, so that it is on the disk before anybody sees a signature.
    await memory.remember(checkpoint.origin, text);
    return { status: 200, body: cosign(checkpoint, keys, Math.floor(clock.nowMs() / 1000)), type: null };
  }

  return {
    addCheckpoint(body) {
      const turn = running.catch(() => undefined).then(() => add(body));
      running = turn;
      return turn;
    },
  };
}

/** The lines of a witness under a checkpoint. */
function cosign(checkpoint: Checkpoint, keys: NoteKeys, timeS: number): string {
  return [keys.ed25519, keys.mlDsa44]
    .map(({ note, privateKey }) => {
      const signature = signByNode(signedMessage(checkpoint, note, timeS), privateKey);
      return signatureLine({ ...note, signature: timestamped(timeS, signature) });
    })
    .join('');
}

async function isSignedBy(checkpoint: Checkpoint, known: readonly NoteKey[]): Promise<boolean> {
  let found = false;
  for (const key of known) {
    const standing = await signatureBy(checkpoint, key, verifyByNode);
    if (standing === 'forged') return false;
    if (standing !== null) found = true;
  }
  return found;
}

function parseRequest(body: string): { old: number; proof: Uint8Array[]; checkpoint: Checkpoint; text: string } | null {
  const [, old = '', lines = '', text = ''] = REQUEST.exec(body) ?? [];
  const checkpoint = parseCheckpoint(text);
  const hashes = lines === '' ? [] : lines.slice(0, -1).split('\n');
  const proof = hashes.map(fromBase64).filter((hash) => hash !== null);
  const isSound = proof.length === hashes.length && proof.length <= MOST_PROOF;
  return checkpoint && isSound ? { old: Number(old), proof, checkpoint, text } : null;
}

const refuse = (status: 400 | 403 | 404 | 422, why: string): WitnessAnswer => ({
  status,
  body: `${why}\n`,
  type: null,
});
