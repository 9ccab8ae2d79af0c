/** What entities refer to: dangling references are refused, and nothing in use is removed. */
import type { Fault } from '../../protocol/errors.ts';
import type { CatalogueEntities, CatalogueSnapshot, CollectionName } from '../stores/catalogue-store.ts';

/** A reference from a place in an entity to ids of collections, any of which may hold it. */
type Reference = { place: string; id: string; to: readonly CollectionName[] };

const CONTENT: readonly CollectionName[] = ['media', 'slogans'];
/** A live source may drop at any time, so that nothing is promised of it. */
const LOOPED: readonly CollectionName[] = [...CONTENT, 'streams'];

const referencesFrom: { [C in CollectionName]: (entity: CatalogueEntities[C]) => Reference[] } = {
  units: (unit) => (unit.parentId === null ? [] : [{ place: 'parentId', id: unit.parentId, to: ['units'] }]),
  sites: (site) => [{ place: 'unitId', id: site.unitId, to: ['units'] }],
  users: (user) => [{ place: 'unitId', id: user.unitId, to: ['units'] }],
  sessions: () => [],
  media: (media) => [{ place: 'unitId', id: media.unitId, to: ['units'] }],
  slogans: (slogan) => [{ place: 'unitId', id: slogan.unitId, to: ['units'] }],
  streams: (stream) => [{ place: 'unitId', id: stream.unitId, to: ['units'] }],
  playlists: (playlist) => [
    { place: 'unitId', id: playlist.unitId, to: ['units'] },
    ...playlist.items.map(({ item }, i) => ({ place: `items.${i}.item`, id: item, to: LOOPED })),
    ...playlist.ticker.map((id, i) => ({ place: `ticker.${i}`, id, to: ['slogans'] as const })),
  ],
  screens: (screen) => [
    { place: 'unitId', id: screen.unitId, to: ['units'] },
    { place: 'siteId', id: screen.siteId, to: ['sites'] },
    ...(screen.loopId === null ? [] : [{ place: 'loopId', id: screen.loopId, to: ['playlists'] as const }]),
  ],
  devices: (device) => [{ place: 'screenId', id: device.screenId, to: ['screens'] }],
  campaigns: (campaign) => [
    { place: 'unitId', id: campaign.unitId, to: ['units'] },
    ...campaign.creatives.map(({ item }, i) => ({ place: `creatives.${i}.item`, id: item, to: CONTENT })),
    ...campaign.targets.units.map((id, i) => ({ place: `targets.units.${i}`, id, to: ['units'] as const })),
    ...campaign.targets.screens.map((id, i) => ({ place: `targets.screens.${i}`, id, to: ['screens'] as const })),
  ],
  takeovers: (takeover) => [
    { place: 'unitId', id: takeover.unitId, to: ['units'] },
    ...takeover.targets.units.map((id, i) => ({ place: `targets.units.${i}`, id, to: ['units'] as const })),
    ...takeover.targets.screens.map((id, i) => ({ place: `targets.screens.${i}`, id, to: ['screens'] as const })),
  ],
};

/** The references of `entity` that lead nowhere, as faults. */
export function danglingReferences<C extends CollectionName>(
  collection: C,
  entity: CatalogueEntities[C],
  snapshot: CatalogueSnapshot,
): Fault[] {
  return referencesFrom[collection](entity)
    .filter(({ id, to }) => !to.some((c) => snapshot[c].has(id)))
    .map(({ place, id, to }) => ({ place, value: id, allowed: `the id of one of ${to.join(', ')}` }));
}

/** Names of entities that refer to `id` of `collection`, at most ten. */
export function usesOf(collection: CollectionName, id: string, snapshot: CatalogueSnapshot): string[] {
  const uses: string[] = [];
  const visit = <C extends CollectionName>(from: C): void => {
    for (const entity of snapshot[from].values()) {
      const refers = referencesFrom[from](entity).some((r) => r.id === id && r.to.includes(collection));
      if (refers && uses.length < 10) uses.push('name' in entity ? `${from}: ${entity.name}` : `${from}: ${entity.id}`);
    }
  };
  for (const from of Object.keys(referencesFrom) as CollectionName[]) {
    // A released player and a withdrawn campaign still name their screen and media; proofs keep their own copy of what was shown. A takeover
    // means whatever screens there are, and is kept long after it is over.
    if (from !== 'devices' && from !== 'takeovers') visit(from);
  }
  return uses;
}
