/** What can be done with one screen, as far as the person's role goes. */
import { MoreOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { API } from '../../../../protocol/http/api.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { explainFailure } from '../../api/explain-failure.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { useMay } from '../../app/session.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { PlayerDrawer } from './player-drawer.tsx';
import { playerTexts } from './player-texts.ts';
import { screenTexts } from './texts.ts';

/** `onGone` is called after the screen was removed. */
export function ScreenActions({
  screen,
  onEdit,
  onPair,
  onGone,
  plain = true,
}: {
  screen: ScreenView;
  onEdit: (screen: ScreenView) => void;
  onPair: (screen: ScreenView) => void;
  onGone?: () => void;
  plain?: boolean;
}) {
  const t = useTexts(screenTexts);
  const words = useTexts(commonTexts);
  const ofPlayer = useTexts(playerTexts);
  const [isPlayerOpen, setPlayerOpen] = useState(false);
  const nameOf = useNameOf();
  const mayRun = useMay('operator');
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const retire = useApiMutation(API.retireDevice);
  const remove = useApiMutation(API.deleteScreen);
  const params = { id: screen.id };

  const ask = (title: string, content: string, okText: string, act: () => Promise<unknown>): void => {
    void modal.confirm({
      title,
      content,
      okText,
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () => act().catch((thrown: unknown) => void message.error(explainFailure(thrown).sentence, 6)),
    });
  };
  const release = (): void =>
    ask(t('releaseAsk', { name: nameOf(screen) }), t('releaseNote'), t('release'), async () => {
      await retire.mutateAsync({ params });
      void message.success(t('released'));
    });
  const drop = (): void =>
    ask(words('deleteAsk', { name: nameOf(screen) }), t('deleteNote'), words('delete'), async () => {
      await remove.mutateAsync({ params, query: {} });
      void message.success(words('deleted'));
      onGone?.();
    });

  if (!mayRun) return null;
  const isPlayer = screen.kind === 'player';
  return (
    <>
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{
          items: [
            ...(plain ? [{ key: 'day', label: t('day'), onClick: () => void navigate(`/screens/${screen.id}`) }] : []),
            ...(plain && screen.device !== null
              ? [{ key: 'player', label: ofPlayer('player'), onClick: () => setPlayerOpen(true) }]
              : []),
            { key: 'edit', label: t('edit'), onClick: () => onEdit(screen) },
            ...(isPlayer && screen.device === null
              ? [{ key: 'pair', label: t('pair'), onClick: () => onPair(screen) }]
              : []),
            ...(screen.device !== null ? [{ key: 'release', label: t('release'), onClick: release }] : []),
            { type: 'divider' },
            { key: 'delete', danger: true, label: words('delete'), onClick: drop },
          ],
        }}
      >
        <Button
          {...(plain ? { type: 'text' as const } : {})}
          icon={<MoreOutlined />}
          aria-label={`${t('actions')} ${nameOf(screen)}`}
        />
      </Dropdown>
      {isPlayerOpen && <PlayerDrawer screen={screen} isOpen onClose={() => setPlayerOpen(false)} />}
    </>
  );
}
