/** A small picture of an item: a still of a film or image, or a slogan as it will look. */
import { PictureOutlined } from '@ant-design/icons';
import { useState } from 'react';
import type { Media, Slogan } from '../../../domain/catalogue/content.ts';
import { MEDIA_PATHS } from '../../../protocol/http/api.ts';

/** `width` in pixels; the picture keeps 16:9 and letterboxes what is upright. */
export function MediaStill({ media, width = 96 }: { media: Pick<Media, 'id' | 'name'>; width?: number }) {
  const [broken, setBroken] = useState(false);
  return (
    <span className="x-still" style={{ width, height: Math.round((width * 9) / 16) }}>
      {broken ? (
        <PictureOutlined className="x-faint" />
      ) : (
        <img src={MEDIA_PATHS.still(media.id)} alt={media.name} loading="lazy" onError={() => setBroken(true)} />
      )}
    </span>
  );
}

/** A slogan in its theme and shape; the letters scale with the width. `width` in pixels, or as wide as its place. */
export function SloganStill({
  slogan,
  width,
}: {
  slogan: Pick<Slogan, 'text' | 'shape' | 'theme'> & { textEn?: string | null };
  width?: number;
}) {
  return (
    <span className={`x-slogan x-slogan-${slogan.theme} x-slogan-${slogan.shape}`} style={{ width: width ?? '100%' }}>
      <span className="x-slogan-text">
        {slogan.text}
        {slogan.textEn && slogan.shape === 'card' && <small>{slogan.textEn}</small>}
      </span>
    </span>
  );
}
