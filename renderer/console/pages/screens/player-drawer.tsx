/** The player of a screen: what the screen shows now, what can be asked of it, how its machine is. */
import { Drawer } from 'antd';
import { useState } from 'react';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { useMay } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { PlayerCommands } from './player-commands.tsx';
import { PlayerHealth } from './player-health.tsx';
import { playerTexts } from './player-texts.ts';
import { ScreenFacts } from './screen-facts.tsx';
import { ScreenPicture, type TakenPicture } from './screen-picture.tsx';
import './player.css';

/** Open while it is there; people who may not run screens see the health alone. */
export function PlayerDrawer({
  screen,
  isOpen,
  onClose,
}: {
  screen: ScreenView;
  isOpen: boolean;
  onClose: () => void;
}) {
  const t = useTexts(playerTexts);
  const nameOf = useNameOf();
  const mayRun = useMay('operator');
  const [taken, setTaken] = useState<TakenPicture | null>(null);
  return (
    <Drawer open={isOpen} onClose={onClose} size={480} title={t('title', { name: nameOf(screen) })} destroyOnHidden>
      <div className="x-player">
        <ScreenFacts screen={screen} />
        {mayRun && (
          <section>
            <ScreenPicture screen={screen} taken={taken} />
            <PlayerCommands screen={screen} onPicture={setTaken} />
          </section>
        )}
        <PlayerHealth screen={screen} />
      </div>
    </Drawer>
  );
}
