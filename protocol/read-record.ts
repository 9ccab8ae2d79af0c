/** Reading a journal record: nearly all are plays, and a play with nothing unusual is known by a look at its fields. */
import type { PlayRecord, ProofRecord } from '../domain/proof/record.ts';
import { recordSchema } from './proof.ts';

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const SLOT_ID = /^\d{4}-\d{2}-\d{2}\/\d{1,16}$/;
const PLAY_KEYS = 14;
const EVIDENCE_KEYS = 4;

/**
 * The record that parsed JSON is, by {@link recordSchema}; null where it is none. What is not plainly a play, or bears anything that most
 * plays do not, is left to the schema.
 */
export function readRecord(value: unknown): ProofRecord | null {
  if (isPlainPlay(value)) return value;
  const parsed = recordSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function isPlainPlay(value: unknown): value is PlayRecord {
  if (!isObject(value) || value.kind !== 'play' || Object.keys(value).length !== PLAY_KEYS) return false;
  const { seq, t0, t1, m0, m1, item, sha, campaign, commitment, slot, outcome, reason, evidence } = value;
  return (
    isCount(seq) &&
    isCount(t0) &&
    isCount(t1) &&
    isCount(m0) &&
    isCount(m1) &&
    isLike(item, ID) &&
    isLike(sha, SHA256) &&
    (campaign === null || isLike(campaign, ID)) &&
    (commitment === null || isLike(commitment, ID)) &&
    isLike(slot, SLOT_ID) &&
    (outcome === 'complete' || outcome === 'cut' || outcome === 'failed') &&
    (reason === 'scheduled' || reason === 'make-good' || reason === 'bonus' || reason === 'filler') &&
    isPlainEvidence(evidence)
  );
}

function isPlainEvidence(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value).length !== EVIDENCE_KEYS) return false;
  const { expectedMs, frames, dropped, visible } = value;
  return isCount(expectedMs) && isCount(frames) && isCount(dropped) && (visible === 0 || visible === 1);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const isLike = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value);
