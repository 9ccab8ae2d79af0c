/** The verdict of a count promised for all target screens together, on one date. */
import type { DayVerdict, VerdictReason } from './verdict.ts';

/** What one target screen contributes. `expected` by closing is null where nothing is heard of the screen today. */
export type TargetPart = {
  readonly proven: number;
  readonly played: number;
  readonly makeGoods: number;
  readonly expected: number | null;
  readonly part: number;
  readonly metByMs: number | null;
  readonly closesAtMs: number | null;
  readonly closed: boolean;
  readonly reasons: readonly VerdictReason[];
};

/**
 * The whole target: sums over its screens. `expected` is null where screens nobody hears of could still decide; `missingLogs` counts the
 * screens whose log of the date is not complete.
 */
export type TargetDay = {
  readonly verdict: DayVerdict;
  readonly reasons: VerdictReason[];
  readonly proven: number;
  readonly played: number;
  readonly makeGoods: number;
  readonly expected: number | null;
  readonly metByMs: number | null;
  readonly closesAtMs: number | null;
  readonly missingLogs: number;
};

/** Judges `required` plays of all `parts` together at `nowMs`; a screen may make up for another. Only the count is promised of a target. */
export function judgeTargetDay(required: number, parts: readonly TargetPart[], nowMs: number): TargetDay {
  const sum = (of: (part: TargetPart) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const proven = sum((part) => part.proven);
  const makeGoods = sum((part) => part.makeGoods);
  const expected = sum((part) => part.expected ?? Math.max(part.played, part.proven));
  const isHeardOf = parts.every((part) => part.expected !== null || part.closed);
  const closes = parts.flatMap(({ closesAtMs }) => (closesAtMs === null ? [] : [closesAtMs]));
  const closesAtMs = closes.length === 0 ? null : Math.max(...closes);
  const missingLogs = parts.filter((part) => !part.closed && part.closesAtMs !== null).length;
  const facts = {
    proven,
    makeGoods,
    played: sum((part) => part.played),
    expected: isHeardOf || expected >= required ? expected : null,
    metByMs: null,
    closesAtMs,
    missingLogs,
  };
  if (proven >= required) {
    return { ...facts, verdict: proven - makeGoods >= required ? 'met' : 'met-by-make-good', reasons: [] };
  }
  const reasons = [...new Set(parts.flatMap((part) => part.reasons))];
  if (missingLogs === 0) return { ...facts, verdict: 'short', reasons: reasons.length > 0 ? reasons : ['booked-out'] };
  if (closesAtMs === null || nowMs >= closesAtMs) return { ...facts, verdict: 'unknown', reasons: [] };
  if (expected >= required) return { ...facts, verdict: 'on-track', reasons: [], metByMs: metByMs(required, parts) };
  // Screens nobody hears of are taken to keep their parts; where that would do, nobody can tell.
  const atBest = sum((part) => part.expected ?? Math.max(part.played, part.proven, part.closed ? 0 : part.part));
  if (atBest >= required) return { ...facts, verdict: 'unknown', reasons: [] };
  return { ...facts, verdict: 'at-risk', reasons: reasons.length > 0 ? reasons : ['booked-out'] };
}

/** When the last of the parts that are still under way is met; null where none says so. */
function metByMs(required: number, parts: readonly TargetPart[]): number | null {
  if (parts.reduce((total, part) => total + part.played, 0) >= required) return null;
  const ends = parts.flatMap((part) => (part.metByMs === null ? [] : [part.metByMs]));
  return ends.length === 0 ? null : Math.max(...ends);
}
