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
  /** Its exact times on that date, as instants. */
  exactMs: readonly number[];
  /** The record lies where nothing but the device's own memory knows of it any more. */
  isLost: (showing: Showing) => boolean;
};

/** A form of a promise other than its count: `either` where the clock of the records is too coarse to tell. */
type Form = { name: string; state: 'kept' | 'made-good' | 'broken' | 'either' };

/** A play starts within a second of its plan (V10, V11). */
const TOLERANCE_MS = 1000;
/** Starts are told apart by this much at best. */
const LEEWAY_MS = 200;

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
  const forms = [...shares(promise, own, counted), ...gap(promise, own, windows), ...exactTimes(frame.exactMs, own)];
  if (forms.length === 0) return say('count', met);
  const names = forms.map(({ name, state }) => `${name} ${state}`).join(', ');
  if (!isClosed) return say(`${names}, no end of day`, 'unknown');
  const doubt = away.length > 0 ? ['unknown'] : [];
  if (forms.some(({ state }) => state === 'broken')) return say(names, 'short', ...doubt);
  if (forms.some(({ state }) => state === 'either')) return say(names, 'met', 'met-by-make-good', 'short', ...doubt);
  return say(names, forms.some(({ state }) => state === 'made-good') ? 'met-by-make-good' : met, ...doubt);
}

/** A day is short all the same where what is away would not make the count. */
const shortAnyway = (promise: ProgramCommitment, own: readonly Showing[], away: readonly Showing[]): string[] =>
  own.length + away.length < promise.minPlays ? ['short'] : [];

/** Shares of all plays and of all airtime (V7). */
function shares(promise: ProgramCommitment, own: readonly Showing[], counted: readonly Showing[]): Form[] {
  const airtime = (plays: readonly Showing[]): number => plays.reduce((sum, play) => sum + play.durationMs, 0);
  const form = (name: string, share: number | null, part: number, all: number): Form[] =>
    share === null ? [] : [{ name, state: all > 0 && part >= share * all - 1e-9 ? 'kept' : 'broken' }];
  return [
    ...form('share', promise.minShare, own.length, counted.length),
    ...form('airtime share', promise.minAirtimeShare, airtime(own), airtime(counted)),
  ];
}

/** No window has a longer gap than was promised, from its opening to its closing (P7, V10). */
function gap({ maxGapMs }: ProgramCommitment, own: readonly Showing[], windows: readonly Interval[]): Form[] {
  if (maxGapMs === null) return [];
  const excessMs = widestGap(own, windows) - maxGapMs;
  const state =
    excessMs <= TOLERANCE_MS - LEEWAY_MS ? 'kept' : excessMs > TOLERANCE_MS + LEEWAY_MS ? 'broken' : 'either';
  return [{ name: 'gap', state }];
}

/** Every exact time has a play on time, or one of its own later in the day (V11). */
function exactTimes(exactMs: readonly number[], own: readonly Showing[]): Form[] {
  if (exactMs.length === 0) return [];
  const states = [TOLERANCE_MS - LEEWAY_MS, TOLERANCE_MS + LEEWAY_MS].map((toleranceMs) => {
    const spare = new Set(own);
    // A play stands for one time, also where the clocks skip two and both fall on one moment.
    const missed = exactMs.filter((atMs) => {
      const onTime = [...spare].find((play) => Math.abs(play.startMs - atMs) <= toleranceMs);
      return !(onTime && spare.delete(onTime));
    });
    // Everyone finds a play of their own where from each moment on there are as many plays as times still to be made good.
    const isMade = missed.every(
      (fromMs) =>
        missed.filter((atMs) => atMs >= fromMs).length <= [...spare].filter(({ startMs }) => startMs > fromMs).length,
    );
    return missed.length === 0 ? 'kept' : isMade ? 'made-good' : 'broken';
  });
  const [strict = 'broken', lenient = 'broken'] = states;
  return [{ name: 'exact times', state: strict === lenient ? strict : 'either' }];
}

/** The longest time without a start within a window, from its beginning to its end. */
function widestGap(plays: readonly Showing[], windows: readonly Interval[]): number {
  const gaps = windows.flatMap(({ startMs, endMs }) => {
    const within = plays.map((play) => play.startMs).filter((ms) => startMs <= ms && ms < endMs);
    const marks = [startMs, ...within.sort((a, b) => a - b), endMs];
    return marks.map((mark, k) => mark - (marks[k - 1] ?? mark));
  });
  return Math.max(0, ...gaps);
}
