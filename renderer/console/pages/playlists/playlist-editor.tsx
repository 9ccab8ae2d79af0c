/** The playlist editor: the round in order at the left, the library to add from at the right; saved explicitly. */
import { ArrowLeftOutlined } from '@ant-design/icons';
import { Alert, App } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Playlist } from '../../../../domain/catalogue/content.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi, useApiMutation } from '../../api/use-api.ts';
import { useMay } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { PageHeader } from '../../widgets/page-header.tsx';
import { ChangeOverrideDialog } from '../campaigns/change-override-dialog.tsx';
import { UnsavedGuard } from '../campaigns/unsaved-guard.tsx';
import { useChangeOverride } from '../campaigns/use-change-override.ts';
import { useDraft } from '../campaigns/use-draft.ts';
import { placementOf } from '../library/library-items.ts';
import { useLibrary } from '../library/use-library.ts';
import { LibraryPanel } from './library-panel.tsx';
import { draftOfPlaylist, playlistOfDraft, rowFaults, samePlaylist, withRow } from './playlist-draft.ts';
import { PlaylistFacts } from './playlist-facts.tsx';
import { PlaylistNames } from './playlist-names.tsx';
import { RoundBar } from './round-bar.tsx';
import { SaveState } from './save-state.tsx';
import { Sequence } from './sequence.tsx';
import { texts } from './texts.ts';
import { TickerLines } from './ticker-lines.tsx';
import { useRemovePlaylist } from './use-remove-playlist.tsx';
import './sequence.css';
import './side.css';

/** `saved` is the playlist as the server has it, or the blank one to begin with. */
export function PlaylistEditor({ saved, isNew }: { saved: Playlist; isNew: boolean }) {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const navigate = useNavigate();
  const mayEdit = useMay('editor');
  const { message } = App.useApp();
  const library = useLibrary();
  const screens = (useApi(API.screens).data ?? []).filter(({ loopId }) => loopId === saved.id);
  const start = useMemo(() => draftOfPlaylist(saved), [saved]);
  const [draft, setDraft, isChanged, settle] = useDraft(start, samePlaylist);
  const [showFaults, setShowFaults] = useState(false);
  const removePlaylist = useRemovePlaylist();
  const put = useApiMutation(API.putPlaylist);
  const override = useChangeOverride();
  const faults = library.isLoaded ? rowFaults(draft.rows, library.byId) : [];
  const isNamed = draft.name.trim() !== '';

  async function save(): Promise<void> {
    if (!isNamed || faults.length > 0) {
      setShowFaults(true);
      return;
    }
    const body = playlistOfDraft(draft);
    await override.save({
      change: { collection: 'playlists', entity: body },
      async send(overrideReason) {
        const answer = await put.mutateAsync({ params: { id: body.id }, query: { overrideReason }, body });
        void message.success(t('savedNote'));
        settle(draft, draftOfPlaylist(answer));
        setShowFaults(false);
        if (isNew) void navigate(`/playlists/${answer.id}`, { replace: true });
      },
    });
  }

  return (
    <>
      <UnsavedGuard when={mayEdit && isChanged} />
      <PageHeader
        back={
          <Link to="/playlists">
            <ArrowLeftOutlined /> {t('back')}
          </Link>
        }
        title={nameOf(draft) || t('newTitle')}
        actions={
          mayEdit && (
            <SaveState
              isChanged={isChanged}
              isNew={isNew}
              isSaving={put.isPending}
              faults={showFaults ? faults.length + (isNamed ? 0 : 1) : 0}
              onSave={() => void save()}
              onDiscard={() => setDraft(start)}
              onRemove={() => removePlaylist(saved, screens)}
            />
          )
        }
      />
      <div className="x-stack">
        {!mayEdit && <Alert type="info" showIcon title={t('readOnly')} />}
        <FailureNote failure={(override.asked ? null : put.error) ?? library.failure} />
        <PlaylistNames
          draft={draft}
          isReadOnly={!mayEdit}
          nameFault={showFaults && !isNamed}
          onChange={(patch) => setDraft({ ...draft, ...patch })}
        />
        <div className={mayEdit ? 'p-editor' : undefined}>
          <div className="x-stack p-main">
            <section className="x-panel p-round">
              <PlaylistFacts rows={draft.rows} byId={library.byId} screens={screens} />
              <RoundBar rows={draft.rows} byId={library.byId} />
              <Sequence
                rows={draft.rows}
                byId={library.byId}
                isLoaded={library.isLoaded}
                faults={faults}
                isReadOnly={!mayEdit}
                onChange={(rows) => setDraft({ ...draft, rows })}
              />
            </section>
            <TickerLines
              lines={draft.ticker}
              library={library}
              isReadOnly={!mayEdit}
              onChange={(ticker) => setDraft({ ...draft, ticker })}
            />
          </div>
          {mayEdit && (
            <LibraryPanel
              items={library.items}
              onAdd={(item) => setDraft((now) => ({ ...now, rows: withRow(now.rows, placementOf(item)) }))}
            />
          )}
        </div>
      </div>
      <ChangeOverrideDialog override={override} />
    </>
  );
}
