/** Everything of the library at once, for pages that place items. */
import { useMemo } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { type LibraryItem, libraryItems } from './library-items.ts';

/** All items, and each by its id; empty while they are on their way. */
export type Library = {
  items: LibraryItem[];
  byId: ReadonlyMap<string, LibraryItem>;
  isLoaded: boolean;
  failure: Error | null;
};

/** The library as it is now. */
export function useLibrary(): Library {
  const media = useApi(API.media);
  const slogans = useApi(API.slogans);
  const streams = useApi(API.streams);
  const items = useMemo(
    () => libraryItems(media.data ?? [], slogans.data ?? [], streams.data ?? []),
    [media.data, slogans.data, streams.data],
  );
  const byId = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  return {
    items,
    byId,
    isLoaded: [media, slogans, streams].every(({ data }) => data !== undefined),
    failure: media.error ?? slogans.error ?? streams.error,
  };
}
