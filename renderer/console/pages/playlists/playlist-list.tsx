/** All playlists: what is in one round, how long it takes, and how many screens loop it. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { Link, useNavigate } from 'react-router';
import type { Playlist } from '../../../../domain/catalogue/content.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useMay } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { PageHeader } from '../../widgets/page-header.tsx';
import { ItemStill } from '../library/item-still.tsx';
import { type Library, useLibrary } from '../library/use-library.ts';
import { isLimited, isShownOn } from './item-times.ts';
import { roundMs } from './playlist-draft.ts';
import { texts } from './texts.ts';

const STILLS = 6;

/** The list. */
export function PlaylistList() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const mayEdit = useMay('editor');
  const playlists = useApi(API.playlists);
  const screens = useApi(API.screens).data ?? [];
  const library = useLibrary();
  const create = mayEdit && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate('/playlists/new')}>
      {t('new')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} note={t('lead')} actions={create} />
      <FailureNote failure={playlists.error} />
      {playlists.isPending && <Skeleton active paragraph={{ rows: 5 }} />}
      {playlists.data?.length === 0 && (
        <EmptyState title={t('emptyTitle')} note={t('emptyText')}>
          {create}
        </EmptyState>
      )}
      <ul className="p-list">
        {playlists.data?.map((playlist) => (
          <PlaylistCard
            key={playlist.id}
            playlist={playlist}
            library={library}
            screens={screens.filter(({ loopId }) => loopId === playlist.id).length}
          />
        ))}
      </ul>
    </>
  );
}

/** What is shown today is pictured first, the rest dimmed behind it. */
function PlaylistCard({ playlist, library, screens }: { playlist: Playlist; library: Library; screens: number }) {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const { items, ticker } = playlist;
  const today = dayjs().format('YYYY-MM-DD');
  const shown = items.filter((item) => isShownOn(item, today));
  const pictured = [...shown, ...items.filter((item) => !isShownOn(item, today))];
  const length = clockLength(roundMs(shown, library.byId));
  const facts = [
    items.length > 0 ? t('items', { count: items.length }) : t('noItems'),
    ...(items.length > 0 ? [t(items.some(isLimited) ? 'roundOfToday' : 'round', { length })] : []),
    ...(ticker.length > 0 ? [t('tickerCount', { count: ticker.length })] : []),
  ];
  return (
    <li>
      <Link className="x-panel p-card" to={`/playlists/${playlist.id}`}>
        <span className="p-card-words">
          <strong>{nameOf(playlist)}</strong>
          <span className="x-num x-soft">{facts.join(' · ')}</span>
          <span className={screens > 0 ? 'x-num x-soft' : 'x-faint'}>
            {screens > 0 ? t('usedBy', { count: screens }) : t('unused')}
          </span>
        </span>
        <span className="p-card-stills" aria-hidden="true">
          {pictured.slice(0, STILLS).map((placement, at) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: an item may stand in a list more than once
              key={at}
              className={isShownOn(placement, today) ? 'p-card-still' : 'p-card-still p-card-off'}
            >
              <ItemStill item={library.byId.get(placement.item)} />
            </span>
          ))}
          {items.length > STILLS && <span className="p-card-more x-num">+{items.length - STILLS}</span>}
        </span>
      </Link>
    </li>
  );
}
