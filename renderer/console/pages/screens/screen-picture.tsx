/** The picture that a screen's player took last, on request. */
import { useState } from 'react';
import { shotPath } from '../../../../protocol/http/api.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useTimes } from '../../widgets/zone-time.ts';
import { playerTexts } from './player-texts.ts';

/** A picture on the server, and when it was taken (epoch milliseconds). */
export type TakenPicture = { sha: string; atMs: number };

/** The picture, or where it will appear. */
export function ScreenPicture({ screen, taken }: { screen: ScreenView; taken: TakenPicture | null }) {
  const t = useTexts(playerTexts);
  const time = useTimes();
  const [lost, setLost] = useState<string | null>(null);
  const isUpright = (screen.orientation === 'portrait') !== (screen.rotation % 180 === 90);
  return (
    <figure className={isUpright ? 'x-picture x-picture-upright' : 'x-picture'}>
      <div className="x-picture-frame">
        {taken && lost !== taken.sha ? (
          <img src={shotPath(screen.id, taken.sha)} alt={t('picture')} onError={() => setLost(taken.sha)} />
        ) : (
          <p className="x-soft">{t(taken ? 'pictureGone' : 'pictureNone')}</p>
        )}
      </div>
      {taken && (
        <figcaption className="x-faint x-num">
          {t('pictureAt', { time: time(taken.atMs, 'second', screen.timeZone) })}
        </figcaption>
      )}
    </figure>
  );
}
