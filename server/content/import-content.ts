/** Brings content read from files into the data folder and the catalogue. */
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import { AS_NEW, type Media, type Playlist } from '../../domain/catalogue/content.ts';
import { monthsToShift, shiftFlight, shiftPlacement } from '../../domain/catalogue/shift-flights.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { Clock } from '../clock.ts';
import { storeMedia } from '../media/store-media.ts';
import type { CatalogueChange, CatalogueSnapshot, CatalogueStore } from '../stores/catalogue-store.ts';
import { dataPaths } from '../stores/data-folder.ts';
import type { Content, ContentMedia } from './content.ts';

/** What an import needs. `shiftTo`: move all flights, and dates of loop items with them, so that one holds this date (see `monthsToShift`). */
export type ContentImport = {
  content: Content;
  catalogue: CatalogueStore;
  dataFolder: string;
  clock: Clock;
  shiftTo?: LocalDate;
};

/** How many entities were added, and how many were there before and left as they are. */
export type ImportSummary = { added: number; kept: number };

/** Whether nobody has put anything into the catalogue: the only one that sample content belongs into. */
export const isCatalogueEmpty = ({
  units,
  sites,
  screens,
  media,
  slogans,
  playlists,
  campaigns,
}: CatalogueSnapshot): boolean =>
  [units, sites, screens, media, slogans, playlists, campaigns].every((collection) => collection.size === 0);

/**
 * Stores the media and their stills, then puts everything whose id the catalogue does not have, in one step. An import that was cut
 * off, or is made again, adds only what is missing. Rejects where something cannot be stored; the catalogue is then unchanged.
 */
export async function importContent(request: ContentImport): Promise<ImportSummary> {
  const { content, catalogue, dataFolder, clock, shiftTo } = request;
  const paths = dataPaths(dataFolder);
  for (const { path, facts } of content.media) await storeMedia(path, facts, paths);
  const { campaigns, playlists } = shiftTo === undefined ? content : shifted(content, shiftTo);
  const addedAtMs = clock.nowMs();
  const all: Extract<CatalogueChange, { op: 'put' }>[] = [
    ...content.units.map((entity) => ({ op: 'put', collection: 'units', entity }) as const),
    ...content.sites.map((entity) => ({ op: 'put', collection: 'sites', entity }) as const),
    ...content.media.map((m) => ({ op: 'put', collection: 'media', entity: mediaEntity(m, addedAtMs) }) as const),
    ...content.slogans.map((entity) => ({ op: 'put', collection: 'slogans', entity }) as const),
    ...playlists.map((entity) => ({ op: 'put', collection: 'playlists', entity }) as const),
    ...content.screens.map((entity) => ({ op: 'put', collection: 'screens', entity }) as const),
    ...campaigns.map((entity) => ({ op: 'put', collection: 'campaigns', entity }) as const),
  ];
  const snapshot = catalogue.snapshot();
  const missing = all.filter(({ collection, entity }) => !snapshot[collection].has(entity.id));
  if (missing.length > 0) await catalogue.apply(missing);
  return { added: missing.length, kept: all.length - missing.length };
}

type Dated = { campaigns: Campaign[]; playlists: Playlist[] };

/** All flights and dated loop items moved by the same number of months; as they are where no such number makes a flight live on `date`. */
function shifted({ campaigns, playlists }: Dated, date: LocalDate): Dated {
  const months = monthsToShift(
    campaigns.flatMap((campaign) => campaign.flights),
    date,
  );
  if (months === null) return { campaigns, playlists };
  return {
    campaigns: campaigns.map((campaign) => ({
      ...campaign,
      flights: campaign.flights.map((flight) => shiftFlight(flight, months)),
    })),
    playlists: playlists.map((list) => ({ ...list, items: list.items.map((item) => shiftPlacement(item, months)) })),
  };
}

function mediaEntity({ facts, path: _, ...described }: ContentMedia, addedAtMs: number): Media {
  const { type, sha, bytes, mime, codec, width, height, durationMs } = facts;
  return { ...AS_NEW, ...described, type, sha, bytes, mime, codec, width, height, durationMs, addedAtMs };
}
