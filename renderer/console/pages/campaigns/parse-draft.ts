/** From a draft to a campaign the server would take, or to the faults of its fields. */
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import { campaignSchema } from '../../../../protocol/catalogue.ts';
import { faultsOf } from '../../../../protocol/errors.ts';
import type { CampaignDraft } from './campaign-draft.ts';
import { type FieldFault, fieldFault } from './field-fault.ts';

/** What a draft amounts to. */
export type ParsedDraft = { ok: true; campaign: Campaign } | { ok: false; faults: FieldFault[] };

/** Checks a draft against the schema and the rules only the form knows; `isImage` tells which items need a duration. */
export function parseDraft(draft: CampaignDraft, isImage: (item: string) => boolean): ParsedDraft {
  const input = inputOf(draft);
  const parsed = campaignSchema.safeParse(input);
  const faults = [
    ...(parsed.success ? [] : faultsOf(parsed.error, input).map(fieldFault)),
    ...ownFaults(draft, isImage),
  ];
  if (faults.length > 0 || !parsed.success) return { ok: false, faults: onePerPlace(faults) };
  return { ok: true, campaign: parsed.data };
}

function inputOf(draft: CampaignDraft): unknown {
  return {
    ...draft,
    nameEn: textOrNull(draft.nameEn),
    flights: draft.flights.map((flight) => ({ ...flight, nameEn: textOrNull(flight.nameEn) })),
  };
}

function ownFaults(draft: CampaignDraft, isImage: (item: string) => boolean): FieldFault[] {
  const images = draft.creatives.flatMap((creative, at) =>
    isImage(creative.item) && creative.durationMs === null
      ? [{ place: `creatives.${at}.durationMs`, key: 'imageDuration' as const, allowed: '' }]
      : [],
  );
  const contradicting = draft.commitments.flatMap(({ maxGapMin, minGapMin }, at) =>
    maxGapMin !== null && minGapMin !== null && maxGapMin < minGapMin
      ? [{ place: `commitments.${at}.maxGapMin`, key: 'gapsContradict' as const, allowed: '' }]
      : [],
  );
  return [...images, ...contradicting, ...emptyFlights(draft)];
}

function emptyFlights({ creatives, flights }: CampaignDraft): FieldFault[] {
  if (creatives.length === 0) return [];
  const bare = flights.filter(({ id }) => !creatives.some((c) => c.flights.length === 0 || c.flights.includes(id)));
  const names = bare.map(({ name, from }) => name || from).join(', ');
  return bare.length > 0 ? [{ place: 'creatives', key: 'flightEmpty', allowed: '', values: { names } }] : [];
}

function textOrNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}

function onePerPlace(faults: readonly FieldFault[]): FieldFault[] {
  const seen = new Set<string>();
  return faults.filter(({ place }) => !seen.has(place) && seen.add(place));
}
