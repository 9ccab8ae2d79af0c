/** One row of the verdicts: a commitment on one screen and date, judged from counters, the player's own word and the forecast. */
import type { Screen } from '../../domain/catalogue/organisation.ts';
import type { PromiseForecast } from '../../domain/compliance/forecast-day.ts';
import type { PromisedDay } from '../../domain/compliance/promise-day.ts';
import { type FormsKept, formsOf, hasOtherForms, judgeForms } from '../../domain/compliance/promise-forms.ts';
import { judgeDay, type Outlook } from '../../domain/compliance/verdict.ts';
import { windowTimeBetween } from '../../domain/plan/window-time.ts';
import { isExplainedBy } from '../../domain/playback/shortfall-reason.ts';
import { SHORTFALL_REASONS, type ShortfallReason } from '../../domain/proof/record.ts';
import { type Interval, intersectIntervals, mergeIntervals, totalMs } from '../../domain/time/interval.ts';
import type { CommitmentDay } from '../../protocol/http/views.ts';
import type { Status } from '../../protocol/player-link.ts';
import type { ScreenDayCounters } from '../stores/ledger-store.ts';

/**
 * What one screen's date is judged from. `word` is the player's status of that date, null where it has given none; `isOwn`: it speaks of the
 * program the date is judged by. `enrolledAtMs`: since when a player is bound to the screen, null where none is. `takeovers`: when emergency messages
 * stood on it, in no order.
 */
export type ScreenDate = {
  readonly screen: Screen;
  readonly date: string;
  readonly counters: ScreenDayCounters | undefined;
  readonly online: boolean;
  readonly word: Status | null;
  readonly isOwn: boolean;
  readonly enrolledAtMs: number | null;
  readonly takeovers: readonly Interval[];
  readonly nowMs: number;
};

/** What of one commitment is known besides: its forecast (null: none) and the starts of its proven plays (null: not read). */
export type PromiseKnown = {
  readonly forecast: PromiseForecast | null;
  readonly startsMs: readonly number[] | null;
  readonly campaign: { readonly name: string; readonly nameEn: string | null } | undefined;
};

/** Counted plays so far: proven, or reported by the player where those are more. */
export function playedOf(of: Pick<ScreenDate, 'counters' | 'word'>, commitment: string): number {
  return Math.max(of.counters?.plays[commitment] ?? 0, of.word?.tally[commitment] ?? 0);
}

/** Judges one commitment. */
export function judgeRow(of: ScreenDate, day: PromisedDay, known: PromiseKnown): CommitmentDay {
  const { screen, date, counters, nowMs } = of;
  const { promise, closesAtMs } = day;
  const proven = counters?.plays[promise.id] ?? 0;
  const played = playedOf(of, promise.id);
  const makeGoods = counters?.makeGoods[promise.id] ?? 0;
  const closed = counters?.closed != null;
  const forms = formsKept(of, day, known.startsMs);
  const { verdict, reasons } = judgeDay({
    required: promise.minPlays,
    proven,
    makeGoods,
    forms,
    hasWindow: day.windows.length > 0,
    enrolled: screen.kind === 'external' || of.enrolledAtMs !== null,
    over: closesAtMs !== null && nowMs >= closesAtMs,
    closed,
    outlook: outlookOf(of, promise.id, known.forecast),
    reason: reasonOf(of, day, played),
  });
  const expected = expectedOf(of, day, played, known.forecast);
  const isFinal = closed || closesAtMs === null;
  return {
    date,
    screen: {
      id: screen.id,
      name: screen.name,
      nameEn: screen.nameEn,
      kind: screen.kind,
      unitId: screen.unitId,
      online: of.online,
    },
    campaign: {
      id: promise.campaign,
      name: known.campaign?.name ?? promise.campaign,
      nameEn: known.campaign?.nameEn ?? null,
    },
    commitment: promise.id,
    scope: promise.scope,
    forms: formsOf(promise),
    broken: brokenForms(promise.minPlays, proven, closed, forms),
    required: promise.minPlays,
    played,
    proven,
    makeGoods,
    expected,
    shortBy: isFinal ? Math.max(0, promise.minPlays - proven) : shortBy(promise.minPlays, expected),
    metByMs: verdict === 'on-track' && !isCountMet(day, played) ? (known.forecast?.metByMs ?? null) : null,
    closesAtMs,
    closed,
    verdict,
    reasons,
  };
}

const isCountMet = ({ promise }: PromisedDay, played: number): boolean =>
  played >= promise.minPlays && !hasOtherForms(promise);

const shortBy = (required: number, expected: number | null): number | null =>
  expected === null ? null : Math.max(0, required - expected);

function formsKept(of: ScreenDate, day: PromisedDay, startsMs: readonly number[] | null): FormsKept | null {
  if (!hasOtherForms(day.promise)) return null;
  const { counters } = of;
  // A share, a gap and an exact time can still be spoilt or made up for until the day's log is complete.
  if (!counters?.closed) return { broken: [], open: true, byMakeGood: false };
  return judgeForms(day, {
    plays: counters.plays[day.promise.id] ?? 0,
    allPlays: sum(counters.plays),
    airtimeMs: counters.airtimeMs[day.promise.id] ?? 0,
    allAirtimeMs: sum(counters.airtimeMs),
    startsMs,
  });
}

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

function brokenForms(
  required: number,
  proven: number,
  closed: boolean,
  forms: FormsKept | null,
): CommitmentDay['broken'] {
  const others = forms?.broken ?? [];
  if (!closed || proven >= required || others.includes('exact-times')) return [...others];
  return ['count', ...others];
}

/** The player's own plan knows more than counts do; the server's forecast stands in where it has not spoken of this program. */
function outlookOf(of: ScreenDate, id: string, forecast: PromiseForecast | null): Outlook {
  if (forecast === null) return 'unknown';
  if (forecast.outlook === 'lost') return 'lost';
  if (!of.isOwn || of.word?.short === undefined) return forecast.outlook;
  const said = of.word.short[id];
  if (!said) return 'makes-it';
  return said.lost ? 'lost' : 'misses-it';
}

function expectedOf(
  of: ScreenDate,
  { promise }: PromisedDay,
  played: number,
  forecast: PromiseForecast | null,
): number | null {
  if (forecast === null) return null;
  const said = of.isOwn ? of.word?.short : undefined;
  if (said === undefined || forecast.outlook === 'lost') return Math.max(played, forecast.expected);
  const by = said[promise.id]?.by ?? 0;
  if (by > 0) return Math.max(played, promise.minPlays - by);
  return Math.max(played, forecast.expected, promise.minPlays);
}

/** Why a day is short: what its signed end says, else what the player says now, else what the server can see. */
function reasonOf(of: ScreenDate, day: PromisedDay, played: number): ShortfallReason | null {
  const { id } = day.promise;
  const signed = of.counters?.closed?.short[id];
  if (of.counters?.closed) return signed === undefined ? null : knownReason(signed);
  if (day.promise.items.length === 0) return 'withdrawn';
  const said = of.word?.short?.[id];
  if (said) return said.reason;
  const opensAtMs = day.windows[0]?.startMs ?? of.nowMs;
  if (of.enrolledAtMs !== null && of.enrolledAtMs > opensAtMs) return 'not-enrolled';
  const allMs = windowTimeBetween(day.windows, 0, Number.MAX_SAFE_INTEGER);
  const elapsedMs = windowTimeBetween(day.windows, 0, of.nowMs);
  // Less than an even rhythm would have played by now: something kept the screen from playing.
  const behind = Math.floor((day.promise.minPlays * elapsedMs) / Math.max(1, allMs)) - played;
  if (behind <= 0) return 'booked-out';
  const takenOverMs = totalMs(intersectIntervals(mergeIntervals(of.takeovers), day.windows));
  return isExplainedBy(takenOverMs, { items: day.promise.items, missingPlays: behind }) ? 'taken-over' : 'player-down';
}

const knownReason = (said: string): ShortfallReason =>
  SHORTFALL_REASONS.find((reason) => reason === said) ?? 'player-down';
