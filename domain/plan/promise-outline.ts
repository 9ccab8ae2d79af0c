/** What a plan does for every promise of its day, in the few numbers that explanations of its slots are made from. */
import type { Scope } from '../catalogue/campaign.ts';
import type { Interval } from '../time/interval.ts';
import { openIntervals, withinDayParts } from '../time/opening-hours.ts';
import { instantOfWallTime } from '../time/zone-time.ts';
import type { CommitmentPlan, DayPlan, Slot } from './day-plan.ts';
import type { Program, ProgramCommitment } from './program.ts';
import { windowTimeBetween } from './window-time.ts';

/**
 * One promise in one plan. `required`, `tally` (counted before the plan begins) and `shortBy` are the plan's account; `windows` are of the
 * whole day, inside opening hours. `promised` (`makeGoods` among them) and `bonus` count its slots; `firstMs` and `lastMs` are the starts of the first and last
 * promised slot, `doneByMs` the end of the last, null where there is none. `everyMs` is the mean distance of promised starts, in time in
 * which its windows are open; null below two. `exactMs` are its exact times as instants, in order. `reached`: the parts of all
 * plays and of all time shown that it has by closing; of time null where what was shown before is not known. Gaps in milliseconds.
 */
export type PromiseOutline = {
  id: string;
  scope: Scope;
  required: number;
  tally: number;
  shortBy: number;
  windows: Interval[];
  promised: number;
  makeGoods: number;
  bonus: number;
  firstMs: number | null;
  lastMs: number | null;
  doneByMs: number | null;
  bonusUntilMs: number | null;
  everyMs: number | null;
  exactMs: number[];
  minGapMs: number | null;
  maxGapMs: number | null;
  maxPlaysPerHour: number | null;
  minShare: number | null;
  minAirtimeShare: number | null;
  reached: { plays: number; airtime: number | null };
  longestMs: number;
};

/** The promises of one plan, in the program's order. `fromMs`: the plan begins here; `openFromMs` that or the opening, whichever is later. */
export type DayOutline = { fromMs: number; openFromMs: number; promises: PromiseOutline[] };

/** Plays of the day before the plan begins, those of the loop included as far as they are known, and the time of each kind where that is known. */
export type ShownBefore = { plays: number; time: { ms: number; msOf: (commitment: string) => number } | null };

/** Nothing was shown before. */
export const NOTHING_SHOWN: ShownBefore = { plays: 0, time: { ms: 0, msOf: () => 0 } };

/** The outline of `plan`, which was made of `program` at `fromMs` (epoch milliseconds) after what was `shown`. */
export function outlineDay(program: Program, plan: DayPlan, fromMs: number, shown: ShownBefore): DayOutline {
  const open = openIntervals(program.openingHours, plan.date, program.timeZone);
  const slots = new Map<string, Slot[]>();
  for (const slot of plan.slots) {
    if (slot.commitment === null) continue;
    const own = slots.get(slot.commitment);
    if (own) own.push(slot);
    else slots.set(slot.commitment, [slot]);
  }
  const promises = plan.commitments.flatMap((account) => {
    const commitment = program.commitments.find(({ id }) => id === account.id);
    if (!commitment) return [];
    const windows = withinDayParts(open, commitment.dayParts, plan.date, program.timeZone);
    const own = slots.get(account.id) ?? [];
    return [outline(program, plan, { commitment, account, windows, own, shown })];
  });
  return { fromMs, openFromMs: Math.max(fromMs, open[0]?.startMs ?? fromMs), promises };
}

type Parts = {
  commitment: ProgramCommitment;
  account: CommitmentPlan;
  windows: Interval[];
  own: readonly Slot[];
  shown: ShownBefore;
};

function outline(program: Program, plan: DayPlan, parts: Parts): PromiseOutline {
  const { commitment, account, windows, own } = parts;
  const promised = own.filter((slot) => slot.reason !== 'bonus');
  const first = promised[0];
  const last = promised.at(-1);
  const lastBonus = own.findLast((slot) => slot.reason === 'bonus');
  const isRhythmic = commitment.exactTimes.length === 0 && promised.length > 1;
  return {
    id: account.id,
    scope: commitment.scope,
    required: account.required,
    tally: account.tally,
    shortBy: account.shortBy,
    windows,
    promised: promised.length,
    makeGoods: promised.filter((slot) => slot.reason === 'make-good').length,
    bonus: own.length - promised.length,
    firstMs: first?.startMs ?? null,
    lastMs: last?.startMs ?? null,
    doneByMs: last ? last.startMs + last.durationMs : null,
    bonusUntilMs: lastBonus ? lastBonus.startMs + lastBonus.durationMs : null,
    everyMs:
      first && last && isRhythmic
        ? windowTimeBetween(windows, first.startMs, last.startMs) / (promised.length - 1)
        : null,
    exactMs: commitment.exactTimes
      .map((time) => instantOfWallTime(plan.date, time, program.timeZone))
      .sort((a, b) => a - b),
    minGapMs: commitment.minGapMs,
    maxGapMs: commitment.maxGapMs,
    maxPlaysPerHour: commitment.maxPlaysPerHour,
    minShare: commitment.minShare,
    minAirtimeShare: commitment.minAirtimeShare,
    reached: reached(plan, parts),
    longestMs: Math.max(...commitment.items.map((item) => item.durationMs)),
  };
}

function reached(plan: DayPlan, { commitment, account, own, shown }: Parts): PromiseOutline['reached'] {
  const sum = (slots: readonly Slot[]): number => slots.reduce((ms, slot) => ms + slot.durationMs, 0);
  const { time } = shown;
  return {
    plays: ratio(account.tally + own.length, shown.plays + plan.slots.length),
    airtime: time && ratio(time.msOf(commitment.id) + sum(own), time.ms + sum(plan.slots)),
  };
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
