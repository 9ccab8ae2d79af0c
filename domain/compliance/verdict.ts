/** Verdicts: whether a promise was, is being or can no longer be kept on one screen and day. */
import { SHORTFALL_REASONS, type ShortfallReason } from '../proof/record.ts';
import type { FormsKept } from './promise-forms.ts';

/** Verdict of a screen-day. `met`, `met-by-make-good` and, once the log is complete, `short` are final; `on-track` and `at-risk` belong to the day under way. */
export type DayVerdict = 'met' | 'met-by-make-good' | 'short' | 'unknown' | 'on-track' | 'at-risk';

/**
 * What the plan of the rest of the day comes to: it makes the promise, it misses it, or the promise is `lost`: it could not be made
 * even if it had the screen for itself. `unknown` where nothing is heard of the screen today.
 */
export type Outlook = 'makes-it' | 'misses-it' | 'lost' | 'unknown';

/** What is known of one commitment on one screen and day. Only plays in the ledger are `proven`. */
export type DayEvidence = {
  required: number;
  proven: number;
  makeGoods: number;
  /** How the forms other than the count stand; null where nothing else was promised. */
  forms: FormsKept | null;
  /** The promise has a window on that date. */
  hasWindow: boolean;
  /** A player is bound to the screen now. */
  enrolled: boolean;
  /** The last moment at which a play could still start has passed. */
  over: boolean;
  /** The player's signed end of day is in the ledger, so no proven play is missing. */
  closed: boolean;
  outlook: Outlook;
  /** Why the day is short, as far as the player said or the server can tell; null where neither can. */
  reason: ShortfallReason | null;
};

/** Why a day is short or at risk: a player's reason for a shortfall, or that the screen is closed all day. */
export const VERDICT_REASONS = [...SHORTFALL_REASONS, 'closed'] as const;

/** One of {@link VERDICT_REASONS}. */
export type VerdictReason = (typeof VERDICT_REASONS)[number];

/** A verdict with its reasons; `short` and `at-risk` always have one. */
export type JudgedDay = { verdict: DayVerdict; reasons: VerdictReason[] };

/**
 * The verdict. A promise is met only by proven plays that keep all its forms, and by make-good where it took plays made up for later. A
 * day is short once its log is complete or once the promise is lost for certain; where that cannot be told it is unknown: never met.
 */
export function judgeDay(day: DayEvidence): JudgedDay {
  // Nothing can be shown on a day without a window, so no log is needed to know that the promise was not kept (decision 4).
  if (!day.hasWindow) return { verdict: 'short', reasons: ['closed'] };
  const isCounted = day.proven >= day.required;
  const { forms } = day;
  const isBroken = forms !== null && forms.broken.length > 0;
  if (isCounted && !isBroken && !forms?.open) {
    const isOnTime = day.proven - day.makeGoods >= day.required && !forms?.byMakeGood;
    return { verdict: isOnTime ? 'met' : 'met-by-make-good', reasons: [] };
  }
  if (day.closed && !isCounted) return { verdict: 'short', reasons: [day.reason ?? 'player-down'] };
  if (day.closed && isBroken) return { verdict: 'short', reasons: [day.reason ?? 'booked-out'] };
  if (day.closed) return { verdict: 'unknown', reasons: [] };
  if (day.outlook === 'lost') return { verdict: 'short', reasons: [day.reason ?? 'player-down'] };
  if (day.over || day.outlook === 'unknown') {
    return { verdict: 'unknown', reasons: day.enrolled ? [] : ['not-enrolled'] };
  }
  if (day.outlook === 'misses-it') return { verdict: 'at-risk', reasons: [day.reason ?? 'booked-out'] };
  return { verdict: 'on-track', reasons: [] };
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
