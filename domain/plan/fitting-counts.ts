/** The largest counts of a campaign that would fit beside everything else that is booked. */
import type { Campaign } from '../catalogue/campaign.ts';
import type { FailingDay } from './booking-findings.ts';
import { type BookingMemo, type BookingSide, bookingSide } from './booking-side.ts';
import { type ProgramSources, programCommitmentId } from './build-program.ts';
import { isSharedOut } from './with-parts.ts';

/** Of commitment `commitment` of the campaign, `fits` plays a day fit on every day that fails; `isEnough`: with these counts all of it fits. */
export type FittingCount = { readonly commitment: string; readonly fits: number; readonly isEnough: boolean };

/** Days of which the plan is sought at first, the fullest; where the counts do not fit another, that one is looked at as well. */
const FIRST_DAYS = 4;

/** Most days looked at; where more fail, the counts are not said to be enough. */
const MOST_DAYS = 200;

/** Behind every other promise, so that the others get all of theirs and the campaign what they leave. */
const LAST_PRIORITY = -1_000_000;

/** A check that failed on `failing` days, and the campaign that is booked. */
export type FailedBooking = {
  readonly state: ProgramSources;
  readonly side: BookingSide;
  readonly memo: BookingMemo;
  readonly booked: string;
  readonly failing: readonly FailingDay[];
};

/** The counts of those of the campaign's commitments that have to be lowered; empty where that would not help. */
export function fittingCounts({ state, side, memo, booked, failing }: FailedBooking): FittingCount[] {
  const campaign = state.campaigns.get(booked);
  if (!campaign) return [];
  const sideWith = (changed: Campaign): BookingSide =>
    bookingSide({ ...state, campaigns: new Map(state.campaigns).set(booked, changed) }, side.kinds, memo);
  const last = { ...campaign, commitments: campaign.commitments.map((c) => ({ ...c, priority: LAST_PRIORITY })) };
  const yielding = sideWith(last);
  const least = new Map(campaign.commitments.map((c) => [c.id, c.minPlays]));
  const sharedIds = new Set(
    campaign.commitments
      .filter(isSharedOut)
      .flatMap((c) => campaign.flights.map((flight) => programCommitmentId(booked, c.id, flight.id))),
  );
  const lower = (programId: string, fits: number): void => {
    const own = campaign.commitments.find((c) => programId.startsWith(`${booked}.${c.id}.`));
    if (own && fits < (least.get(own.id) ?? 0)) least.set(own.id, fits);
  };
  for (const day of targetDays(side, campaign, memo)) {
    for (const { conflict } of yielding.targetConflicts(day)) lower(conflict.commitments[0] ?? '', conflict.fits);
  }
  const learn = ({ kind, day }: FailingDay): void => {
    for (const [id, given] of yielding.check(kind, day).given) {
      if (!sharedIds.has(id)) lower(id, given);
    }
  };
  const fullest = [...failing].sort((a, b) => b.load - a.load).slice(0, MOST_DAYS);
  for (const failed of fullest.slice(0, FIRST_DAYS)) learn(failed);
  const stillFailing = (): FailingDay[] => {
    const counted = campaign.commitments.map((c) => ({ ...c, minPlays: least.get(c.id) ?? c.minPlays }));
    const tried = sideWith({ ...campaign, commitments: counted });
    return fullest.filter(({ kind, day }) => tried.check(kind, day).conflicts.length > 0);
  };
  let failed = stillFailing();
  if (failed.length > 0) {
    for (const day of failed) learn(day);
    failed = stillFailing();
  }
  const lowered = campaign.commitments.filter((c) => (least.get(c.id) ?? 0) < c.minPlays);
  const isEnough = failed.length === 0 && failing.length <= MOST_DAYS;
  return lowered.map((c) => ({ commitment: c.id, fits: least.get(c.id) ?? 0, isEnough }));
}

/** The dates of the campaign's flights to come, where any of its counts is shared out. */
function targetDays(side: BookingSide, campaign: Campaign, memo: BookingMemo): ReturnType<BookingMemo['keys']['days']> {
  if (!side.hasShared) return [];
  const from = side.kinds.map(({ date }) => date).sort()[0] ?? '';
  return campaign.flights.flatMap((flight) => memo.keys.days(flight.from < from ? from : flight.from, flight.to));
}
