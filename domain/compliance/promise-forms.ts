/** The forms a promise of a day takes besides its count, and which of them a day that is over has kept. */
import { EXACT_TOLERANCE_MS, isOnTime } from '../plan/exact-plays.ts';
import type { ProgramCommitment } from '../plan/program.ts';
import type { Interval } from '../time/interval.ts';

/** What can be promised of a day: a count, a share of all plays, a share of all time shown, a longest gap, plays at exact times. */
export const PROMISE_FORMS = ['count', 'share', 'airtime', 'gap', 'exact-times'] as const;

/** One of {@link PROMISE_FORMS}. */
export type PromiseForm = (typeof PROMISE_FORMS)[number];

/** A longest gap may be exceeded by this much, milliseconds: plays start within a second of their plan. */
export const GAP_TOLERANCE_MS = 1000;

/** A share may be missed by this much, so that 0.1 of 30 plays is 3. */
const SHARE_TOLERANCE = 1e-9;

/** What is promised of one date: the commitment, its windows (opening hours within its day parts) and its exact times as instants. */
export type PromiseDay = {
  readonly promise: Pick<ProgramCommitment, 'minPlays' | 'minShare' | 'minAirtimeShare' | 'maxGapMs' | 'exactTimes'>;
  readonly windows: readonly Interval[];
  readonly exactMs: readonly number[];
};

/**
 * Counted plays of a date: those of the commitment and of all that was shown, with their time in milliseconds. `startsMs`, in any
 * order, are the commitment's; null where only counts are known.
 */
export type DayFacts = {
  readonly plays: number;
  readonly allPlays: number;
  readonly airtimeMs: number;
  readonly allAirtimeMs: number;
  readonly startsMs: readonly number[] | null;
};

/** How a day stood by its forms other than the count; `open` cannot be judged from what is known. */
export type FormsKept = {
  readonly broken: readonly PromiseForm[];
  readonly open: boolean;
  readonly byMakeGood: boolean;
};

/** The forms of a promise, the count first. */
export function formsOf(promise: PromiseDay['promise']): PromiseForm[] {
  const { minPlays, minShare, minAirtimeShare, maxGapMs, exactTimes } = promise;
  if (exactTimes.length > 0) return ['exact-times'];
  return [
    ...(minPlays > 0 ? (['count'] as const) : []),
    ...(minShare === null ? [] : (['share'] as const)),
    ...(minAirtimeShare === null ? [] : (['airtime'] as const)),
    ...(maxGapMs === null ? [] : (['gap'] as const)),
  ];
}

/** Whether a promise can only be judged from when its plays started. */
export const needsStarts = (promise: PromiseDay['promise']): boolean =>
  promise.maxGapMs !== null || promise.exactTimes.length > 0;

/** Whether a day's promise is more than a count, so that only a complete log can say that it was kept. */
export const hasOtherForms = (promise: PromiseDay['promise']): boolean =>
  needsStarts(promise) || promise.minShare !== null || promise.minAirtimeShare !== null;

/** Judges the forms other than the count on a date whose log is complete. */
export function judgeForms(day: PromiseDay, facts: DayFacts): FormsKept {
  const { minShare, minAirtimeShare, maxGapMs } = day.promise;
  const broken: PromiseForm[] = [];
  if (isBelow(facts.plays, minShare, facts.allPlays)) broken.push('share');
  if (isBelow(facts.airtimeMs, minAirtimeShare, facts.allAirtimeMs)) broken.push('airtime');
  if (!needsStarts(day.promise)) return { broken, open: false, byMakeGood: false };
  if (facts.startsMs === null) return { broken, open: true, byMakeGood: false };
  const starts = [...facts.startsMs].sort((a, b) => a - b);
  if (maxGapMs !== null && isGapBroken(day.windows, starts, maxGapMs)) broken.push('gap');
  const missed = missedTimes(day.exactMs, starts);
  if (missed.unmade > 0) broken.push('exact-times');
  return { broken, open: false, byMakeGood: missed.all > 0 };
}

const isBelow = (part: number, share: number | null, all: number): boolean =>
  share !== null && (all === 0 || part < share * all - SHARE_TOLERANCE);

/**
 * More than `maxGapMs` passed without a start, as P7 has it: from the opening of a window to the first, from start to start, or from the last
 * to the window's end. Time in which the windows are closed does not count. `startsMs` in order.
 */
export function isGapBroken(windows: readonly Interval[], startsMs: readonly number[], maxGapMs: number): boolean {
  return windows.some((window) => {
    const within = startsMs.filter((start) => window.startMs <= start && start < window.endMs);
    const marks = [window.startMs, ...within, window.endMs];
    return marks.some((mark, k) => mark - (marks[k - 1] ?? mark) > maxGapMs + GAP_TOLERANCE_MS);
  });
}

/** Exact times without a play on time, and how many of those no play later that day makes up for; each play stands for one time. */
function missedTimes(exactMs: readonly number[], starts: readonly number[]): { all: number; unmade: number } {
  const left = [...starts];
  const missed = [...exactMs]
    .sort((a, b) => a - b)
    .filter((atMs) => {
      const onTime = left.findIndex((start) => isOnTime(start, atMs));
      if (onTime >= 0) left.splice(onTime, 1);
      return onTime < 0;
    });
  const unmade = missed.filter((atMs) => {
    const later = left.findIndex((start) => start > atMs + EXACT_TOLERANCE_MS);
    if (later >= 0) left.splice(later, 1);
    return later < 0;
  });
  return { all: missed.length, unmade: unmade.length };
}
