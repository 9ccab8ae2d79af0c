/** Where every promise stands: verdicts of past days, forecast and verdict of the day under way. */
import type { Device, Screen } from '../../domain/catalogue/organisation.ts';
import type { PromisedDay } from '../../domain/compliance/promise-day.ts';
import { needsStarts } from '../../domain/compliance/promise-forms.ts';
import { verdictRank } from '../../domain/compliance/verdict.ts';
import { serviceDates } from '../../domain/time/service-dates.ts';
import { addDays, daysBetween } from '../../domain/time/zone-time.ts';
import type { CommitmentDay } from '../../protocol/http/views.ts';
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { ForecastInput, ForecastService } from '../forecast/forecast-service.ts';
import { createPace } from '../pace.ts';
import type { HashedProgram } from '../planning/hashed-program.ts';
import type { PlanningService } from '../planning/planning-service.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import type { ScreenDayCounters, SegmentLedger } from '../stores/ledger-store.ts';
import type { TakeoverService } from '../takeover/takeover-service.ts';
import { createDayFrames } from './day-frames.ts';
import { judgeRow, playedOf, type ScreenDate } from './judge-row.ts';
import type { ProvenStarts } from './proven-starts.ts';

/** Longest span of dates one question may ask for. */
export const MAX_VERDICT_DAYS = 100;

/** What the promises are judged from. */
export type CommitmentDayDeps = {
  catalogue: CatalogueStore;
  segments: SegmentLedger;
  planning: PlanningService;
  fleet: FleetService;
  forecasts: ForecastService;
  provenStarts: ProvenStarts;
  takeovers: Pick<TakeoverService, 'spansOf'>;
  clock: Clock;
};

/** What the view offers. Rows come worst first. */
export type CommitmentDays = {
  /** Every promise of every screen on its day of service now. */
  today(): Promise<CommitmentDay[]>;
  /** The promises of one screen on one date. */
  ofScreen(screenId: string, date: string): Promise<CommitmentDay[]>;
  /** Every promise of a span of dates, of one screen or of all; fails with `bad-request` past {@link MAX_VERDICT_DAYS}. */
  span(from: string, to: string, screenId: string | null): Promise<CommitmentDay[]>;
};

/** A screen's date with what is promised on it. */
type DayCase = ScreenDate & { hashed: HashedProgram; promised: readonly PromisedDay[]; isHeardOf: boolean };

/** Makes the view. */
export function createCommitmentDays(deps: CommitmentDayDeps): CommitmentDays {
  const { catalogue, segments, planning, fleet, forecasts, provenStarts, takeovers, clock } = deps;
  const framesOf = createDayFrames();
  let enrolments: { devices: ReadonlyMap<string, Device> | null; sinceMs: ReadonlyMap<string, number> } = {
    devices: null,
    sinceMs: new Map(),
  };

  /** Since when a player is bound to each screen; kept until the catalogue changes. */
  function enrolledSince(): ReadonlyMap<string, number> {
    const { devices } = catalogue.snapshot();
    if (devices !== enrolments.devices) {
      const bound = [...devices.values()].filter((device) => device.retiredAtMs === null);
      enrolments = { devices, sinceMs: new Map(bound.map((device) => [device.screenId, device.enrolledAtMs])) };
    }
    return enrolments.sinceMs;
  }

  function caseOf(screen: Screen, date: string, isToday: boolean, counters: ScreenDayCounters | undefined): DayCase[] {
    const hashed = planning.programOn(screen.id, date);
    const promised = hashed ? framesOf(hashed, date) : [];
    if (!hashed || promised.length === 0) return [];
    const { online, status } = fleet.live(screen.id);
    const word = isToday && status?.date === date ? status : null;
    const isHeardOf = isToday && screen.kind === 'player' && online && (word !== null || counters !== undefined);
    const isOwn = word?.program === hashed.hash;
    const enrolledAtMs = enrolledSince().get(screen.id) ?? null;
    const nowMs = clock.nowMs();
    const frame = {
      screen,
      date,
      counters,
      online,
      word,
      isOwn,
      enrolledAtMs,
      takeovers: takeovers.spansOf(screen),
      nowMs,
    };
    return [{ ...frame, hashed, promised, isHeardOf }];
  }

  async function rowsOf(cases: readonly DayCase[]): Promise<CommitmentDay[]> {
    await forecasts.refresh(cases.filter(({ isHeardOf }) => isHeardOf).map(forecastInput));
    const { campaigns } = catalogue.snapshot();
    const pace = createPace();
    const rows: CommitmentDay[] = [];
    for (const of of cases) {
      const { screen, hashed, date, counters, isHeardOf } = of;
      const forecast = isHeardOf ? forecasts.of(screen.id, hashed.hash, date) : null;
      const judgedByStarts = counters?.closed ? of.promised.filter(({ promise }) => needsStarts(promise)) : [];
      const starts =
        counters && judgedByStarts.length > 0
          ? await provenStarts(
              counters,
              judgedByStarts.map(({ promise }) => promise.id),
            )
          : null;
      for (const day of of.promised) {
        const { id, campaign } = day.promise;
        const known = {
          forecast: forecast?.get(id) ?? null,
          startsMs: starts?.get(id) ?? null,
          campaign: campaigns.get(campaign),
        };
        rows.push(judgeRow(of, day, known));
      }
      await pace.breathe();
    }
    return rows.sort(worstFirst);
  }

  async function span(from: string, to: string, screenId: string | null): Promise<CommitmentDay[]> {
    if (from > to || daysBetween(from, to) >= MAX_VERDICT_DAYS) {
      throw new Failure('bad-request', `from ${from} to ${to}: at most ${MAX_VERDICT_DAYS} days, from before to`);
    }
    const byDay = index(await segments.counters({ from, to, screen: screenId }));
    const todayOf = serviceDates(clock.nowMs());
    const screens = [...catalogue.snapshot().screens.values()].filter((s) => screenId === null || s.id === screenId);
    const pace = createPace();
    const cases: DayCase[] = [];
    for (let date = from; date <= to; date = addDays(date, 1)) {
      for (const screen of screens) {
        cases.push(...caseOf(screen, date, date === todayOf(screen), byDay.get(`${screen.id} ${date}`)));
        await pace.breathe();
      }
    }
    return await rowsOf(cases);
  }

  return {
    span,
    ofScreen: (screenId, date) => span(date, date, screenId),
    async today() {
      const { screens } = catalogue.snapshot();
      const dateOf = serviceDates(clock.nowMs());
      const dated = [...screens.values()].map((screen) => ({ screen, date: dateOf(screen) }));
      const dates = dated.map((d) => d.date).sort();
      const [from, to] = [dates[0], dates.at(-1)];
      if (from === undefined || to === undefined) return [];
      const byDay = index(await segments.counters({ from, to, screen: null }));
      forecasts.keepOnly(new Set(screens.keys()));
      const pace = createPace();
      const cases: DayCase[] = [];
      for (const { screen, date } of dated) {
        cases.push(...caseOf(screen, date, true, byDay.get(`${screen.id} ${date}`)));
        await pace.breathe();
      }
      return await rowsOf(cases);
    },
  };
}

/** What the rest of a day is planned from: what was shown so far, of the loop only where a share is promised. */
function forecastInput({ screen, date, hashed, promised, counters, word }: DayCase): ForecastInput {
  const plays = Object.fromEntries(
    promised.map(({ promise }) => [promise.id, playedOf({ counters, word }, promise.id)]),
  );
  const hasShare = promised.some(({ promise }) => promise.minShare !== null || promise.minAirtimeShare !== null);
  const loopPlays = hasShare ? Math.max(counters?.plays[''] ?? 0, word?.loop?.plays ?? 0) : 0;
  const loopShownMs = hasShare ? Math.max(counters?.airtimeMs[''] ?? 0, word?.loop?.shownMs ?? 0) : 0;
  return { screenId: screen.id, ...hashed, date, soFar: { plays, loopPlays, loopShownMs } };
}

function index(counters: readonly ScreenDayCounters[]): Map<string, ScreenDayCounters> {
  return new Map(counters.map((c) => [`${c.screen} ${c.date}`, c]));
}

function worstFirst(a: CommitmentDay, b: CommitmentDay): number {
  return (
    verdictRank(a.verdict) - verdictRank(b.verdict) ||
    compareText(a.date, b.date) ||
    compareText(a.screen.id, b.screen.id) ||
    compareText(a.commitment, b.commitment)
  );
}

/** Ids and dates are ASCII; a comparison by the rules of a language would take most of the time of a large list. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
