/** Asks the witnesses of a policy to cosign a checkpoint (C2SP tlog-witness, the log's side). */
import { toBase64 } from '../../domain/tlog/base64.ts';
import { type Checkpoint, parseCheckpoint, signatureBy } from '../../domain/tlog/checkpoint.ts';
import type { Policy } from '../../domain/tlog/policy.ts';
import { formatNote, type NoteSignature, parseSignatures } from '../../domain/tlog/signed-note.ts';
import type { Log } from '../log.ts';
import { verifyByNode } from './raw-keys.ts';

/** Cosigners. */
export type Cosigners = {
  /** How many can be asked. */
  readonly count: number;
  /** Signatures of those that answered in time, each verified. Never rejects. */
  collect(
    checkpoint: string,
    consistencyFrom: (size: number) => Promise<readonly Uint8Array[] | null>,
  ): Promise<NoteSignature[]>;
};

type Witness = Policy['witnesses'][number] & { url: string };

/** What is sent and what comes back; the body is text. */
export type PostText = (url: string, body: string) => Promise<{ status: number; type: string; body: string }>;

const LIMIT_MS = 5000;

/** Posts by fetch; rejects after 5 s. */
export const postByFetch: PostText = async (url, body) => {
  const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(LIMIT_MS), redirect: 'error' });
  return { status: response.status, type: response.headers.get('content-type') ?? '', body: await response.text() };
};

/** The witnesses of `policy` that have an address. */
export function createCosigners(policy: Policy, post: PostText, log: Log): Cosigners {
  const witnesses = policy.witnesses.filter((one): one is Witness => one.url !== null);
  /** What each is known to have seen last. */
  const seen = new Map<string, number>();

  async function ask(
    witness: Witness,
    text: string,
    checkpoint: Checkpoint,
    consistencyFrom: (size: number) => Promise<readonly Uint8Array[] | null>,
  ): Promise<NoteSignature[]> {
    // A witness that remembers another size than it was told says which; it is asked once more then.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const old = seen.get(witness.name) ?? 0;
      const proof = await consistencyFrom(old);
      if (proof === null) throw new Error(`it has seen ${old} entries, more than there are`);
      const lines = proof.map((hash) => `${toBase64(hash)}\n`).join('');
      const answer = await post(`${witness.url.replace(/\/$/, '')}/add-checkpoint`, `old ${old}\n${lines}\n${text}`);
      if (answer.status === 200) {
        seen.set(witness.name, checkpoint.size);
        return await verified(witness, checkpoint, answer.body);
      }
      const size = /^(0|[1-9]\d{0,15})\n$/.exec(answer.body)?.[1];
      if (answer.status !== 409 || size === undefined || Number(size) === old) {
        throw new Error(`it answers ${answer.status}: ${answer.body.trim().slice(0, 200)}`);
      }
      seen.set(witness.name, Number(size));
    }
    throw new Error('it changes its mind about what it has seen');
  }

  return {
    count: witnesses.length,
    async collect(text, consistencyFrom) {
      const checkpoint = parseCheckpoint(text);
      if (!checkpoint) return [];
      const asked = witnesses.map((witness) =>
        ask(witness, text, checkpoint, consistencyFrom).catch((error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          log.warn({ witness: witness.name, reason }, 'a witness did not cosign');
          return [];
        }),
      );
      return (await Promise.all(asked)).flat();
    },
  };
}

/** The signatures by the key of the policy that verify under the checkpoint; all others are passed over. */
async function verified({ key }: Witness, checkpoint: Checkpoint, lines: string): Promise<NoteSignature[]> {
  const all = parseSignatures(lines) ?? [];
  const own = all.filter(({ name, id }) => name === key.name && id === key.id);
  const under = parseCheckpoint(formatNote({ text: checkpoint.note.text, signatures: own }));
  const standing = under && (await signatureBy(under, key, verifyByNode));
  if (!standing || standing === 'forged') throw new Error('its signature does not verify');
  return own;
}
