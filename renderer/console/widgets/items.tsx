/** Media and slogans by their ids, for lists that know only the id. */
import { useMemo } from 'react';
import type { Media, Slogan } from '../../../domain/catalogue/content.ts';
import { API } from '../../../protocol/http/api.ts';
import { useApi } from '../api/use-api.ts';
import { MediaStill, SloganStill } from './media-still.tsx';

/** What an item is. */
export type KnownItem = { kind: 'media'; media: Media } | { kind: 'slogan'; slogan: Slogan };

/** Finds items by id; undefined for one the catalogue no longer has, or while it is being fetched. */
export function useItems(): ReadonlyMap<string, KnownItem> {
  const media = useApi(API.media).data;
  const slogans = useApi(API.slogans).data;
  return useMemo(
    () =>
      new Map<string, KnownItem>([
        ...(media ?? []).map((one) => [one.id, { kind: 'media', media: one }] as const),
        ...(slogans ?? []).map((one) => [one.id, { kind: 'slogan', slogan: one }] as const),
      ]),
    [media, slogans],
  );
}

/** A small picture of an item of either kind. `width` in pixels. */
export function ItemStill({ item, width }: { item: KnownItem | undefined; width: number }) {
  if (item?.kind === 'slogan') {
    // The English line would be too small to read.
    return <SloganStill slogan={{ ...item.slogan, textEn: null }} width={width} />;
  }
  if (item) return <MediaStill media={item.media} width={width} />;
  return <span className="x-still" style={{ width, height: Math.round((width * 9) / 16) }} />;
}
