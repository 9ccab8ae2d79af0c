/** What became of every promised day of every screen, kept small: one byte a promise, screen and date, made anew only where something changed. */
import type { FlightDay } from '../../domain/compliance/flight-verdict.ts';
import { serviceDates } from '../../domain/time/service-dates.ts';
import { addDays, type LocalDate } from '../../domain/time/zone-time.ts';
import type { CommitmentDay, TargetDay } from '../../protocol/http/views.ts';
import type { Clock } from '../clock.ts';
import type { IngestService } from '../ingest/ingest-service.ts';
import type { PlanningService } from '../planning/planning-service.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import type { CommitmentDays } from '../views/commitment-days.ts';
import { targetDays } from '../views/target-days.ts';

/** What is known of one promise on one screen, or (`''`) of a target as a whole, by date; null: nothing, or still under way. */
export type DaysOf = (date: LocalDate) => FlightDay | null;

/** The memory. */
export type FlightDays = {
  /** Brings the dates from `from` to `to` up to date. */
  load(from: LocalDate, to: LocalDate): Promise<void>;
  /** The days of a promise on a screen; `screenId` '' means the whole target. */
  daysOf(screenId: string, commitment: string): DaysOf;
};

const CODES: readonly (FlightDay | null)[] = [null, 'kept', 'short', 'unknown'];

/** Makes the memory; it hears of new segments and of changes of what is promised. */
export function createFlightDays(deps: {
  catalogue: CatalogueStore;
  commitmentDays: CommitmentDays;
  planning: PlanningService;
  ingest: IngestService;
  clock: Clock;
}): FlightDays {
  const { catalogue, commitmentDays, planning, ingest, clock } = deps;
  const places = new Map<string, number>();
  const dates = new Map<LocalDate, Uint8Array>();
  ingest.onStored(({ deltas, dayCloses }) => {
    for (const { date } of [...deltas, ...dayCloses]) dates.delete(date);
  });
  planning.onChanged(() => dates.clear());
  catalogue.subscribe((changes) => {
    if (changes.some(({ collection }) => collection !== 'sessions' && collection !== 'users')) dates.clear();
  });

  function placeOf(screenId: string, commitment: string): number {
    const key = `${screenId} ${commitment}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, places.size);
    return places.size - 1;
  }

  async function loadDate(date: LocalDate): Promise<void> {
    const rows = await commitmentDays.span(date, date, null);
    const snapshot = catalogue.snapshot();
    const todayOf = serviceDates(clock.nowMs());
    const isOver = (screenId: string): boolean => {
      const screen = snapshot.screens.get(screenId);
      return screen !== undefined && date < todayOf(screen);
    };
    const found: [number, FlightDay | null][] = rows.map((row) => [
      placeOf(row.screen.id, row.commitment),
      dayOf(row.verdict, isOver(row.screen.id)),
    ]);
    const areOver = rows.every((row) => isOver(row.screen.id));
    for (const row of targetDays(rows, snapshot, clock.nowMs())) {
      found.push([placeOf('', row.commitment), dayOf(row.verdict, areOver)]);
    }
    const states = new Uint8Array(places.size);
    for (const [place, day] of found) states[place] = CODES.indexOf(day);
    dates.set(date, states);
  }

  return {
    async load(from, to) {
      // The day under way changes with every word of a player, and so may the one before it in zones further west.
      const fresh = new Set([to, addDays(to, -1)]);
      for (let date = from; date <= to; date = addDays(date, 1)) {
        if (fresh.has(date) || !dates.has(date)) await loadDate(date);
      }
    },
    daysOf(screenId, commitment) {
      const place = placeOf(screenId, commitment);
      return (date) => CODES[dates.get(date)?.[place] ?? 0] ?? null;
    },
  };
}

/** A day that is not over is only what it can no longer cease to be: kept, or short for certain. */
function dayOf(verdict: CommitmentDay['verdict'] | TargetDay['verdict'], isOver: boolean): FlightDay | null {
  if (verdict === 'met' || verdict === 'met-by-make-good') return 'kept';
  if (verdict === 'short') return 'short';
  return isOver ? 'unknown' : null;
}
