/** Verdicts: whether a promise was, is being or can no longer be kept on one screen and day. */
import type { ShortfallReason } from '../proof/record.ts';

/** Verdict of a screen-day; the first four are final, the other two belong to the day under way. */
export type DayVerdict = 'met' | 'met-by-make-good' | 'short' | 'unknown' | 'on-track' | 'at-risk';

/** What is known of one commitment on one screen and day. Only plays in the ledger are `proven`. */
export type DayEvidence = {
  required: number;
  proven: number;
  makeGoods: number;
  /**
   * What else was promised of the day (share of plays, longest gap): `kept` also where nothing else was promised, `open` while it
   * cannot be judged.
   */
  rest: 'kept' | 'broken' | 'open';
  /** A player is bound to the screen now. */
  enrolled: boolean;
  /** The last moment at which a play could still start has passed. */
  over: boolean;
  /** The player's signed end of day is in the ledger, so no proven play is missing. */
  closed: boolean;
  /** Count expected by closing from the plan of the rest of the day; null where the screen has not been heard of today. */
  expected: number | null;
  /** Why the player says the day is short; null where it did not say. */
  reason: ShortfallReason | null;
};

/**
 * The verdict. A promise is met only by proven plays that keep all of it, and by make-good where it took plays made up for later. A
 * day is short only once its log is complete; until then, and where the screen is not heard of, it is unknown: never met, never short.
 */
export function judgeDay(day: DayEvidence): { verdict: DayVerdict; reasons: ShortfallReason[] } {
  const isCounted = day.proven >= day.required;
  if (isCounted && day.rest === 'kept') {
    return { verdict: day.proven - day.makeGoods >= day.required ? 'met' : 'met-by-make-good', reasons: [] };
  }
  if (day.closed && !isCounted) return { verdict: 'short', reasons: [day.reason ?? 'player-down'] };
  if (day.closed && day.rest === 'broken') return { verdict: 'short', reasons: day.reason ? [day.reason] : [] };
  if (day.over || day.closed || day.expected === null) {
    return { verdict: 'unknown', reasons: day.enrolled ? [] : ['not-enrolled'] };
  }
  return { verdict: isCounted || day.expected >= day.required ? 'on-track' : 'at-risk', reasons: [] };
}

/**
 * Whether a day kept the share and the gap promised beside the count. A share is of all counted plays of the day, so it is judged once
 * the log is complete; a longest gap is not judged from counters and stays open.
 */
export function judgeRest(
  promise: { minShare: number | null; maxGapMs: number | null },
  day: { plays: number; allPlays: number; closed: boolean },
): DayEvidence['rest'] {
  const isShareBroken = day.closed && promise.minShare !== null && day.plays < promise.minShare * day.allPlays;
  if (isShareBroken) return 'broken';
  if (promise.maxGapMs !== null || (promise.minShare !== null && !day.closed)) return 'open';
  return 'kept';
}

const BADNESS: Record<DayVerdict, number> = {
  short: 0,
  'at-risk': 1,
  unknown: 2,
  'on-track': 3,
  'met-by-make-good': 4,
  met: 5,
};

/** Sort key of a verdict, worst first. */
export const verdictRank = (verdict: DayVerdict): number => BADNESS[verdict];
