/** A picture of any item of the library, as wide as its place: a still of a film or poster, or the slogan itself. */
import { CaretRightFilled, PictureOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { MEDIA_PATHS } from '../../../../protocol/http/api.ts';
import { clockLength } from '../../widgets/duration.ts';
import type { LibraryItem } from './library-items.ts';
import { SloganPicture } from './slogan-picture.tsx';
import './item-still.css';

/** `badges`: length and play sign lie over it. An item that is gone leaves an empty place. */
export function ItemStill({ item, badges = false }: { item: LibraryItem | undefined; badges?: boolean }) {
  const [broken, setBroken] = useState(false);
  if (item && 'slogan' in item) {
    return (
      <span className="l-still">
        <SloganPicture slogan={item.slogan} />
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
      {badges && item?.durationMs && <span className="l-still-length x-num">{clockLength(item.durationMs)}</span>}
    </span>
  );
}
