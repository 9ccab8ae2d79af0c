/** The record of a promise that was booked, or left standing, although it does not fit: who decided so, when, why, and what did not fit. */
import type { ConflictKind } from '../plan/day-plan.ts';
import type { LocalDate } from '../time/zone-time.ts';

/** What was changed: the campaign itself, or what its promises stand on. */
export const OVERRIDDEN_CHANGES = ['campaigns', 'screens', 'playlists', 'slogans', 'units'] as const;

/** One of {@link OVERRIDDEN_CHANGES}. */
export type OverriddenChange = (typeof OVERRIDDEN_CHANGES)[number];

/** One cause: the commitments (as programs name them), on how many screens (the first few by id) and days, by how much, and what would have fit. */
export type OverriddenProblem = {
  kind: ConflictKind;
  commitments: string[];
  screens: string[];
  screenCount: number;
  from: LocalDate;
  to: LocalDate;
  days: number;
  overflowMs: number;
  fits: number;
};

/** One decision. The name is copied, so that it outlives the person's account. */
export type Override = {
  reason: string;
  byUserId: string;
  byName: string;
  atMs: number;
  change: OverriddenChange;
  changedId: string;
  problems: OverriddenProblem[];
};
