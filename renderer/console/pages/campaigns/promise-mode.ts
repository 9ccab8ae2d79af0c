/** A promise plays through the day or at exact times, never both: changing over without losing what was filled in. */
import { wallTimeFrom } from '../../widgets/wall-time.ts';
import type { CommitmentDraft } from './campaign-draft.ts';

/** What exact times rule out, as it stands beside them. */
const RULED_OUT = {
  scope: 'screen',
  minPlays: 0,
  minShare: null,
  minAirtimeShare: null,
  maxGapMin: null,
  maxPlaysPerHour: null,
  minGapMin: null,
} as const satisfies Partial<CommitmentDraft>;

/** The fields that exact times rule out. */
export type ThroughDay = Pick<CommitmentDraft, keyof typeof RULED_OUT>;

/** Those fields of a promise, to be kept while it plays at exact times. */
export function throughDayOf(commitment: CommitmentDraft): ThroughDay {
  const { scope, minPlays, minShare, minAirtimeShare, maxGapMin, maxPlaysPerHour, minGapMin } = commitment;
  return { scope, minPlays, minShare, minAirtimeShare, maxGapMin, maxPlaysPerHour, minGapMin };
}

/** The change that makes a promise one of plays at `times`, with as many plays as there are times. */
export function atTimes(times: readonly string[]): Partial<CommitmentDraft> {
  return { ...RULED_OUT, exactTimes: [...times], minPlays: times.length };
}

/** The change that makes it play through the day, with what it had before, or three plays. */
export function throughDay(kept: ThroughDay | null): Partial<CommitmentDraft> {
  return { ...(kept ?? { ...RULED_OUT, minPlays: 3 }), exactTimes: [] };
}

/** Whether a promise says none of the things of which it needs one. */
export function isEmptyPromise(commitment: CommitmentDraft): boolean {
  const { exactTimes, minPlays, minShare, minAirtimeShare, maxGapMin } = commitment;
  const isUncounted = exactTimes.length === 0 && minPlays === 0;
  return isUncounted && minShare === null && minAirtimeShare === null && maxGapMin === null;
}

/** Times as typed, brought into HH:MM and in order, each once; what is no time stays as it was typed. */
export function exactTimesFrom(typed: readonly string[]): string[] {
  const times = typed.map((text) => wallTimeFrom(text) ?? text.trim()).filter((text) => text !== '');
  return [...new Set(times)].sort();
}
