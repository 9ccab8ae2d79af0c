/** Buttons for what an operator may ask of a connected player. */
import { CameraOutlined, EyeOutlined, FileTextOutlined, PoweroffOutlined, ReloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import type { PlayerCommand, PlayerCommandAnswer } from '../../../../protocol/player-link.ts';
import { explainFailure } from '../../api/explain-failure.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { LogDialog } from './log-dialog.tsx';
import { playerTexts } from './player-texts.ts';
import type { TakenPicture } from './screen-picture.tsx';

const IDENTIFY_MS = 15_000;
const LOG_LINES = 500;

/** The buttons; `onPicture` is given each picture that was taken. */
export function PlayerCommands({
  screen,
  onPicture,
}: {
  screen: ScreenView;
  onPicture: (taken: TakenPicture) => void;
}) {
  const t = useTexts(playerTexts);
  const nameOf = useNameOf();
  const { modal, message } = App.useApp();
  const send = useApiMutation(API.commandScreen);
  const [busy, setBusy] = useState<PlayerCommand['type'] | null>(null);
  const [lines, setLines] = useState<readonly string[] | null>(null);

  async function ask(command: PlayerCommand, take: (answer: PlayerCommandAnswer) => void): Promise<void> {
    setBusy(command.type);
    try {
      const answer = await send.mutateAsync({ params: { id: screen.id }, body: command });
      if (answer.kind === 'failed') void message.error(t('failed', { detail: answer.detail }), 6);
      else take(answer);
    } catch (thrown) {
      void message.error(explainFailure(thrown).sentence, 6);
    } finally {
      setBusy(null);
    }
  }
  const say = (text: string) => (): void => void message.success(text);
  const restart = (): void =>
    void modal.confirm({
      title: t('restartAsk', { name: nameOf(screen) }),
      content: t('restartNote'),
      okText: t('restart'),
      autoFocusButton: 'cancel',
      onOk: () => ask({ type: 'restart' }, say(t('restarted'))),
    });
  const button = (type: PlayerCommand['type'], icon: ReactNode, act: () => unknown, isMain = false): ReactNode => (
    <Button
      key={type}
      {...(isMain && { type: 'primary' as const })}
      icon={icon}
      disabled={!screen.online || (busy !== null && busy !== type)}
      loading={busy === type}
      onClick={() => void act()}
    >
      {t(type)}
    </Button>
  );
  const picture = (answer: PlayerCommandAnswer): void => {
    if (answer.kind === 'shot') onPicture({ sha: answer.sha, atMs: Date.now() });
  };
  const identified = say(t('identified', { n: IDENTIFY_MS / 1000 }));
  return (
    <>
      <div className="x-player-buttons">
        {button('screenshot', <CameraOutlined />, () => ask({ type: 'screenshot' }, picture), true)}
        {button('identify', <EyeOutlined />, () => ask({ type: 'identify', forMs: IDENTIFY_MS }, identified))}
        {button('reload', <ReloadOutlined />, () => ask({ type: 'reload' }, say(t('reloaded'))))}
        {button('restart', <PoweroffOutlined />, restart)}
        {button('log', <FileTextOutlined />, () =>
          ask({ type: 'log', lines: LOG_LINES }, (answer) => answer.kind === 'log' && setLines(answer.lines)),
        )}
      </div>
      {!screen.online && <p className="x-soft x-player-why">{t('offline')}</p>}
      <LogDialog
        title={t('logTitle', { name: nameOf(screen) })}
        lines={lines}
        zone={screen.timeZone}
        onClose={() => setLines(null)}
      />
    </>
  );
}
