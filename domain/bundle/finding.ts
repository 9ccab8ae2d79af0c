/** What a verifier finds, and what it makes of it. */
import type { SegmentFault } from '../proof/check-segment.ts';

/** Verdicts of the proof, the best first. */
export const PROOF_VERDICTS = ['proved', 'proved-with-gaps', 'incomplete', 'contradicted'] as const;

/** One of {@link PROOF_VERDICTS}: all is there and agrees; so it is but for times the player itself declares; something is missing; something cannot be true. */
export type ProofVerdict = (typeof PROOF_VERDICTS)[number];

/**
 * One finding. Spans are UTC ms.
 * Declared: `player-off` (until a start), `recovered` (a start after a crash: at most one play is missing before it), `asleep`, `journal-failed`,
 * `journal-anew` (a new epoch), `clock-stepped`, `clock-unsynchronised`, `not-enrolled` (no device yet), `not-closed` (no signed end of the day), `log-anew`
 * (the log follows another one).
 * Missing: `records-missing` (no record of that time), `segment-refused` (the server did not accept one), `program-missing`, `program-not-logged`,
 * `program-not-assigned`, `programs-unknown` (which program the log had given the screen when the date began is not shown), `no-program`, `no-device`, `device-unknown`
 * (a segment of one the log does not know), `not-logged` (a segment that the log does not hold), `quorum-missing`, `entry-unreadable`.
 * Contradicting: `segment-bad`, `fork`, `other-segment` (another one was logged under its number), `chain-broken`, `plays-overlap`, `count-differs` (the signed
 * end of the day says other counts), `after-logged` (records from after the log had them), `before-beacon` (sealed before what they name existed),
 * `beacon-foreign` (the device saw another log), `manifest-foreign` (its media are not those of its program).
 */
export type Finding =
  | {
      kind: 'player-off' | 'asleep' | 'journal-failed' | 'journal-anew' | 'clock-stepped' | 'not-enrolled';
      fromMs: number;
      toMs: number;
    }
  | { kind: 'recovered'; atMs: number }
  | { kind: 'clock-unsynchronised' | 'not-closed' | 'programs-unknown' | 'no-program' | 'no-device' | 'quorum-missing' }
  | { kind: 'log-anew'; origin: string; size: number }
  | { kind: 'records-missing' | 'plays-overlap'; fromMs: number; toMs: number }
  | { kind: 'segment-refused'; epoch: number; segment: number; reason: string }
  | { kind: 'program-missing' | 'program-not-logged' | 'program-not-assigned'; program: string }
  | { kind: 'device-unknown'; device: string }
  | { kind: 'entry-unreadable'; index: number }
  | { kind: 'segment-bad'; epoch: number; segment: number; fault: SegmentFault }
  | {
      kind:
        | 'fork'
        | 'other-segment'
        | 'chain-broken'
        | 'not-logged'
        | 'after-logged'
        | 'before-beacon'
        | 'beacon-foreign'
        | 'manifest-foreign';
      epoch: number;
      segment: number;
    }
  | { kind: 'count-differs'; commitment: string; signed: number; counted: number };

/** Kinds of findings. */
export type FindingKind = Finding['kind'];

const VERDICT_OF: Record<FindingKind, Exclude<ProofVerdict, 'proved'>> = {
  'player-off': 'proved-with-gaps',
  recovered: 'proved-with-gaps',
  asleep: 'proved-with-gaps',
  'journal-failed': 'proved-with-gaps',
  'journal-anew': 'proved-with-gaps',
  'clock-stepped': 'proved-with-gaps',
  'clock-unsynchronised': 'proved-with-gaps',
  'not-enrolled': 'proved-with-gaps',
  'not-closed': 'proved-with-gaps',
  'log-anew': 'proved-with-gaps',
  'records-missing': 'incomplete',
  'segment-refused': 'incomplete',
  'program-missing': 'incomplete',
  'program-not-logged': 'incomplete',
  'program-not-assigned': 'incomplete',
  'programs-unknown': 'incomplete',
  'no-program': 'incomplete',
  'no-device': 'incomplete',
  'device-unknown': 'incomplete',
  'not-logged': 'incomplete',
  'quorum-missing': 'incomplete',
  'entry-unreadable': 'incomplete',
  'segment-bad': 'contradicted',
  fork: 'contradicted',
  'other-segment': 'contradicted',
  'chain-broken': 'contradicted',
  'plays-overlap': 'contradicted',
  'count-differs': 'contradicted',
  'after-logged': 'contradicted',
  'before-beacon': 'contradicted',
  'beacon-foreign': 'contradicted',
  'manifest-foreign': 'contradicted',
};

/** The worst that the findings come to. */
export const proofVerdict = (findings: readonly Finding[]): ProofVerdict =>
  worstVerdict(findings.map(({ kind }) => VERDICT_OF[kind]));

/** The worst of verdicts; `proved` for none. */
export const worstVerdict = (verdicts: readonly ProofVerdict[]): ProofVerdict =>
  PROOF_VERDICTS.findLast((verdict) => verdicts.includes(verdict)) ?? 'proved';
