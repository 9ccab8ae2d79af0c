/** A grid of items, or what stands there while there are none. */
import { Skeleton } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useMay } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ItemCard } from './item-card.tsx';
import { usesOf } from './item-uses.ts';
import type { LibraryItem } from './library-items.ts';
import { texts } from './texts.ts';

type Props = {
  tab: 'films' | 'posters' | 'slogans' | 'streams';
  items: readonly LibraryItem[];
  isLoaded: boolean;
  isSearched: boolean;
  emptyAction: ReactNode;
  onOpen: (item: LibraryItem) => void;
  onRename: (item: LibraryItem) => void;
  onWithdraw: (item: LibraryItem) => void;
};

const EMPTY = {
  films: 'emptyFilms',
  posters: 'emptyPosters',
  slogans: 'emptySlogans',
  streams: 'emptyStreams',
} as const;

const EMPTY_NOTE = {
  films: 'emptyMediaText',
  posters: 'emptyMediaText',
  slogans: 'emptySlogansText',
  streams: 'emptyStreamsText',
} as const;

/** `items` as cards. */
export function ItemGrid({ tab, items, isLoaded, isSearched, emptyAction, onOpen, onRename, onWithdraw }: Props) {
  const t = useTexts(texts);
  const mayEdit = useMay('editor');
  const campaigns = useApi(API.campaigns).data;
  const playlists = useApi(API.playlists).data;
  const uses = useMemo(
    () => new Map(items.map(({ id }) => [id, usesOf(id, campaigns ?? [], playlists ?? [])])),
    [items, campaigns, playlists],
  );
  if (!isLoaded) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (items.length === 0 && isSearched) return <EmptyState title={t('noneFound')} />;
  if (items.length === 0) {
    const note = t(mayEdit ? EMPTY_NOTE[tab] : 'emptyViewerText');
    return (
      <EmptyState title={t(EMPTY[tab])} note={note}>
        {emptyAction}
      </EmptyState>
    );
  }
  return (
    <ul className="l-grid">
      {items.map((item) => (
        <ItemCard
          key={item.id}
          item={item}
          uses={uses.get(item.id) ?? { campaigns: [], playlists: [] }}
          onOpen={() => onOpen(item)}
          onRename={() => onRename(item)}
          onWithdraw={() => onWithdraw(item)}
        />
      ))}
    </ul>
  );
}
