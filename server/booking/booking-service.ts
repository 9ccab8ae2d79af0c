/** The booking check: whether a campaign, or a change of what campaigns stand on, leaves every promise to be kept on every day. */
import type { Campaign, Flight } from '../../domain/catalogue/campaign.ts';
import type { Screen, User } from '../../domain/catalogue/organisation.ts';
import type { OverriddenChange } from '../../domain/catalogue/override.ts';
import { targetIndex } from '../../domain/catalogue/target-index.ts';
import { type BookingCheck, checkBooking } from '../../domain/plan/check-booking.ts';
import { serviceDates } from '../../domain/time/service-dates.ts';
import { MAX_OVERRIDES } from '../../protocol/catalogue.ts';
import type { Booking } from '../../protocol/http/views.ts';
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import { withChanges } from '../stores/catalogue-core.ts';
import type { CatalogueChange, CatalogueSnapshot, CatalogueStore } from '../stores/catalogue-store.ts';
import { bookingOf } from './booking-answer.ts';
import { misfit } from './misfit.ts';
import { overriddenCampaigns, overrideOf } from './override-record.ts';
import { withdrawnCreatives } from './withdrawn-creatives.ts';

/** What the booking service offers. Drafts and ended campaigns are never checked. */
export type BookingService = {
  /** Checks a campaign as if it were live, beside everything else that is booked. Fails with `bad-request` for contradictions and withdrawn content. */
  check(campaign: Campaign): Booking;
  /** Which promises a change would make worse. */
  checkChange(change: CatalogueChange): Booking;
  /**
   * The changes to make in place of `change`: the same, with the override recorded where `reason` excuses what does not fit. Fails with
   * `does-not-fit` and one fault a problem where promises get worse and no reason is given. The reason of a campaign is its own `overrideReason`.
   */
  settle(change: CatalogueChange, reason: string | null, by: User): CatalogueChange[];
};

/** Makes the service. */
export function createBookingService(deps: { catalogue: CatalogueStore; clock: Clock }): BookingService {
  const { catalogue, clock } = deps;

  function settleCampaign(campaign: Campaign, by: User): CatalogueChange[] {
    const snapshot = catalogue.snapshot();
    const stored = snapshot.campaigns.get(campaign.id);
    const known = {
      ...campaign,
      overrides: stored?.overrides,
      flights: keepExtensions(campaign.flights, stored?.flights),
    };
    const put = (entity: Campaign): CatalogueChange[] => [{ op: 'put', collection: 'campaigns', entity }];
    if (campaign.state !== 'live') return put(known);
    demandContent(campaign, snapshot);
    const check = compareLive(clock.nowMs(), snapshot, campaign);
    if (check.problems.length === 0) return put({ ...known, overrideReason: null });
    if (campaign.overrideReason !== null) {
      const record = overrideOf(check.problems, campaign.overrideReason, by, clock, 'campaigns', campaign.id);
      return put({ ...known, overrides: [...(known.overrides ?? []), record].slice(-MAX_OVERRIDES) });
    }
    if (stored?.state === 'live') {
      const now = withChanges(snapshot, put(known));
      if (compare(clock.nowMs(), snapshot, now, null).problems.length === 0)
        return put({ ...known, overrideReason: stored.overrideReason });
    }
    throw misfit(
      `campaign ${campaign.id} does not fit; give an overrideReason to book it all the same`,
      check.problems,
    );
  }

  return {
    check(campaign) {
      const { screens, units } = catalogue.snapshot();
      demandContent(campaign, catalogue.snapshot());
      const means = targetIndex([campaign], units);
      const isMeant = (s: Screen): boolean => s.kind === 'player' && means(s).length > 0;
      return bookingOf(
        compareLive(clock.nowMs(), catalogue.snapshot(), campaign),
        [...screens.values()].filter(isMeant).length,
      );
    },
    checkChange(change) {
      const check = compareChange(clock.nowMs(), catalogue.snapshot(), change);
      const concerned = new Set([...check.problems, ...check.warnings].flatMap(({ screens }) => screens));
      return bookingOf(check, concerned.size);
    },
    settle(change, reason, by) {
      if (change.collection === 'campaigns' && change.op === 'put') return settleCampaign(change.entity, by);
      const snapshot = catalogue.snapshot();
      if (!isOverridable(change.collection) || !hasLive(snapshot)) return [change];
      const { problems } = compareChange(clock.nowMs(), snapshot, change);
      if (problems.length === 0) return [change];
      const id = change.op === 'put' ? change.entity.id : change.id;
      if (reason === null) {
        throw misfit(
          `promises would break; give an overrideReason to change ${change.collection} ${id} all the same`,
          problems,
        );
      }
      const record = overrideOf(problems, reason, by, clock, change.collection, id);
      return [change, ...overriddenCampaigns(snapshot.campaigns, record)];
    },
  };
}

function demandContent(campaign: Campaign, snapshot: CatalogueSnapshot): void {
  const faults = withdrawnCreatives(campaign, snapshot.campaigns.get(campaign.id), snapshot);
  if (faults.length > 0) throw new Failure('bad-request', 'withdrawn content cannot be booked', faults);
}

/** Extensions are the server's own doing: a form that was opened before one does not take it back, unless it gives the flight another end. */
function keepExtensions(flights: readonly Flight[], stored: readonly Flight[] = []): Flight[] {
  return flights.map((flight) => {
    const before = stored.find(({ id }) => id === flight.id);
    return before && before.to === flight.to ? { ...flight, extendedTo: before.extendedTo } : flight;
  });
}

function compare(
  nowMs: number,
  before: CatalogueSnapshot,
  after: CatalogueSnapshot,
  booked: string | null,
): BookingCheck {
  const check = checkBooking({ before, after, dateOf: serviceDates(nowMs), booked });
  const [faulty] = check.faults;
  if (faulty) throw new Failure('bad-request', `screen ${faulty.screen} cannot be planned`, [...faulty.faults]);
  return check;
}

/** What a campaign does to everything else, whatever it was before. */
function compareLive(nowMs: number, snapshot: CatalogueSnapshot, campaign: Campaign): BookingCheck {
  const live: Campaign = { ...campaign, state: 'live' };
  const without = withChanges(snapshot, [{ op: 'remove', collection: 'campaigns', id: campaign.id }]);
  const after = withChanges(without, [{ op: 'put', collection: 'campaigns', entity: live }]);
  return compare(nowMs, without, after, campaign.id);
}

function compareChange(nowMs: number, snapshot: CatalogueSnapshot, change: CatalogueChange): BookingCheck {
  const after = withChanges(snapshot, [change]);
  const isAlone = change.collection === 'screens' && !sharesOut(snapshot);
  if (!isAlone) return compare(nowMs, snapshot, after, null);
  const id = change.op === 'put' ? change.entity.id : change.id;
  return compare(nowMs, withOnly(snapshot, id), withOnly(after, id), null);
}

const CHANGES_CHECKED: readonly string[] = ['screens', 'playlists', 'slogans', 'units'];
const isOverridable = (collection: string): collection is OverriddenChange => CHANGES_CHECKED.includes(collection);

const hasLive = ({ campaigns }: CatalogueSnapshot): boolean => [...campaigns.values()].some((c) => c.state === 'live');

/** Whether any count is promised for all screens of a target together, so that each screen matters to the others. */
const sharesOut = ({ campaigns }: CatalogueSnapshot): boolean =>
  [...campaigns.values()].some((c) => c.state === 'live' && c.commitments.some(({ scope }) => scope === 'target'));

function withOnly(snapshot: CatalogueSnapshot, screenId: string): CatalogueSnapshot {
  const screen = snapshot.screens.get(screenId);
  return { ...snapshot, screens: new Map(screen ? [[screenId, screen]] : []) };
}
