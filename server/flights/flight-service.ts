/** Promises over their flights: which screens keep the consecutive days, which still can, by when, and what an extension would take. */
import { type Campaign, type Commitment, type Flight, flightEnd, isTargeted } from '../../domain/catalogue/campaign.ts';
import type { Screen } from '../../domain/catalogue/organisation.ts';
import {
  type FlightRecord,
  type FlightStanding,
  type FlightVerdict,
  judgeFlight,
  promisedDates,
} from '../../domain/compliance/flight-verdict.ts';
import { programCommitmentId } from '../../domain/plan/build-program.ts';
import { serviceDates } from '../../domain/time/service-dates.ts';
import { addDays, type LocalDate } from '../../domain/time/zone-time.ts';
import type { FlightView } from '../../protocol/http/views.ts';
import type { Clock } from '../clock.ts';
import { createPace } from '../pace.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import type { DaysOf, FlightDays } from './flight-days.ts';

/** Flights that ended longer ago than this are not shown any more. */
const SHOWN_FOR_DAYS = 400;
const MAX_ROWS = 500;

/** A promise over one flight with the screens it is made for. */
export type FlightPromise = {
  readonly campaign: Campaign;
  readonly flight: Flight;
  readonly commitment: Commitment;
  readonly id: string;
  readonly dates: readonly LocalDate[];
  readonly screens: readonly Screen[];
};

/** A flight that was not extended: to what day it should have been, and the dates on which that does not fit. */
export type Refusal = {
  readonly to: LocalDate;
  readonly dates: readonly LocalDate[];
  readonly screens: readonly string[];
};

/** What the service offers. */
export type FlightService = {
  /** Every promise of every flight of the live campaigns, or of one of them. */
  list(campaignId: string | null): Promise<FlightView[]>;
  /** The promises of the flights of live campaigns, their days brought up to date. */
  promises(campaignId: string | null): Promise<FlightPromise[]>;
  /** What became of the dates of a promise; screen null: of its target as a whole. */
  recordOf(promise: FlightPromise, screen: Screen | null): FlightRecord;
  /** Flights whose extension does not fit, by campaign and flight; kept by the job that extends. */
  readonly refusals: Map<string, Refusal>;
};

/** Key of a flight among {@link FlightService.refusals}. */
export const flightKey = (campaignId: string, flightId: string): string => `${campaignId} ${flightId}`;

/** The last day a flight may be extended to. */
export const latestEnd = (campaign: Campaign, flight: Flight): LocalDate => {
  const allowed = addDays(flight.to, campaign.extendDays);
  return allowed > flightEnd(flight) ? allowed : flightEnd(flight);
};

/** Makes the service. */
export function createFlightService(deps: {
  catalogue: CatalogueStore;
  days: FlightDays;
  clock: Clock;
}): FlightService {
  const { catalogue, days, clock } = deps;
  const refusals = new Map<string, Refusal>();

  async function promises(campaignId: string | null): Promise<FlightPromise[]> {
    const { campaigns, screens, units } = catalogue.snapshot();
    const todayOf = serviceDates(clock.nowMs());
    const today = [...screens.values()].map(todayOf).sort().at(-1);
    if (today === undefined) return [];
    const found: FlightPromise[] = [];
    for (const campaign of campaigns.values()) {
      if (campaign.state !== 'live' || (campaignId !== null && campaign.id !== campaignId)) continue;
      const own = [...screens.values()].filter((screen) => isTargeted(campaign, screen, units));
      for (const flight of campaign.flights) {
        if (flightEnd(flight) < addDays(today, -SHOWN_FOR_DAYS)) continue;
        await days.load(flight.from, today < flightEnd(flight) ? today : flightEnd(flight));
        const dates = promisedDates(flight.from, latestEnd(campaign, flight), campaign.weekdays);
        for (const commitment of campaign.commitments) {
          const id = programCommitmentId(campaign.id, commitment.id, flight.id);
          found.push({ campaign, flight, commitment, id, dates, screens: own });
        }
      }
    }
    return found;
  }

  function recordOf({ flight, commitment, id, dates, screens }: FlightPromise, screen: Screen | null): FlightRecord {
    const todayOf = serviceDates(clock.nowMs());
    const known = days.daysOf(screen?.id ?? '', id);
    const to = flightEnd(flight);
    const today = screen ? todayOf(screen) : (screens.map(todayOf).sort()[0] ?? to);
    return { dates, to, minConsecutiveDays: commitment.minConsecutiveDays, dayOn: dayOn(known, to, today) };
  }

  async function list(campaignId: string | null): Promise<FlightView[]> {
    const pace = createPace();
    const views: FlightView[] = [];
    for (const promise of await promises(campaignId)) {
      const isWhole = promise.commitment.scope === 'target';
      const rows: FlightView['rows'] = [];
      for (const screen of isWhole ? [null] : promise.screens) {
        const standing = judgeFlight(recordOf(promise, screen));
        const { id, name, nameEn } = screen ?? { id: promise.campaign.id, name: '', nameEn: null };
        rows.push({ screen: { id, name, nameEn }, ...standing });
        await pace.breathe();
      }
      const refusal = refusals.get(flightKey(promise.campaign.id, promise.flight.id));
      views.push(viewOf(promise, rows, isWhole, refusal));
    }
    return views;
  }

  return { list, promises, recordOf, refusals };
}

/** A date after the end of the flight that has come is no kept day, whatever was shown; a date to come is null. */
function dayOn(known: DaysOf, to: LocalDate, today: LocalDate): FlightRecord['dayOn'] {
  return (date) => {
    if (date > today) return null;
    if (date > to) return 'short';
    return known(date) ?? (date < today ? 'unknown' : null);
  };
}

function viewOf(
  { campaign, flight, commitment, id, screens }: FlightPromise,
  rows: FlightView['rows'],
  isWhole: boolean,
  refusal: Refusal | undefined,
): FlightView {
  const of = (kind: FlightVerdict['kind']): number => rows.filter(({ verdict }) => verdict?.kind === kind).length;
  const sum = (part: 'kept' | 'short' | 'unknown'): number => rows.reduce((total, row) => total + row[part], 0);
  const runs = rows.map(({ longestRun }) => longestRun);
  const reach = rows.flatMap(({ verdict }) => (verdict?.kind === 'reachable' ? [verdict.on] : []));
  return {
    campaign: { id: campaign.id, name: campaign.name, nameEn: campaign.nameEn },
    flight: { ...flight, latest: latestEnd(campaign, flight) },
    commitment: id,
    scope: commitment.scope,
    minConsecutiveDays: commitment.minConsecutiveDays,
    screens: screens.length,
    counts: {
      kept: of('kept'),
      reachable: of('reachable'),
      extendable: of('extendable'),
      lost: of('lost'),
      unknown: of('unknown'),
    },
    days: { kept: sum('kept'), short: sum('short'), unknown: sum('unknown') },
    longestRun: Math.max(0, ...runs),
    shortestRun: runs.length === 0 ? 0 : Math.min(...runs),
    reachOn: reach.sort().at(-1) ?? null,
    refused: refusal ? { to: refusal.to, dates: [...refusal.dates] } : null,
    rows: isWhole ? rows : rows.sort(worstFirst).slice(0, MAX_ROWS),
  };
}

const RANK: Record<FlightVerdict['kind'], number> = { lost: 0, extendable: 1, unknown: 2, reachable: 3, kept: 4 };

function worstFirst(a: FlightView['rows'][number], b: FlightView['rows'][number]): number {
  const rank = ({ verdict }: FlightStanding): number => (verdict === null ? 5 : RANK[verdict.kind]);
  return rank(a) - rank(b) || a.longestRun - b.longestRun || a.screen.id.localeCompare(b.screen.id);
}
