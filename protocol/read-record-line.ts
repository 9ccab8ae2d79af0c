/** Reading a line of a journal: nearly all are plays, which one expression knows, canonical form and all. */

import type { SlotReason } from '../domain/plan/day-plan.ts';
import { parseCanonicalJson } from '../domain/proof/canonical-json.ts';
import type { PlayOutcome, ProofRecord } from '../domain/proof/record.ts';
import { recordSchema } from './proof.ts';

const ID = '"([A-Za-z0-9][A-Za-z0-9._-]{0,127})"';
const ID_OR_NULL = `(?:null|${ID})`;
const COUNT = '(0|[1-9]\\d{0,15})';
const SHA256 = '"([0-9a-f]{64})"';

/** A play in its canonical form: keys in order, nothing between them, every value in the range of {@link recordSchema}. */
const PLAY = new RegExp(
  [
    `^\\{"campaign":${ID_OR_NULL}`,
    `"commitment":${ID_OR_NULL}`,
    `"evidence":\\{"dropped":${COUNT}`,
    `"expectedMs":${COUNT}`,
    `"frames":${COUNT}`,
    `"visible":([01])\\}`,
    `"item":${ID}`,
    '"kind":"play"',
    `"m0":${COUNT}`,
    `"m1":${COUNT}`,
    '"outcome":"(complete|cut|failed)"',
    '"reason":"(scheduled|make-good|bonus|filler)"',
    `"seq":${COUNT}`,
    `"sha":${SHA256}`,
    '"slot":"(\\d{4}-\\d{2}-\\d{2}/\\d{1,16})"',
    `"t0":${COUNT}`,
    `"t1":${COUNT}\\}$`,
  ].join(','),
);

/** The record of a line (without its newline); null where it is none or not in its canonical form. */
export function readRecordLine(line: string): ProofRecord | null {
  // JSON has no line break at its end, where `$` would look past one.
  const play = line.endsWith('\n') ? null : PLAY.exec(line);
  const plain = play && readPlay(play);
  if (plain) return plain;
  const json = parseCanonicalJson(line);
  const parsed = json && recordSchema.safeParse(json.value);
  return parsed?.success ? parsed.data : null;
}

function readPlay(play: RegExpExecArray): ProofRecord | null {
  const [, campaign, commitment, dropped, expectedMs, frames, visible, item, m0, m1, outcome, reason, seq, sha, slot] =
    play;
  const record = {
    kind: 'play' as const,
    seq: Number(seq),
    t0: Number(play[15]),
    t1: Number(play[16]),
    m0: Number(m0),
    m1: Number(m1),
    item: item ?? '',
    sha: sha ?? '',
    campaign: campaign ?? null,
    commitment: commitment ?? null,
    slot: slot ?? '',
    outcome: readOutcome(outcome),
    reason: readReason(reason),
    evidence: {
      expectedMs: Number(expectedMs),
      frames: Number(frames),
      dropped: Number(dropped),
      visible: visible === '1' ? (1 as const) : (0 as const),
    },
  };
  const { evidence } = record;
  const numbers = [record.seq, record.t0, record.t1, record.m0, record.m1, evidence.expectedMs, evidence.frames];
  return numbers.every(Number.isSafeInteger) && Number.isSafeInteger(evidence.dropped) ? record : null;
}

const readOutcome = (text: string | undefined): PlayOutcome =>
  text === 'complete' ? 'complete' : text === 'cut' ? 'cut' : 'failed';

const readReason = (text: string | undefined): SlotReason =>
  text === 'scheduled' ? 'scheduled' : text === 'make-good' ? 'make-good' : text === 'bonus' ? 'bonus' : 'filler';
