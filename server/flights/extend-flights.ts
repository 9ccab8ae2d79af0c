/** The rule of extension: a flight is made longer by as many days as its promise of consecutive days needs, where that fits. */
import type { Campaign, Flight } from '../../domain/catalogue/campaign.ts';
import { flightEnd } from '../../domain/catalogue/campaign.ts';
import type { Screen } from '../../domain/catalogue/organisation.ts';
import { type FlightRecord, judgeFlight } from '../../domain/compliance/flight-verdict.ts';
import { serviceDates } from '../../domain/time/service-dates.ts';
import { daysBetween, type LocalDate } from '../../domain/time/zone-time.ts';
import type { BookingService } from '../booking/booking-service.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import { type FlightPromise, type FlightService, flightKey } from './flight-service.ts';

/** A log may be late by this many days before its day counts as missed here; in verdicts it stays unknown. */
const LATE_LOG_DAYS = 3;

type Deps = {
  catalogue: CatalogueStore;
  flights: FlightService;
  booking: BookingService;
  clock: Clock;
  log: Log;
};

/**
 * Looks at every flight whose campaign allows an extension; gives one sentence on what it did. A flight is only ever made longer, by exactly the days
 * needed, and not where those days do not fit: that is noted among the refusals of `flights`.
 */
export async function extendFlights(deps: Deps): Promise<string> {
  const { flights, log } = deps;
  const needs = new Map<string, { campaign: Campaign; flight: Flight; to: LocalDate; screens: string[] }>();
  for (const promise of await flights.promises(null)) {
    const { campaign, flight, commitment } = promise;
    if (campaign.extendDays === 0 || commitment.minConsecutiveDays === null) continue;
    for (const screen of commitment.scope === 'target' ? [null] : playersOf(promise, deps)) {
      const to = neededEnd(promise, screen, deps);
      if (to === null) continue;
      const key = flightKey(campaign.id, flight.id);
      const known = needs.get(key) ?? { campaign, flight, to, screens: [] };
      const ids = screen ? [screen.id] : promise.screens.map(({ id }) => id);
      needs.set(key, { ...known, to: to > known.to ? to : known.to, screens: [...known.screens, ...ids] });
    }
  }
  for (const key of flights.refusals.keys()) if (!needs.has(key)) flights.refusals.delete(key);
  const done: string[] = [];
  for (const [key, { campaign, flight, to, screens }] of needs) {
    let dates: LocalDate[];
    try {
      dates = datesThatDoNotFit(campaign, flight, to, deps.booking);
    } catch (error) {
      // One campaign that contradicts itself does not keep the others from being extended.
      log.error({ err: error, campaign: campaign.id }, 'extension not checked');
      done.push(`${key} not extended to ${to}: it could not be checked`);
      continue;
    }
    if (dates.length > 0) {
      flights.refusals.set(key, { to, dates, screens });
      log.warn({ campaign: campaign.id, flight: flight.id, to, dates }, 'flight not extended: the days do not fit');
      done.push(`${key} not extended to ${to}: ${dates.join(', ')} do not fit`);
      continue;
    }
    flights.refusals.delete(key);
    await extend(campaign.id, flight.id, to, deps);
    log.info({ campaign: campaign.id, flight: flight.id, from: flightEnd(flight), to }, 'flight extended');
    done.push(`${key} extended to ${to}`);
  }
  return done.length > 0 ? done.join('; ') : 'no flight to extend';
}

/** Screens that can keep anything: channels and screens without a player prove nothing however long a flight is. */
function playersOf({ screens }: FlightPromise, { catalogue }: Deps): Screen[] {
  const { devices } = catalogue.snapshot();
  const enrolled = new Set([...devices.values()].filter((d) => d.retiredAtMs === null).map((d) => d.screenId));
  return screens.filter(({ id, kind }) => kind === 'player' && enrolled.has(id));
}

/** The day to which the flight has to be extended for this screen; null where it need not or would not help. */
function neededEnd(promise: FlightPromise, screen: Screen | null, { flights, clock }: Deps): LocalDate | null {
  const record = flights.recordOf(promise, screen);
  const todayOf = serviceDates(clock.nowMs());
  const today = screen ? todayOf(screen) : (promise.screens.map(todayOf).sort()[0] ?? record.to);
  const { verdict } = judgeFlight({ ...record, dayOn: afterLateLogs(record, today) });
  return verdict?.kind === 'extendable' ? verdict.on : null;
}

/** A log that is only late is taken to show a kept day; one later than that, a missed one. */
function afterLateLogs({ dayOn }: FlightRecord, today: LocalDate): FlightRecord['dayOn'] {
  return (date) => {
    const day = dayOn(date);
    if (day !== 'unknown') return day;
    return daysBetween(date, today) > LATE_LOG_DAYS ? 'short' : 'kept';
  };
}

/** The dates past the present end of `flight`, up to `to`, on which the campaign does not fit. */
function datesThatDoNotFit(campaign: Campaign, flight: Flight, to: LocalDate, booking: BookingService): LocalDate[] {
  const end = flightEnd(flight);
  const flights = campaign.flights.map((f) => (f.id === flight.id ? { ...f, to, extendedTo: null } : f));
  const { problems } = booking.check({ ...campaign, flights });
  const dates = problems.flatMap((problem) => problem.dates.filter((date) => end < date && date <= to));
  return [...new Set(dates)].sort();
}

/** Writes the new end unless somebody has made the flight longer, or taken it away, in the meantime. */
async function extend(campaignId: string, flightId: string, to: LocalDate, { catalogue }: Deps): Promise<void> {
  const campaign = catalogue.snapshot().campaigns.get(campaignId);
  if (campaign?.state !== 'live') return;
  const flights = campaign.flights.map((flight) =>
    flight.id === flightId && flightEnd(flight) < to ? { ...flight, extendedTo: to } : flight,
  );
  await catalogue.apply([{ op: 'put', collection: 'campaigns', entity: { ...campaign, flights } }]);
}
