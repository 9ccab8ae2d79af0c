/** The campaign as the form holds it: like a campaign, but with fields that may still be empty. */
import type { Campaign, Commitment, Creative, Flight } from '../../../../domain/catalogue/campaign.ts';
import type { Named } from '../../../../domain/catalogue/organisation.ts';
import { WEEKDAYS } from '../../../../domain/time/weekday.ts';

/** A promise being written; `minPlays` is null while its field is empty. */
export type CommitmentDraft = Omit<Commitment, 'minPlays'> & { minPlays: number | null };

/** A creative being placed; `weight` is null while its field is empty. */
export type CreativeDraft = Omit<Creative, 'weight'> & { weight: number | null };

/** A flight being written; dates are empty strings until they are picked. */
export type FlightDraft = Flight;

/** A campaign being written. Empty texts stand for absent ones; `frontLoad` and `extendDays` are null while their fields are empty. */
export type CampaignDraft = Omit<Campaign, 'commitments' | 'creatives' | 'frontLoad' | 'extendDays'> & {
  commitments: CommitmentDraft[];
  creatives: CreativeDraft[];
  frontLoad: number | null;
  extendDays: number | null;
};

/** Makes ids: `newId('flight')` gives something like `flight-3f9a2c1b`. */
export type NewId = (kind: string) => string;

/** A campaign to begin with: one flight of the given name without dates, every weekday, one promise of three plays a day. */
export function newDraft(unitId: string, newId: NewId, firstFlight: Named): CampaignDraft {
  return {
    id: newId('campaign'),
    name: '',
    nameEn: null,
    unitId,
    state: 'live',
    flights: [{ ...newFlight(newId), ...firstFlight }],
    weekdays: [...WEEKDAYS],
    dayParts: [],
    creatives: [],
    targets: { units: [], venues: [], tags: [], screens: [] },
    commitments: [newCommitment(newId)],
    frontLoad: 0.75,
    separation: null,
    extendDays: 0,
    overrideReason: null,
  };
}

/** A flight without dates; its name is written by the form. */
export function newFlight(newId: NewId): FlightDraft {
  return { id: newId('flight'), name: '', nameEn: null, from: '', to: '', extendedTo: null };
}

/** The change that lets a flight end on `to`; an extension that no longer ends later is dropped. */
export function endingOn({ extendedTo }: FlightDraft, to: string): Pick<FlightDraft, 'to' | 'extendedTo'> {
  return { to, extendedTo: extendedTo !== null && extendedTo > to ? extendedTo : null };
}

/** A promise of three plays a day and nothing else. */
export function newCommitment(newId: NewId): CommitmentDraft {
  return {
    id: newId('promise'),
    scope: 'screen',
    minPlays: 3,
    minShare: null,
    minAirtimeShare: null,
    exactTimes: [],
    maxGapMin: null,
    minConsecutiveDays: null,
    maxPlaysPerHour: null,
    minGapMin: null,
    dayParts: [],
    priority: 0,
  };
}

/** A copy of a campaign under new ids, as a draft to be changed. */
export function copyOf(campaign: Campaign, newId: NewId): CampaignDraft {
  const flightIds = new Map(campaign.flights.map((flight) => [flight.id, newId('flight')]));
  return {
    ...campaign,
    id: newId('campaign'),
    state: 'draft',
    overrideReason: null,
    overrides: undefined,
    flights: campaign.flights.map((flight) => ({
      ...flight,
      id: flightIds.get(flight.id) ?? flight.id,
      extendedTo: null,
    })),
    creatives: campaign.creatives.map((creative) => ({
      ...creative,
      flights: creative.flights.map((id) => flightIds.get(id) ?? id),
    })),
    commitments: campaign.commitments.map((commitment) => ({ ...commitment, id: newId('promise') })),
  };
}

/** Draft without the flight `id`; creatives limited to it lose the limit (a creative left with no flight runs in all). */
export function withoutFlight(draft: CampaignDraft, id: string): CampaignDraft {
  return {
    ...draft,
    flights: draft.flights.filter((flight) => flight.id !== id),
    creatives: draft.creatives.map((creative) => ({
      ...creative,
      flights: creative.flights.filter((flight) => flight !== id),
    })),
  };
}

/** `list` with the entry at `index` changed by `patch`. */
export function changeAt<T>(list: readonly T[], index: number, patch: Partial<T>): T[] {
  return list.map((entry, at) => (at === index ? { ...entry, ...patch } : entry));
}

/** Whether two drafts say the same. */
export function sameDraft(left: CampaignDraft, right: CampaignDraft): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
