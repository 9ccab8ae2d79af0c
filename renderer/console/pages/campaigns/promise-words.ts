/** A promise in words, as a list of short clauses for the interface to join. */
import type { CommitmentDraft } from './campaign-draft.ts';

/** A clause: the key of its text and the figures in it; `times` are to be listed, `more` is how many there are where not all are. */
export type Clause = { key: ClauseKey; n?: number; percent?: string; text?: string; times?: string[]; more?: number };

/** Keys of the clauses, all below `promise.` in the texts. */
export type ClauseKey =
  | 'exact'
  | 'exactMany'
  | 'plays'
  | 'together'
  | 'share'
  | 'airtime'
  | 'gap'
  | 'days'
  | 'perHour'
  | 'minGap'
  | 'parts';

/** So many exact times are listed; of more, the first few. */
const MOST_TIMES = 6;
const FIRST_TIMES = 4;

/** The clauses of a promise, the promise itself first, its limits and hours after it. */
export function promiseClauses(commitment: CommitmentDraft): Clause[] {
  const { minShare, minAirtimeShare, maxGapMin, minConsecutiveDays, maxPlaysPerHour, minGapMin, dayParts } = commitment;
  const clauses: Clause[] = countClause(commitment);
  if (minShare !== null) clauses.push({ key: 'share', percent: percentText(minShare) });
  if (minAirtimeShare !== null) clauses.push({ key: 'airtime', percent: percentText(minAirtimeShare) });
  if (maxGapMin !== null) clauses.push({ key: 'gap', n: maxGapMin });
  if (minConsecutiveDays !== null) clauses.push({ key: 'days', n: minConsecutiveDays });
  if (maxPlaysPerHour !== null) clauses.push({ key: 'perHour', n: maxPlaysPerHour });
  if (minGapMin !== null) clauses.push({ key: 'minGap', n: minGapMin });
  if (dayParts.length > 0) clauses.push({ key: 'parts', text: dayParts.map((p) => `${p.from}–${p.to}`).join(', ') });
  return clauses;
}

/** Exact times stand for the count: there are no other plays. */
function countClause({ exactTimes, scope, minPlays }: CommitmentDraft): Clause[] {
  const more = exactTimes.length;
  if (more > MOST_TIMES) return [{ key: 'exactMany', times: exactTimes.slice(0, FIRST_TIMES), more }];
  if (more > 0) return [{ key: 'exact', times: exactTimes }];
  return minPlays ? [{ key: scope === 'target' ? 'together' : 'plays', n: minPlays }] : [];
}

/** A share (0 to 1) in percent with at most two decimals, without the sign. */
export function percentText(share: number): string {
  return String(Math.round(share * 10_000) / 100);
}
