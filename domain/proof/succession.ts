/** Successions: a log that could not go on is followed by another, which says so in its first entries, signed with the old one's key. */
import { fromBase64 } from '../tlog/base64.ts';
import type { VerifySignature } from '../tlog/checkpoint.ts';
import { KEY_TYPES, type NoteKey, parseVkey } from '../tlog/signed-note.ts';
import { canonicalJson } from './canonical-json.ts';
import type { LogEntry } from './log-entry.ts';
import type { Sha256 } from './merkle.ts';

/** The entry that says so. */
export type Succession = Extract<LogEntry, { kind: 'succession' }>;

/** First line of the bytes that the old key signs, so that the signature is good for nothing else; no checkpoint begins so. */
const CONTEXT = 'xunbo/succession/v1\n';

/** The text whose UTF-8 bytes the old log's key signs. */
export const successionText = ({ origin, size, root, next, atMs }: Omit<Succession, 'kind' | 'signature'>): string =>
  CONTEXT + canonicalJson({ origin, size, root, next, atMs });

/**
 * Follows a chain of successions, the oldest first, from the log of `key` to its end. Gives the key of the last log and the steps from `key` on; null where
 * the chain does not name that log, or does not lead on from it by the signatures of each before.
 */
export async function followSuccessions(
  chain: readonly Succession[],
  key: NoteKey,
  verify: VerifySignature,
  sha256: Sha256,
): Promise<{ key: NoteKey; steps: Succession[] } | null> {
  const first = chain.findIndex(({ origin }) => origin === key.name);
  if (first < 0) return null;
  const steps = chain.slice(first);
  let last = key;
  for (const step of steps) {
    const next = parseVkey(step.next, sha256);
    const signature = fromBase64(step.signature);
    if (step.origin !== last.name || next?.type !== KEY_TYPES.ed25519 || !signature) return null;
    if (!(await verify('ed25519', last.publicKey, successionText(step), signature))) return null;
    last = next;
  }
  return { key: last, steps };
}
