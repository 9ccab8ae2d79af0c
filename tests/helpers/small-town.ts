/** A little content: a town with a hall, one screen, its loop, and one campaign of a slogan card. */
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import type { CatalogueStore } from '../../server/stores/catalogue-store.ts';

/** A campaign of one film, at least `minPlays` a day on every screen of the town. */
export function filmCampaign(minPlays: number): Campaign {
  return {
    id: 'visits',
    name: '入户听民声',
    nameEn: 'Listening at every door',
    unitId: 'town',
    state: 'live',
    flights: [{ id: 'f1', name: '第一阶段', nameEn: null, from: '2026-07-01', to: '2026-10-31', extendedTo: null }],
    weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    dayParts: [],
    creatives: [{ item: 'card-1', durationMs: null, weight: 1, flights: [] }],
    targets: { units: ['town'], venues: [], tags: [], screens: [] },
    commitments: [
      {
        id: 'min',
        minPlays,
        scope: 'screen',
        minShare: null,
        minAirtimeShare: null,
        exactTimes: [],
        maxGapMin: null,
        minConsecutiveDays: null,
        maxPlaysPerHour: null,
        minGapMin: null,
        dayParts: [],
        priority: 0,
      },
    ],
    frontLoad: 0.75,
    separation: null,
    extendDays: 0,
    overrideReason: null,
  };
}

/** Puts a town, a hall, one screen, its loop and one campaign into an empty catalogue. */
export async function fillCatalogue(catalogue: CatalogueStore): Promise<void> {
  const named = (name: string): { name: string; nameEn: null } => ({ name, nameEn: null });
  const card = {
    text: '入户听民声，服务暖民心',
    textEn: null,
    shape: 'card',
    theme: 'red',
    durationMs: 10_000,
    withdrawnAtMs: null,
  } as const;
  await catalogue.apply([
    { op: 'put', collection: 'units', entity: { id: 'town', ...named('镇'), parentId: null } },
    { op: 'put', collection: 'units', entity: { id: 'hall', ...named('大厅'), parentId: 'town' } },
    { op: 'put', collection: 'sites', entity: { id: 'site', ...named('大厅'), unitId: 'hall' } },
    { op: 'put', collection: 'slogans', entity: { id: 'card-1', ...named('标语'), unitId: 'town', ...card } },
    {
      op: 'put',
      collection: 'slogans',
      entity: { id: 'loop-1', ...named('循环'), unitId: 'town', ...card, text: '垫片' },
    },
    {
      op: 'put',
      collection: 'playlists',
      entity: {
        id: 'loop',
        ...named('循环'),
        unitId: 'town',
        items: [
          { item: 'loop-1', durationMs: null, from: null, to: null, weekdays: [], dayParts: [], separation: null },
        ],
        ticker: [],
      },
    },
    {
      op: 'put',
      collection: 'screens',
      entity: {
        id: 'screen-1',
        ...named('一号屏'),
        kind: 'player',
        unitId: 'hall',
        siteId: 'site',
        venue: 'service-window',
        tags: [],
        timeZone: 'Asia/Shanghai',
        openingHours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '06:00', to: '22:00' }],
        orientation: 'landscape',
        rotation: 0,
        sound: null,
        syncGroup: null,
        loopId: 'loop',
      },
    },
    { op: 'put', collection: 'campaigns', entity: filmCampaign(3) },
  ]);
}
