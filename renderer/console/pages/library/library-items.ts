/** Films, posters, slogans and live sources as one kind of thing: an item that can be placed in a list. */
import type { ItemPlacement, Media, Slogan, Stream } from '../../../../domain/catalogue/content.ts';

/** An item of the library. `durationMs` is null for a poster or a live source, whose duration is set where it is placed. */
export type LibraryItem = {
  id: string;
  name: string;
  nameEn: string | null;
  unitId: string;
  durationMs: number | null;
} & (
  | { kind: 'film' | 'poster'; media: Media }
  | { kind: 'card' | 'ticker'; slogan: Slogan }
  | { kind: 'live'; stream: Stream }
);

/** How long a poster stands where nobody says otherwise. */
export const POSTER_DURATION_MS = 10_000;

/** Whether no screen may show it now. */
export const isWithdrawn = (item: LibraryItem): boolean => (withdrawableOf(item)?.withdrawnAtMs ?? null) !== null;

/** What of an item can be withdrawn; null for a live source, which is taken out of its loops instead. */
export function withdrawableOf(item: LibraryItem): Media | Slogan | null {
  if ('media' in item) return item.media;
  return 'slogan' in item ? item.slogan : null;
}

/** How long a live source stands where nobody says otherwise, and what is allowed. */
export const LIVE_DURATION_MS = { usual: 600_000, least: 10_000, most: 6 * 3_600_000 } as const;

/** A live source as an item. */
export function itemOfStream(stream: Stream): LibraryItem {
  const { id, name, nameEn, unitId } = stream;
  return { id, name, nameEn, unitId, kind: 'live', stream, durationMs: null };
}

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

/** Every item: films, posters, slogans, live sources, each newest or first-named first. */
export function libraryItems(
  media: readonly Media[],
  slogans: readonly Slogan[],
  streams: readonly Stream[] = [],
): LibraryItem[] {
  const newest = [...media].sort((a, b) => b.addedAtMs - a.addedAtMs).map(itemOfMedia);
  const worded = [...slogans].sort((a, b) => a.name.localeCompare(b.name, 'zh')).map(itemOfSlogan);
  return [
    ...newest.filter(({ kind }) => kind === 'film'),
    ...newest.filter(({ kind }) => kind === 'poster'),
    ...worded,
    ...[...streams].sort((a, b) => a.name.localeCompare(b.name, 'zh')).map(itemOfStream),
  ];
}

/** How long one showing of a placed item takes, in milliseconds; null where nobody has said. */
export function placedDurationMs(placement: ItemPlacement, item: LibraryItem | undefined): number | null {
  return item && item.kind !== 'poster' && item.kind !== 'live' ? item.durationMs : placement.durationMs;
}

/** A placement of `item` in a list. */
export function placementOf(item: LibraryItem): ItemPlacement {
  if (item.kind === 'live') return { item: item.id, durationMs: LIVE_DURATION_MS.usual };
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
