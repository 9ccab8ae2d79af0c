/** The verdict a promise deserves, worked out from what was truly shown and what of it is in the ledger; shares no code with the product's. */
import type { ProgramCommitment } from '../../domain/plan/program.ts';
import type { Interval } from '../../domain/time/interval.ts';
import type { Showing } from './witness.ts';

/** What the oracle says: the verdicts that are right, and why. */
export type DueVerdict = { allowed: readonly string[]; why: string };

/** What the oracle goes by besides what was shown. */
export type DayFrame = {
  /** The signed end of the day is in the ledger. */
  isClosed: boolean;
  /** The windows of the promise on that date. */
  windows: readonly Interval[];
  /** The record lies where nothing but the device's own memory knows of it any more. */
  isLost: (showing: Showing) => boolean;
};

/** Starts are told apart by this much at best. */
const GAP_LEEWAY_MS = 1200;

/** The verdicts that are right for `promise` on a day that is over, with these showings. */
export function dueVerdict(promise: ProgramCommitment, ofDay: readonly Showing[], frame: DayFrame): DueVerdict {
  const { isClosed, windows, isLost } = frame;
  const counted = ofDay.filter((showing) => showing.truth === 'full' && showing.isStored);
  const away = ofDay.filter((showing) => showing.truth === 'full' && showing.record && !showing.isStored);
  const own = counted.filter((showing) => showing.commitment === promise.id);
  const ownAway = away.filter((showing) => showing.commitment === promise.id);
  const made = own.filter((showing) => showing.isMakeGood).length;
  const facts = `${own.length} of ${promise.minPlays} in the ledger, ${made} made good, ${ownAway.length} not there`;
  const say = (why: string, ...allowed: string[]): DueVerdict => ({
    allowed,
    why: `${why}: ${facts}, ${isClosed ? 'closed' : 'not closed'}`,
  });
  const met = own.length - made >= promise.minPlays ? 'met' : 'met-by-make-good';
  // Where nothing can be shown no log is needed, and some days are over before their program came.
  if (windows.length === 0) return say('no window', 'short', 'unknown');
  if (own.length < promise.minPlays) {
    if (!isClosed) return say('no end of day', 'unknown');
    if (ownAway.length === 0) return say('too few', 'short', ...(away.length > 0 ? ['unknown'] : []));
    // What is recorded and not in the ledger is missing from the log; where the device has lost it too, nobody can know.
    return ownAway.every(isLost)
      ? say('lost', 'unknown', 'short')
      : say('on their way', 'unknown', ...shortAnyway(promise, own, ownAway));
  }
  const share = promise.minShare;
  if (share !== null) {
    if (!isClosed) return say('share, no end of day', 'unknown');
    const isKept = counted.length > 0 && own.length >= share * counted.length - 1e-9;
    return say('share', isKept ? met : 'short', ...(away.length > 0 ? ['unknown'] : []));
  }
  if (promise.maxGapMs !== null) {
    if (!isClosed) return say('gap, no end of day', 'unknown');
    const widest = widestGap(own, windows);
    const doubt = away.length > 0 ? ['unknown'] : [];
    if (widest > promise.maxGapMs + GAP_LEEWAY_MS) return say(`gap of ${widest}`, 'short', ...doubt);
    return say(`gap of ${widest}`, met, ...(widest > promise.maxGapMs ? ['short'] : []), ...doubt);
  }
  return say('count', met);
}

/** A day is short all the same where what is away would not make the count. */
const shortAnyway = (promise: ProgramCommitment, own: readonly Showing[], away: readonly Showing[]): string[] =>
  own.length + away.length < promise.minPlays ? ['short'] : [];

/** The longest time without a start within a window, from its beginning to its end. */
function widestGap(plays: readonly Showing[], windows: readonly Interval[]): number {
  const gaps = windows.flatMap(({ startMs, endMs }) => {
    const within = plays.map((play) => play.startMs).filter((ms) => startMs <= ms && ms < endMs);
    const marks = [startMs, ...within.sort((a, b) => a - b), endMs];
    return marks.map((mark, k) => mark - (marks[k - 1] ?? mark));
  });
  return Math.max(0, ...gaps);
}
