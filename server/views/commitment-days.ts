/** Where every promise stands: verdicts of past days, forecast and verdict of the day under way. */
import type { Device, Screen } from '../../domain/catalogue/organisation.ts';
import { judgeDay, judgeRest, verdictRank } from '../../domain/compliance/verdict.ts';
import type { DayPlan } from '../../domain/plan/day-plan.ts';
import { planDay } from '../../domain/plan/plan-day.ts';
import type { Program, ProgramCommitment } from '../../domain/plan/program.ts';
import { SHORTFALL_REASONS, type ShortfallReason } from '../../domain/proof/record.ts';
import { openIntervals, serviceDate, withinDayParts } from '../../domain/time/opening-hours.ts';
import { addDays, daysBetween, weekdayOf } from '../../domain/time/zone-time.ts';
import type { CommitmentDay } from '../../protocol/http/views.ts';
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { PlanningService } from '../planning/planning-service.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import type { ScreenDayCounters, SegmentLedger } from '../stores/ledger-store.ts';

/** Longest span of dates one question may ask for. */
export const MAX_VERDICT_DAYS = 100;
/** Plans of the rest of the day that are remembered; a plan stands while counts, program and minute stay the same. */
const MAX_FORECASTS = 20_000;
const FORECAST_MS = 60_000;

/** What the promises are judged from. */
export type CommitmentDayDeps = {
  catalogue: CatalogueStore;
  segments: SegmentLedger;
  planning: PlanningService;
  fleet: FleetService;
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

/** Makes the view. */
export function createCommitmentDays(deps: CommitmentDayDeps): CommitmentDays {
  const { catalogue, segments, planning, fleet, clock } = deps;
  const forecasts = new Map<string, DayPlan>();
  let enrolledOf: { devices: ReadonlyMap<string, Device> | null; ids: ReadonlySet<string> } = {
    devices: null,
    ids: new Set(),
  };

  function restOfDay(hash: string, program: Program, date: string, tally: Record<string, number>): DayPlan {
    const nowMs = Math.floor(clock.nowMs() / FORECAST_MS) * FORECAST_MS;
    const key = `${hash} ${date} ${nowMs} ${JSON.stringify(Object.entries(tally).sort())}`;
    const known = forecasts.get(key);
    if (known) return known;
    if (forecasts.size >= MAX_FORECASTS) forecasts.clear();
    const plan = planDay(program, date, tally, nowMs);
    forecasts.set(key, plan);
    return plan;
  }

  /** Ids of the screens a player is bound to; kept until the catalogue changes. */
  function enrolledScreens(): ReadonlySet<string> {
    const { devices } = catalogue.snapshot();
    if (devices !== enrolledOf.devices) {
      const ids = [...devices.values()].filter((d) => d.retiredAtMs === null).map((d) => d.screenId);
      enrolledOf = { devices, ids: new Set(ids) };
    }
    return enrolledOf.ids;
  }

  function rowsOf(screen: Screen, date: string, counters: ScreenDayCounters | undefined): CommitmentDay[] {
    const hashed = planning.programOn(screen.id, date);
    if (!hashed) return [];
    const promised = hashed.program.commitments.filter((c) => isActive(c, date));
    if (promised.length === 0) return [];
    const live = fleet.live(screen.id);
    const isToday = date === serviceDate(screen.openingHours, screen.timeZone, clock.nowMs());
    const reported = isToday && live.status?.date === date ? live.status.tally : null;
    const heardOf = isToday && (reported !== null || counters !== undefined);
    const tally = Object.fromEntries(
      promised.map((c) => [c.id, Math.max(counters?.plays[c.id] ?? 0, reported?.[c.id] ?? 0)]),
    );
    const plan = heardOf && screen.kind === 'player' ? restOfDay(hashed.hash, hashed.program, date, tally) : null;
    return promised.map((c) => judge({ screen, date, promise: c, counters, played: tally[c.id] ?? 0, plan }));
  }

  function judge(row: {
    screen: Screen;
    date: string;
    promise: ProgramCommitment;
    counters: ScreenDayCounters | undefined;
    played: number;
    plan: DayPlan | null;
  }): CommitmentDay {
    const { screen, date, promise, counters, played, plan } = row;
    const { campaigns } = catalogue.snapshot();
    const enrolled = enrolledScreens();
    const open = openIntervals(screen.openingHours, date, screen.timeZone);
    const closesAtMs = withinDayParts(open, promise.dayParts, date, screen.timeZone).at(-1)?.endMs ?? null;
    const proven = counters?.plays[promise.id] ?? 0;
    const makeGoods = counters?.makeGoods[promise.id] ?? 0;
    const slots = plan?.slots.filter((s) => s.commitment === promise.id) ?? [];
    const expected = plan === null ? null : played + slots.length;
    const last = slots[promise.minPlays - played - 1];
    const said = counters?.closed?.short[promise.id];
    const { verdict, reasons } = judgeDay({
      required: promise.minPlays,
      proven,
      makeGoods,
      rest: judgeRest(promise, { plays: proven, allPlays: allPlays(counters), closed: counters?.closed != null }),
      enrolled: screen.kind === 'external' || enrolled.has(screen.id),
      over: closesAtMs !== null && clock.nowMs() >= closesAtMs,
      closed: counters?.closed != null,
      expected,
      reason: said === undefined ? null : shortfallReason(said),
    });
    const campaign = campaigns.get(promise.campaign);
    return {
      date,
      screen: {
        id: screen.id,
        name: screen.name,
        nameEn: screen.nameEn,
        kind: screen.kind,
        unitId: screen.unitId,
        online: fleet.live(screen.id).online,
      },
      campaign: { id: promise.campaign, name: campaign?.name ?? promise.campaign, nameEn: campaign?.nameEn ?? null },
      commitment: promise.id,
      required: promise.minPlays,
      played,
      proven,
      makeGoods,
      expected,
      metByMs: played < promise.minPlays && last ? last.startMs + last.durationMs : null,
      closesAtMs,
      verdict,
      reasons,
    };
  }

  async function span(from: string, to: string, screenId: string | null): Promise<CommitmentDay[]> {
    if (from > to || daysBetween(from, to) >= MAX_VERDICT_DAYS) {
      throw new Failure('bad-request', `from ${from} to ${to}: at most ${MAX_VERDICT_DAYS} days, from before to`);
    }
    const byDay = index(await segments.counters({ from, to, screen: screenId }));
    const screens = [...catalogue.snapshot().screens.values()].filter((s) => screenId === null || s.id === screenId);
    const rows: CommitmentDay[] = [];
    for (let date = from; date <= to; date = addDays(date, 1)) {
      for (const screen of screens) rows.push(...rowsOf(screen, date, byDay.get(`${screen.id} ${date}`)));
    }
    return rows.sort(worstFirst);
  }

  return {
    span,
    ofScreen: (screenId, date) => span(date, date, screenId),
    async today() {
      const dated = [...catalogue.snapshot().screens.values()].map((screen) => ({
        screen,
        date: serviceDate(screen.openingHours, screen.timeZone, clock.nowMs()),
      }));
      const dates = dated.map((d) => d.date).sort();
      const [from, to] = [dates[0], dates.at(-1)];
      if (from === undefined || to === undefined) return [];
      const byDay = index(await segments.counters({ from, to, screen: null }));
      return dated
        .flatMap(({ screen, date }) => rowsOf(screen, date, byDay.get(`${screen.id} ${date}`)))
        .sort(worstFirst);
    },
  };
}

/** Whether a promise holds on `date`. */
function isActive(promise: ProgramCommitment, date: string): boolean {
  return promise.from <= date && date <= promise.to && promise.weekdays.includes(weekdayOf(date));
}

/** Counted plays of a screen-day, the loop's included. */
function allPlays(counters: ScreenDayCounters | undefined): number {
  return Object.values(counters?.plays ?? {}).reduce((sum, plays) => sum + plays, 0);
}

function shortfallReason(said: string): ShortfallReason {
  return SHORTFALL_REASONS.find((reason) => reason === said) ?? 'player-down';
}

function index(counters: readonly ScreenDayCounters[]): Map<string, ScreenDayCounters> {
  return new Map(counters.map((c) => [`${c.screen} ${c.date}`, c]));
}

function worstFirst(a: CommitmentDay, b: CommitmentDay): number {
  return (
    verdictRank(a.verdict) - verdictRank(b.verdict) ||
    a.date.localeCompare(b.date) ||
    a.screen.id.localeCompare(b.screen.id) ||
    a.commitment.localeCompare(b.commitment)
  );
}
