/** Loads what the playlist editor needs, and opens it on the playlist of the address or on a new one. */
import { Result, Skeleton } from 'antd';
import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import type { Playlist } from '../../../../domain/catalogue/content.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useSession } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { newId } from '../../widgets/new-id.ts';
import { PlaylistEditor } from './playlist-editor.tsx';
import { texts } from './texts.ts';

/** `/playlists/new` or `/playlists/:id`. */
export function PlaylistEditorPage() {
  const t = useTexts(texts);
  const { id } = useParams();
  const { unitId } = useSession();
  const playlists = useApi(API.playlists);
  const blank = useMemo(
    (): Playlist => ({ id: newId('playlist'), name: '', nameEn: null, unitId, items: [], ticker: [] }),
    [unitId],
  );
  if (id === 'new') return <PlaylistEditor key="new" saved={blank} isNew />;
  const found = playlists.data?.find((playlist) => playlist.id === id);
  if (found) return <PlaylistEditor key={found.id} saved={found} isNew={false} />;
  if (playlists.isPending) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (playlists.error) return <FailureNote failure={playlists.error} onRetry={() => void playlists.refetch()} />;
  return <Result status="404" title={t('notFound')} extra={<Link to="/playlists">{t('back')}</Link>} />;
}
