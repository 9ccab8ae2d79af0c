/** The separation tags that campaigns and playlists bear, to be offered where one is typed. */
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import type { Playlist } from '../../../../domain/catalogue/content.ts';

/** Every tag in use with how many campaigns and playlists bear it, in alphabetical order. */
export function separationTags(
  campaigns: readonly Pick<Campaign, 'separation'>[],
  playlists: readonly Pick<Playlist, 'items'>[],
): [tag: string, uses: number][] {
  const uses = new Map<string, number>();
  const bearers = [...campaigns.map((c) => [c.separation]), ...playlists.map((p) => p.items.map((i) => i.separation))];
  for (const tags of bearers)
    for (const tag of new Set(tags)) if (tag !== null) uses.set(tag, (uses.get(tag) ?? 0) + 1);
  return [...uses].sort(([a], [b]) => a.localeCompare(b, 'zh'));
}
