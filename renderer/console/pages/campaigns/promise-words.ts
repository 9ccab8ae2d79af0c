/** A promise in words, as a list of short clauses for the interface to join. */
import type { CommitmentDraft } from './campaign-draft.ts';

/** A clause: the key of its text and the figures in it. */
export type Clause = { key: ClauseKey; n?: number; percent?: string; text?: string };

/** Keys of the clauses, all below `promise.` in the texts. */
export type ClauseKey = 'plays' | 'share' | 'gap' | 'days' | 'perHour' | 'minGap' | 'parts';

/** The clauses of a promise, the promise itself first, its limits and hours after it. */
export function promiseClauses(commitment: CommitmentDraft): Clause[] {
  const { minPlays, minShare, maxGapMin, minConsecutiveDays, maxPlaysPerHour, minGapMin, dayParts } = commitment;
  const clauses: Clause[] = [];
  if (minPlays) clauses.push({ key: 'plays', n: minPlays });
  if (minShare !== null) clauses.push({ key: 'share', percent: percentText(minShare) });
  if (maxGapMin !== null) clauses.push({ key: 'gap', n: maxGapMin });
  if (minConsecutiveDays !== null) clauses.push({ key: 'days', n: minConsecutiveDays });
  if (maxPlaysPerHour !== null) clauses.push({ key: 'perHour', n: maxPlaysPerHour });
  if (minGapMin !== null) clauses.push({ key: 'minGap', n: minGapMin });
  if (dayParts.length > 0) clauses.push({ key: 'parts', text: dayParts.map((p) => `${p.from}–${p.to}`).join(', ') });
  return clauses;
}

/** A share (0 to 1) in percent with at most two decimals, without the sign. */
export function percentText(share: number): string {
  return String(Math.round(share * 10_000) / 100);
}
