/** The small picture of a screen that was taken during a play; larger when it is asked for. */
import { Popover } from 'antd';
import { useState } from 'react';
import { shotPath } from '../../../../protocol/http/api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { dayTexts } from './day-texts.ts';

/** Nothing where the picture is not on the server: not there yet, or no longer kept. */
export function PlayPicture({ screenId, sha }: { screenId: string; sha: string }) {
  const t = useTexts(dayTexts);
  const [isLost, setLost] = useState(false);
  if (isLost) return null;
  const source = shotPath(screenId, sha);
  return (
    <Popover
      trigger={['click', 'hover']}
      placement="top"
      content={
        <figure className="x-play-picture-large">
          <img src={source} alt={t('picture')} />
          <figcaption className="x-faint">{t('pictureNote')}</figcaption>
        </figure>
      }
    >
      <button type="button" className="x-play-picture" aria-label={t('picture')}>
        <img src={source} alt="" loading="lazy" onError={() => setLost(true)} />
      </button>
    </Popover>
  );
}
