/** The largest counts of a campaign that would fit beside everything else that is booked. */
import type { Campaign } from '../catalogue/campaign.ts';
import type { FailingDay } from './booking-findings.ts';
import { type BookingMemo, type BookingSide, bookingSide } from './booking-side.ts';
import type { ProgramSources } from './build-program.ts';
import { isSharedOut } from './with-parts.ts';

/** Of commitment `commitment` of the campaign, `fits` plays a day fit on every day that fails; `isEnough`: with these counts all of it fits. */
export type FittingCount = { readonly commitment: string; readonly fits: number; readonly isEnough: boolean };

/** Days that are planned again at most; where more fail, the counts are those of these and not said to be enough. */
const MOST_DAYS = 40;

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
  const lower = (programId: string, fits: number): void => {
    const own = campaign.commitments.find((c) => programId.startsWith(`${booked}.${c.id}.`));
    if (own && fits < (least.get(own.id) ?? 0)) least.set(own.id, fits);
  };
  const days = failing.slice(0, MOST_DAYS);
  for (const { kind, day } of days) {
    for (const account of yielding.check(kind, day).accounts) {
      const shared = campaign.commitments.some((c) => isSharedOut(c) && account.id.startsWith(`${booked}.${c.id}.`));
      if (!shared) lower(account.id, Math.min(account.required, account.planned));
    }
  }
  for (const day of targetDays(side, campaign, memo)) {
    for (const { conflict } of yielding.targetConflicts(day)) lower(conflict.commitments[0] ?? '', conflict.fits);
  }
  const lowered = campaign.commitments.filter((c) => (least.get(c.id) ?? 0) < c.minPlays);
  if (lowered.length === 0) return [];
  const counted = campaign.commitments.map((c) => ({ ...c, minPlays: least.get(c.id) ?? c.minPlays }));
  const tried = sideWith({ ...campaign, commitments: counted });
  const isEnough =
    failing.length <= MOST_DAYS &&
    days.every(({ kind, day }) => tried.check(kind, day).conflicts.length === 0) &&
    targetDays(side, campaign, memo).every((day) => tried.targetConflicts(day).length === 0);
  return lowered.map((c) => ({ commitment: c.id, fits: least.get(c.id) ?? 0, isEnough }));
}

/** The dates of the campaign's flights to come, where any of its counts is shared out. */
function targetDays(side: BookingSide, campaign: Campaign, memo: BookingMemo): ReturnType<BookingMemo['keys']['days']> {
  if (!side.hasShared) return [];
  const from = side.kinds.map(({ date }) => date).sort()[0] ?? '';
  return campaign.flights.flatMap((flight) => memo.keys.days(flight.from < from ? from : flight.from, flight.to));
}
