/** A picture of any item of the library, as wide as its place: a still of a film or poster, or the slogan itself. */
import { CaretRightFilled, PictureOutlined, StopOutlined, VideoCameraOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { MEDIA_PATHS } from '../../../../protocol/http/api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { isWithdrawn, type LibraryItem } from './library-items.ts';
import { SloganPicture } from './slogan-picture.tsx';
import { withdrawalTexts } from './withdrawal-texts.ts';
import './item-still.css';

/** `badges`: length and play sign lie over it. A withdrawn item says so; one that is gone leaves an empty place. */
export function ItemStill({ item, badges = false }: { item: LibraryItem | undefined; badges?: boolean }) {
  const [broken, setBroken] = useState(false);
  if (item && 'slogan' in item) {
    return (
      <span className="l-still">
        <SloganPicture slogan={item.slogan} />
        <WithdrawnMark item={item} />
      </span>
    );
  }
  if (item?.kind === 'live') {
    return (
      <span className="l-still l-still-media">
        <VideoCameraOutlined className="l-still-blank" />
      </span>
    );
  }
  return (
    <span className="l-still l-still-media">
      {!item || broken ? (
        <PictureOutlined className="l-still-blank" />
      ) : (
        <img src={MEDIA_PATHS.still(item.id)} alt="" loading="lazy" onError={() => setBroken(true)} />
      )}
      {badges && item?.kind === 'film' && (
        <span className="l-still-play" aria-hidden="true">
          <CaretRightFilled />
        </span>
      )}
      {item && <WithdrawnMark item={item} />}
      {badges && item?.durationMs && <span className="l-still-length x-num">{clockLength(item.durationMs)}</span>}
    </span>
  );
}

/** Lies over a withdrawn item wherever it is shown. */
function WithdrawnMark({ item }: { item: LibraryItem }) {
  const t = useTexts(withdrawalTexts);
  if (!isWithdrawn(item)) return null;
  return (
    <span className="l-still-withdrawn">
      <span>
        <StopOutlined aria-hidden="true" /> {t('mark')}
      </span>
    </span>
  );
}
