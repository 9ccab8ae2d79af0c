/** Which promises of today the player's own plan of the rest no longer makes, and why. */
import { promisedOn } from '../compliance/promise-day.ts';
import { isGapBroken } from '../compliance/promise-forms.ts';
import type { DayPlan } from '../plan/day-plan.ts';
import type { Program } from '../plan/program.ts';
import { countsAsPlay, type PlayRecord, type ShortfallReason } from '../proof/record.ts';
import type { Interval } from '../time/interval.ts';
import { type DayTroubles, shortfallReason } from './shortfall-reason.ts';

/**
 * A promise the plan misses: by how many plays (0 where a share or a gap is missed, not the count), and why. `lost`: what was shown already
 * has broken it, so that nothing can save it any more.
 */
export type DayRisk = { readonly by: number; readonly reason: ShortfallReason; readonly lost: boolean };

/**
 * The risks of the date of `plan`, by commitment id. `plan` is of the usable part of `program`: a commitment it leaves out has nothing
 * that could be shown.
 */
export function dayRisks(
  program: Program,
  plan: DayPlan,
  plays: readonly PlayRecord[],
  troubles: DayTroubles,
): Record<string, DayRisk> {
  const risks: Record<string, DayRisk> = {};
  for (const { promise, windows } of promisedOn(program, plan.date)) {
    if (windows.length === 0) continue;
    const { id, items, minPlays } = promise;
    const own = plays.filter((play) => play.commitment === id);
    const account = plan.commitments.find((commitment) => commitment.id === id);
    const by = account ? account.shortBy : Math.max(0, minPlays - own.filter((play) => countsAsPlay(play)).length);
    const isMissed = account ? plan.conflicts.some(({ commitments }) => commitments[0] === id) : minPlays === 0;
    const lost = promise.maxGapMs !== null && isGapBrokenSoFar(windows, own, promise.maxGapMs);
    if (by === 0 && !isMissed && !lost) continue;
    const hasFailed = own.some(({ outcome }) => outcome === 'failed');
    risks[id] = { by, reason: shortfallReason({ items, missingPlays: by }, hasFailed, troubles), lost };
  }
  return risks;
}

/** Whether a longest gap is broken by the time up to the last play that counts. */
function isGapBrokenSoFar(windows: readonly Interval[], own: readonly PlayRecord[], maxGapMs: number): boolean {
  const starts = own
    .filter((play) => countsAsPlay(play))
    .map(({ t0 }) => t0)
    .sort((a, b) => a - b);
  const last = starts.at(-1);
  if (last === undefined) return false;
  const soFar = windows.flatMap(({ startMs, endMs }) =>
    startMs < last ? [{ startMs, endMs: Math.min(endMs, last) }] : [],
  );
  return isGapBroken(soFar, starts, maxGapMs);
}
