/** Records of overrides: who decided, when and why, that promises are booked or left standing although they do not fit. */
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import type { User } from '../../domain/catalogue/organisation.ts';
import type { OverriddenChange, OverriddenProblem, Override } from '../../domain/catalogue/override.ts';
import type { BookingProblem } from '../../domain/plan/booking-findings.ts';
import { programCommitmentId } from '../../domain/plan/build-program.ts';
import { MAX_OVERRIDES } from '../../protocol/catalogue.ts';
import type { Clock } from '../clock.ts';
import type { CatalogueChange } from '../stores/catalogue-store.ts';

/** Most causes, and most commitments and screens of each, that a record names. */
const MOST_NAMED = 20;

/** The record of an override. */
export function overrideOf(
  problems: readonly BookingProblem[],
  reason: string,
  by: User,
  clock: Clock,
  change: OverriddenChange,
  changedId: string,
): Override {
  const all = problems.flatMap(problemsOf).slice(0, MOST_NAMED);
  return { reason, byUserId: by.id, byName: by.name, atMs: clock.nowMs(), change, changedId, problems: all };
}

function problemsOf({ screens, dates, conflicts }: BookingProblem): OverriddenProblem[] {
  const sorted = [...dates].sort();
  return conflicts.map(({ kind, commitments, overflowMs, fits }) => ({
    kind,
    commitments: commitments.slice(0, MOST_NAMED),
    screens: screens.slice(0, MOST_NAMED),
    screenCount: screens.length,
    from: sorted[0] ?? '',
    to: sorted.at(-1) ?? '',
    days: dates.length,
    overflowMs: Math.max(0, Math.round(overflowMs)),
    fits,
  }));
}

/** Puts of the campaigns whose promises come short by what `record` excuses, each with its own part of it. */
export function overriddenCampaigns(campaigns: ReadonlyMap<string, Campaign>, record: Override): CatalogueChange[] {
  const changes: CatalogueChange[] = [];
  for (const campaign of campaigns.values()) {
    const own = ownIds(campaign);
    const problems = record.problems.filter(({ commitments }) => own.has(commitments[0] ?? ''));
    if (problems.length === 0) continue;
    const overrides = [...(campaign.overrides ?? []), { ...record, problems }].slice(-MAX_OVERRIDES);
    changes.push({ op: 'put', collection: 'campaigns', entity: { ...campaign, overrides } });
  }
  return changes;
}

const ownIds = ({ id, commitments, flights }: Campaign): Set<string> =>
  new Set(commitments.flatMap((c) => flights.map((flight) => programCommitmentId(id, c.id, flight.id))));
