/** Whether a log that a server shows follows the one that was believed, by the word of that one's key. */
import { followSuccessions, type Succession } from '../../domain/proof/succession.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { fromBase64 } from '../../domain/tlog/base64.ts';
import { type Checkpoint, parseCheckpoint, signatureBy } from '../../domain/tlog/checkpoint.ts';
import type { NoteKey } from '../../domain/tlog/signed-note.ts';
import { isIncluded } from '../../domain/tlog/tlog-proof.ts';
import { readEntryOf } from '../../protocol/log-entry.ts';
import type { SuccessionsAnswer } from '../../protocol/player-log.ts';
import { sha256 } from '../sha256.ts';
import { verifyEd25519 } from './verify-ed25519.ts';

/** What a server shows of the logs that its log follows. */
export type ShownSuccessions = Extract<SuccessionsAnswer, { kind: 'successions' }>;

/** The log that follows: its key, its last checkpoint, and the steps to it from the log that was believed. */
export type Succeeding = { key: NoteKey; checkpoint: Checkpoint; steps: Succession[] };

/** Checks what is shown against the key that was believed; the failure says in words what does not hold. */
export async function checkSuccession(shown: ShownSuccessions, key: NoteKey): Promise<Result<Succeeding, string>> {
  const checkpoint = parseCheckpoint(shown.checkpoint);
  const chain = shown.entries.map(({ entry }) => readEntryOf('succession', entry)).filter((step) => step !== null);
  if (!checkpoint || chain.length < shown.entries.length) return fail('the log that is to follow cannot be read');
  const followed = await followSuccessions(chain, key, verifyEd25519, sha256);
  if (!followed) return fail(`${checkpoint.origin} does not follow ${key.name} by its key`);
  const standing = await signatureBy(checkpoint, followed.key, verifyEd25519);
  if (checkpoint.origin !== followed.key.name || standing === null || standing === 'forged') {
    return fail(`the checkpoint is not signed by ${followed.key.name}`);
  }
  const areIncluded = shown.entries.every(({ entry, proof }, index) => {
    const hashes = proof.map(fromBase64).filter((hash) => hash !== null);
    return isIncluded(entry, { index, proof: hashes, checkpoint }, sha256);
  });
  if (!areIncluded) return fail(`${checkpoint.origin} does not hold what is said of it`);
  return ok({ ...followed, checkpoint });
}
