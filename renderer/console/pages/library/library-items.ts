/** Films, posters and slogans as one kind of thing: an item that can be placed in a list. */
import type { ItemPlacement, Media, Slogan } from '../../../../domain/catalogue/content.ts';

/** An item of the library. `durationMs` is null for a poster, whose duration is set where it is placed. */
export type LibraryItem = {
  id: string;
  name: string;
  nameEn: string | null;
  unitId: string;
  durationMs: number | null;
} & ({ kind: 'film' | 'poster'; media: Media } | { kind: 'card' | 'ticker'; slogan: Slogan });

/** How long a poster stands where nobody says otherwise. */
export const POSTER_DURATION_MS = 10_000;

/** A media as an item. */
export function itemOfMedia(media: Media): LibraryItem {
  const { id, name, nameEn, unitId } = media;
  const kind = media.type === 'video' ? 'film' : 'poster';
  return { id, name, nameEn, unitId, kind, media, durationMs: kind === 'film' ? media.durationMs : null };
}

/** A slogan as an item. */
export function itemOfSlogan(slogan: Slogan): LibraryItem {
  const { id, name, nameEn, unitId, durationMs } = slogan;
  return { id, name, nameEn, unitId, kind: slogan.shape, slogan, durationMs };
}

/** Every item: films, posters, slogans, each newest or first-named first. */
export function libraryItems(media: readonly Media[], slogans: readonly Slogan[]): LibraryItem[] {
  const newest = [...media].sort((a, b) => b.addedAtMs - a.addedAtMs).map(itemOfMedia);
  const worded = [...slogans].sort((a, b) => a.name.localeCompare(b.name, 'zh')).map(itemOfSlogan);
  return [
    ...newest.filter(({ kind }) => kind === 'film'),
    ...newest.filter(({ kind }) => kind === 'poster'),
    ...worded,
  ];
}

/** How long one showing of a placed item takes, in milliseconds; null where nobody has said. */
export function placedDurationMs(placement: ItemPlacement, item: LibraryItem | undefined): number | null {
  return item && item.kind !== 'poster' ? item.durationMs : placement.durationMs;
}

/** A placement of `item` in a list. */
export function placementOf(item: LibraryItem): ItemPlacement {
  return { item: item.id, durationMs: item.kind === 'poster' ? POSTER_DURATION_MS : null };
}

/** Items whose names hold every word of `search`, whatever the case. */
export function itemsMatching(items: readonly LibraryItem[], search: string): LibraryItem[] {
  const words = search.trim().toLowerCase().split(/\s+/);
  return items.filter((item) => {
    const text = `${item.name} ${item.nameEn ?? ''} ${'slogan' in item ? item.slogan.text : ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
