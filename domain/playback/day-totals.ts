/** What a player says about a day of service when it is over, and the plays of a day as the planner wants them. */
import { promisedOn } from '../compliance/promise-day.ts';
import { type DayFacts, judgeForms } from '../compliance/promise-forms.ts';
import type { PlayedSlot } from '../plan/day-plan.ts';
import type { Program } from '../plan/program.ts';
import { countsAsPlay, type DayCloseRecord, type PlayRecord, type ShortfallReason } from '../proof/record.ts';
import type { LocalDate } from '../time/zone-time.ts';
import { type DayTroubles, shortfallReason } from './shortfall-reason.ts';

/** A recorded play as the planner needs to know it. */
export function playedSlot(play: PlayRecord): PlayedSlot {
  return {
    startMs: play.t0,
    durationMs: play.m1 - play.m0,
    item: play.item,
    commitment: play.commitment,
    counted: countsAsPlay(play),
  };
}

/** Counted plays by commitment. */
export function tallyOf(played: readonly PlayedSlot[]): Record<string, number> {
  const tally: Record<string, number> = {};
  for (const { commitment, counted } of played) {
    if (commitment !== null && counted) tally[commitment] = (tally[commitment] ?? 0) + 1;
  }
  return tally;
}

/** Counted plays of the loop and the time the program gives them, milliseconds. */
export function loopOf(plays: readonly PlayRecord[]): { plays: number; shownMs: number } {
  const counted = plays.filter((play) => play.commitment === null && countsAsPlay(play));
  return { plays: counted.length, shownMs: airtimeOf(counted) };
}

/** The totals of a date of service over the recorded plays of that date; `short` names every promise that was not kept in all its forms. */
export function dayTotals(
  program: Program,
  date: LocalDate,
  plays: readonly PlayRecord[],
  troubles: DayTroubles,
): DayCloseRecord['evidence'] {
  const promised = promisedOn(program, date);
  const counted = plays.filter((play) => countsAsPlay(play));
  const totals = Object.fromEntries(promised.map(({ promise }) => [promise.id, 0]));
  const makeGoods: Record<string, number> = {};
  for (const { commitment, reason } of counted) {
    if (commitment === null) continue;
    totals[commitment] = (totals[commitment] ?? 0) + 1;
    if (reason === 'make-good') makeGoods[commitment] = (makeGoods[commitment] ?? 0) + 1;
  }
  const short: Record<string, ShortfallReason> = {};
  for (const day of promised) {
    const { id, minPlays, items } = day.promise;
    const isCounted = (totals[id] ?? 0) >= minPlays;
    if (isCounted && judgeForms(day, factsOf(id, counted)).broken.length === 0) continue;
    const hasFailed = plays.some((play) => play.commitment === id && play.outcome === 'failed');
    const missingPlays = Math.max(0, minPlays - (totals[id] ?? 0));
    short[id] = shortfallReason({ items, missingPlays }, hasFailed, troubles);
  }
  return { date, plays: totals, makeGoods, short };
}

function factsOf(commitment: string, counted: readonly PlayRecord[]): DayFacts {
  const own = counted.filter((play) => play.commitment === commitment);
  return {
    plays: own.length,
    allPlays: counted.length,
    airtimeMs: airtimeOf(own),
    allAirtimeMs: airtimeOf(counted),
    startsMs: own.map(({ t0 }) => t0),
  };
}

const airtimeOf = (plays: readonly PlayRecord[]): number =>
  plays.reduce((sum, { evidence }) => sum + evidence.expectedMs, 0);
