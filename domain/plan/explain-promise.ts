/** What a plan does for a promise, and why it comes short of one, as facts that sentences are made from. */
import type { Conflict } from './day-plan.ts';
import type { DayOutline, PromiseOutline } from './promise-outline.ts';

/** What every explanation of a shortage says. `fits`: the largest count that would fit; spans are [startMs, endMs). */
type OfShortage = { commitment: string; required: number; fits: number; startMs: number; endMs: number };

/**
 * Why a promise is not kept. `rivals` are the promises it competes with. `overbooked`: in the span the work asked for is `overflowMs` more
 * than there is time; `no-window`: its hours do not exist on this day, or are over (`isPast`); `exact`: the exact time is `startMs`, and without
 * rivals it lies outside its hours; `separation`: too many plays that must not follow each other; `other`: a kind without facts of its own.
 */
export type ShortExplanation =
  | (OfShortage & { kind: 'overbooked'; rivals: string[]; overflowMs: number })
  | (OfShortage & { kind: 'no-window'; isPast: boolean })
  | (OfShortage & { kind: 'item-too-long'; longestMs: number; roomMs: number })
  | (OfShortage & { kind: 'limits'; maxPlaysPerHour: number | null; minGapMs: number | null })
  | (OfShortage & { kind: 'max-gap'; rivals: string[]; maxGapMs: number; gapMs: number })
  | (OfShortage & { kind: 'exact'; rivals: string[] })
  | (OfShortage & { kind: 'separation'; rivals: string[] })
  | (OfShortage & { kind: 'share'; rivals: string[]; form: 'plays' | 'airtime'; share: number; reached: number | null })
  | (OfShortage & { kind: 'work-bound'; rivals: string[] })
  | (OfShortage & { kind: 'other'; rivals: string[] });

/**
 * What a plan does for a promise: `kept` as far as it depends on the plan, with what is left of it; `done` before the plan began; or `short`,
 * with the reasons. A promise of exact times has no rhythm; `left` are the promised plays still to come.
 */
export type PromiseExplanation = {
  outline: PromiseOutline;
  state: 'kept' | 'done' | 'short';
  left: number;
  why: ShortExplanation[];
};

/** One explanation for every promise of the plan, in the program's order. */
export function explainPromises(outline: DayOutline, conflicts: readonly Conflict[]): PromiseExplanation[] {
  return outline.promises.map((promise) => {
    const why = conflicts
      .filter((conflict) => conflict.commitments[0] === promise.id)
      .map((conflict) => explainConflict(conflict, outline));
    const isShort = promise.shortBy > 0 || why.length > 0;
    return {
      outline: promise,
      state: isShort ? 'short' : isDone(promise) ? 'done' : 'kept',
      left: promise.promised,
      why,
    };
  });
}

/** Whether all of a count has been made, and nothing else is promised that lasts to closing. */
const isDone = ({ promised, required, tally, maxGapMs }: PromiseOutline): boolean =>
  promised === 0 && required > 0 && tally >= required && maxGapMs === null;

/** The facts of one conflict of a plan. */
export function explainConflict(conflict: Conflict, { promises, openFromMs }: DayOutline): ShortExplanation {
  const { kind, commitments, startMs, endMs, overflowMs, fits, limit } = conflict;
  const [commitment = '', ...rivals] = commitments;
  const promise = promises.find(({ id }) => id === commitment);
  const base: OfShortage = { commitment, required: promise?.required ?? 0, fits, startMs, endMs };
  if (!promise) return { kind: kind === 'work-bound' ? 'work-bound' : 'other', ...base, rivals };
  const { windows, longestMs, maxPlaysPerHour, minGapMs, maxGapMs, minShare, minAirtimeShare, reached } = promise;
  switch (kind) {
    case 'overbooked':
      return { kind, ...base, rivals, overflowMs };
    case 'no-window':
      return { kind, ...base, isPast: windows.some((window) => window.endMs <= openFromMs) };
    case 'item-too-long': {
      const rest = windows.map((window) => window.endMs - Math.max(window.startMs, openFromMs));
      return { kind, ...base, longestMs, roomMs: Math.max(0, ...rest) };
    }
    case 'limits':
      return {
        kind,
        ...base,
        maxPlaysPerHour: limit === 'min-gap' ? null : maxPlaysPerHour,
        minGapMs: limit === 'hour' ? null : minGapMs,
      };
    case 'max-gap':
      return { kind, ...base, rivals, maxGapMs: maxGapMs ?? 0, gapMs: endMs - startMs };
    case 'min-share':
      return { kind: 'share', ...base, rivals, form: 'plays', share: minShare ?? 0, reached: reached.plays };
    case 'min-airtime':
      return { kind: 'share', ...base, rivals, form: 'airtime', share: minAirtimeShare ?? 0, reached: reached.airtime };
    case 'exact-time':
      return { kind: 'exact', ...base, rivals };
    case 'separation':
      return { kind, ...base, rivals };
    case 'work-bound':
      return { kind, ...base, rivals };
    default:
      return { kind: 'other', ...base, rivals };
  }
}
