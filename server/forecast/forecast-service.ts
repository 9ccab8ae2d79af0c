/** Forecasts of the day under way, screen by screen: made anew only where something changed, shared, and without holding up anything else. */
import { type DayForecast, type DaySoFar, forecastDay } from '../../domain/compliance/forecast-day.ts';
import type { Program } from '../../domain/plan/program.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { Clock } from '../clock.ts';
import { createPace } from '../pace.ts';

/** A forecast stands this long where a screen keeps to its plan. */
const STANDS_MS = 5 * 60_000;
/** A forecast of other counts than the screen has now stands this long at most. */
const REMADE_MS = 60_000;
/** A play this late is still on plan: a status may be under way, and a film may wait for the one before. */
const BEHIND_MS = 90_000;
/** Forecasts made within the same time are shared between screens of equal program and counts. */
const SHARED_MS = 60_000;
/** Most forecasts held for sharing. */
const MAX_SHARED = 4000;
/** One call makes new forecasts for this long; what is left waits for the next. */
const BUDGET_MS = 1500;

/** A screen's day as it stands. */
export type ForecastInput = {
  readonly screenId: string;
  readonly hash: string;
  readonly program: Program;
  readonly date: LocalDate;
  readonly soFar: DaySoFar;
};

/** What the service offers. */
export type ForecastService = {
  /** Brings the forecasts of these screens up to date, oldest first, as far as one call's time reaches. */
  refresh(inputs: readonly ForecastInput[]): Promise<void>;
  /** The latest forecast of a screen for that program and date; null where none was made yet. */
  of(screenId: string, hash: string, date: LocalDate): DayForecast | null;
  /** Forgets every screen but these. */
  keepOnly(screenIds: ReadonlySet<string>): void;
  /** How many forecasts were made since the start, for the metrics. */
  made(): number;
};

type Entry = { day: string; counts: string; soFar: DaySoFar; madeAtMs: number; forecast: DayForecast };

/** Makes the service. */
export function createForecastService(deps: { clock: Clock }): ForecastService {
  const { clock } = deps;
  const entries = new Map<string, Entry>();
  const shared = new Map<string, DayForecast>();
  let running: Promise<void> = Promise.resolve();
  let made = 0;

  function forecastOf(input: ForecastInput, counts: string): DayForecast {
    const nowMs = Math.floor(clock.nowMs() / SHARED_MS) * SHARED_MS;
    const key = `${dayOf(input)} ${nowMs} ${counts}`;
    const known = shared.get(key);
    if (known) return known;
    if (shared.size >= MAX_SHARED) shared.delete(shared.keys().next().value ?? '');
    const forecast = forecastDay(input.program, input.date, input.soFar, nowMs);
    made += 1;
    shared.set(key, forecast);
    return forecast;
  }

  async function work(inputs: readonly ForecastInput[]): Promise<void> {
    const pace = createPace();
    const nowMs = clock.nowMs();
    const ageOf = ({ screenId }: ForecastInput): number => entries.get(screenId)?.madeAtMs ?? 0;
    const due: ForecastInput[] = [];
    for (const input of inputs) {
      if (isDue(input, entries.get(input.screenId), nowMs)) due.push(input);
      await pace.breathe();
    }
    for (const input of due.sort((a, b) => ageOf(a) - ageOf(b))) {
      if (pace.workedMs() > BUDGET_MS) return;
      const counts = countsOf(input.soFar);
      const forecast = forecastOf(input, counts);
      entries.set(input.screenId, { day: dayOf(input), counts, soFar: input.soFar, madeAtMs: nowMs, forecast });
      await pace.breathe();
    }
  }

  return {
    refresh(inputs) {
      running = running.catch(() => undefined).then(() => work(inputs));
      return running;
    },
    of(screenId, hash, date) {
      const entry = entries.get(screenId);
      return entry && entry.day === dayOf({ hash, date }) ? entry.forecast : null;
    },
    keepOnly(screenIds) {
      if (entries.size <= screenIds.size) return;
      for (const id of entries.keys()) if (!screenIds.has(id)) entries.delete(id);
    },
    made: () => made,
  };
}

const dayOf = ({ hash, date }: { hash: string; date: LocalDate }): string => `${hash} ${date}`;

/** The counts by which equal days are told. */
function countsOf({ plays, loopPlays }: DaySoFar): string {
  const rows = Object.entries(plays).filter(([, count]) => count > 0);
  return JSON.stringify([rows.sort(([a], [b]) => (a < b ? -1 : 1)), loopPlays]);
}

function isDue(input: ForecastInput, entry: Entry | undefined, nowMs: number): boolean {
  if (!entry || entry.day !== dayOf(input)) return true;
  const ageMs = nowMs - entry.madeAtMs;
  if (ageMs >= STANDS_MS) return true;
  if (ageMs < REMADE_MS && ageMs >= 0) return false;
  // A promise at risk is looked at again as soon as anything has changed, so that it is not called so for longer than it is.
  return !keepsToPlan(input, entry, nowMs) || (hasRisk(entry) && entry.counts !== countsOf(input.soFar));
}

/** Whether every promise has had the plays its forecast gave it up to now. */
function keepsToPlan({ soFar }: ForecastInput, { soFar: before, forecast }: Entry, nowMs: number): boolean {
  for (const [id, { endsMs }] of forecast) {
    const late = endsMs.findIndex((endMs) => endMs > nowMs - BEHIND_MS);
    const dueNow = late < 0 ? endsMs.length : late;
    if ((soFar.plays[id] ?? 0) < (before.plays[id] ?? 0) + dueNow) return false;
  }
  return true;
}

function hasRisk({ forecast }: Entry): boolean {
  for (const { outlook } of forecast.values()) if (outlook !== 'makes-it') return true;
  return false;
}
