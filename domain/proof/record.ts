/** Proof-of-play records: one line of a player's journal each, and when a play counts. */
import type { SlotReason } from '../plan/day-plan.ts';

/** A play counts if it ran its full length within this many milliseconds (the trade's rule). */
export const FULL_LENGTH_TOLERANCE_MS = 500;

/** How a showing ended: at full length, cut off before, or without having been shown. */
export type PlayOutcome = 'complete' | 'cut' | 'failed';

/**
 * What was seen of the showing: `expectedMs` by the program, frames presented and lost, and whether the page was visible (1) or not (0).
 * `shot`: SHA-256 of a picture of the screen taken meanwhile, where one was.
 */
export type PlayEvidence = {
  expectedMs: number;
  frames: number;
  dropped: number;
  visible: 0 | 1;
  shot?: string | undefined;
};

/** Times of every record: wall clock as believed (UTC ms) and monotonic clock since boot of the agent (ms), at start and end. */
export type RecordTimes = { t0: number; t1: number; m0: number; m1: number };

/** One showing of an item. `sha` is of what was shown; `slot` is a slot id; `commitment` and `campaign` are null for filler. */
export type PlayRecord = RecordTimes & {
  kind: 'play';
  seq: number;
  item: string;
  sha: string;
  campaign: string | null;
  commitment: string | null;
  slot: string;
  outcome: PlayOutcome;
  reason: SlotReason;
  evidence: PlayEvidence;
};

/** The agent started. `recovered` 1: the journal's tail was torn or a play was under way, so at most one play is missing before this. */
export type BootRecord = RecordTimes & {
  kind: 'boot';
  seq: number;
  reason: 'start' | 'recovered';
  evidence: { recovered: 0 | 1; tornBytes: number };
};

/** The believed wall clock was stepped: t0 before, t1 after the step. */
export type ClockRecord = RecordTimes & {
  kind: 'clock';
  seq: number;
  reason: 'synchronised' | 'stepped';
  evidence: { offsetMs: number; errorMs: number };
};

/** Time the player knows it cannot account for. */
export type GapRecord = RecordTimes & {
  kind: 'gap';
  seq: number;
  reason: 'asleep' | 'journal-failed';
  evidence: Record<string, never>;
};

/** Why promised plays can no longer be made today. */
export const SHORTFALL_REASONS = [
  'player-down',
  'media-missing',
  'playback-failed',
  'booked-out',
  'not-enrolled',
  'taken-over',
  'withdrawn',
] as const;

/** One of {@link SHORTFALL_REASONS}. */
export type ShortfallReason = (typeof SHORTFALL_REASONS)[number];

/** A day of service is over: counted plays and make-goods of every commitment, and why some are short. */
export type DayCloseRecord = RecordTimes & {
  kind: 'dayclose';
  seq: number;
  reason: 'closed';
  evidence: {
    date: string;
    plays: Record<string, number>;
    makeGoods: Record<string, number>;
    short: Record<string, ShortfallReason>;
  };
};

/**
 * The screen went into another mode: showing by plan, closed, or without a program. `taken-over`: an emergency message stood over everything
 * from t0 to t1; `subject` is its id, `sha` the hash of its text. `withdrawn`: the player removed the item `subject` from the screen and from its cache.
 */
export type ModeRecord = RecordTimes & { kind: 'mode'; seq: number } & (
    | { reason: 'open' | 'closed' | 'no-program' | 'stopped'; evidence: Record<string, never> }
    | { reason: 'taken-over' | 'withdrawn'; evidence: { subject: string; sha: string } }
  );

/** One line of the journal. `seq` counts up by one without a gap over the whole epoch. */
export type ProofRecord = PlayRecord | BootRecord | ClockRecord | GapRecord | DayCloseRecord | ModeRecord;

/** A record that has not been given its `seq` yet. */
export type UnnumberedRecord = ProofRecord extends infer R ? (R extends ProofRecord ? Omit<R, 'seq'> : never) : never;

/**
 * Whether a play counts: it ran its full length within {@link FULL_LENGTH_TOLERANCE_MS} by the monotonic clock, was rendered
 * and visible. `expectedMs` is of the program, not of the record, where the caller knows the program.
 */
export function countsAsPlay(play: PlayRecord, expectedMs: number = play.evidence.expectedMs): boolean {
  const ranMs = play.m1 - play.m0;
  return (
    play.outcome === 'complete' &&
    Math.abs(ranMs - expectedMs) <= FULL_LENGTH_TOLERANCE_MS &&
    play.evidence.frames > 0 &&
    play.evidence.visible === 1
  );
}
