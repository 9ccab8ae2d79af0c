/** What a player says about a day of service when it is over, and the plays of a day as the planner wants them. */
import type { PlayedSlot } from '../plan/day-plan.ts';
import { isActive } from '../plan/day-task.ts';
import type { Program } from '../plan/program.ts';
import { countsAsPlay, type DayCloseRecord, type PlayRecord, type ShortfallReason } from '../proof/record.ts';
import { type LocalDate, weekdayOf } from '../time/zone-time.ts';

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

/** What hindered a player on a day, so that a shortfall can be given its reason. */
export type DayTroubles = {
  /** The item cannot be shown for want of its media. */
  isMissing: (item: string) => boolean;
  /** The program came after opening. */
  cameLate: boolean;
  /** The agent was not there, or could not write, for a part of the day. */
  wasDown: boolean;
};

/** The totals of a date of service over the recorded plays of that date. */
export function dayTotals(
  program: Program,
  date: LocalDate,
  plays: readonly PlayRecord[],
  troubles: DayTroubles,
): DayCloseRecord['evidence'] {
  const weekday = weekdayOf(date);
  const active = program.commitments.filter((commitment) => isActive(commitment, date, weekday));
  const counted = plays.filter((play) => play.commitment !== null && countsAsPlay(play));
  const totals = zeros(active.map(({ id }) => id));
  const makeGoods: Record<string, number> = {};
  for (const { commitment, reason } of counted) {
    if (commitment === null) continue;
    totals[commitment] = (totals[commitment] ?? 0) + 1;
    if (reason === 'make-good') makeGoods[commitment] = (makeGoods[commitment] ?? 0) + 1;
  }
  const short: Record<string, ShortfallReason> = {};
  for (const { id, minPlays, items } of active) {
    if ((totals[id] ?? 0) >= minPlays) continue;
    const hasFailed = plays.some((play) => play.commitment === id && play.outcome === 'failed');
    const isMissing = items.every(({ item }) => troubles.isMissing(item));
    short[id] = shortfallReason({ ...troubles, hasFailed, isMissing });
  }
  return { date, plays: totals, makeGoods, short };
}

type Trouble = { isMissing: boolean; hasFailed: boolean; cameLate: boolean; wasDown: boolean };

function shortfallReason(trouble: Trouble): ShortfallReason {
  if (trouble.isMissing) return 'media-missing';
  if (trouble.hasFailed) return 'playback-failed';
  if (trouble.cameLate) return 'not-enrolled';
  return trouble.wasDown ? 'player-down' : 'booked-out';
}

const zeros = (ids: readonly string[]): Record<string, number> => Object.fromEntries(ids.map((id) => [id, 0]));
