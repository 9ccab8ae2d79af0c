/** Deleting a playlist: asks first, and where screens use it names them instead. */
import { App } from 'antd';
import { useNavigate } from 'react-router';
import type { Named } from '../../../../domain/catalogue/organisation.ts';
import { API } from '../../../../protocol/http/api.ts';
import { explainFailure } from '../../api/explain-failure.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { texts } from './texts.ts';

type ScreenRef = Named & { id: string };

/** Gives the function that asks, deletes and goes back to the list. */
export function useRemovePlaylist(): (playlist: Named & { id: string }, screens: readonly ScreenRef[]) => void {
  const t = useTexts(texts);
  const words = useTexts(commonTexts);
  const nameOf = useNameOf();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const remove = useApiMutation(API.deletePlaylist);
  return (playlist, screens) => {
    const name = nameOf(playlist);
    if (screens.length > 0) {
      void modal.info({
        title: t('inUseTitle', { name }),
        content: (
          <>
            <p>{t('inUseText')}</p>
            <ul className="p-screens">
              {screens.map((screen) => (
                <li key={screen.id}>{nameOf(screen)}</li>
              ))}
            </ul>
          </>
        ),
        okText: words('close'),
      });
      return;
    }
    void modal.confirm({
      title: t('removeAsk', { name }),
      okText: words('delete'),
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: async () => {
        try {
          await remove.mutateAsync({ params: { id: playlist.id } });
          void message.success(t('removed'));
          void navigate('/playlists', { replace: true });
        } catch (thrown) {
          const { sentence, faults } = explainFailure(thrown);
          void message.error([sentence, ...faults].join(' '), 6);
        }
      },
    });
  };
}
