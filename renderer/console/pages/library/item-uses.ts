/** Where an item is used, so that nobody removes what is on screens. */
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import type { Playlist } from '../../../../domain/catalogue/content.ts';

/** The campaigns and playlists an item is placed in. */
export type ItemUses = { campaigns: Campaign[]; playlists: Playlist[] };

/** Uses of one item. */
export function usesOf(item: string, campaigns: readonly Campaign[], playlists: readonly Playlist[]): ItemUses {
  return {
    campaigns: campaigns.filter(({ creatives }) => creatives.some((creative) => creative.item === item)),
    playlists: playlists.filter(
      ({ items, ticker }) => ticker.includes(item) || items.some((placed) => placed.item === item),
    ),
  };
}

/** Whether nothing uses it. */
export function isUnused(uses: ItemUses): boolean {
  return uses.campaigns.length + uses.playlists.length === 0;
}
