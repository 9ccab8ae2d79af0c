/** An item shown large, with everything known about it. */
import { Modal, Typography } from 'antd';
import type { ReactNode } from 'react';
import { API, MEDIA_PATHS } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { useTimes } from '../../widgets/zone-time.ts';
import { usesOf } from './item-uses.ts';
import { type LibraryItem, withdrawableOf } from './library-items.ts';
import { bytesText, codecText } from './measures.ts';
import { PosterViewer } from './poster-viewer.tsx';
import { SloganPicture } from './slogan-picture.tsx';
import { texts } from './texts.ts';
import { UsesList } from './uses-list.tsx';
import { WithdrawalNote } from './withdrawal-note.tsx';

/** A film plays at once, muted until its sound is turned on; a poster stands as it does on a screen. */
export function PreviewDialog({ item, onClose }: { item: LibraryItem; onClose: () => void }) {
  const t = useTexts(texts);
  const time = useTimes();
  const nameOf = useNameOf();
  const campaigns = useApi(API.campaigns).data ?? [];
  const playlists = useApi(API.playlists).data ?? [];
  const media = 'media' in item ? item.media : null;
  const withdrawable = withdrawableOf(item);
  const facts: [string, ReactNode][] = media
    ? [
        [t('dimensions'), `${media.width} × ${media.height}`],
        ...(media.codec ? [[t('codec'), codecText(media.codec)] satisfies [string, ReactNode]] : []),
        [t('size'), bytesText(media.bytes)],
        ...(media.durationMs ? [[t('duration'), clockLength(media.durationMs)] satisfies [string, ReactNode]] : []),
        [t('added'), time(media.addedAtMs, 'moment')],
        [
          t('sha'),
          <Typography.Text key="sha" className="x-mono" copyable={{ text: media.sha }}>
            {media.sha.slice(0, 12)}…
          </Typography.Text>,
        ],
      ]
    : 'stream' in item
      ? [[t('streamUrl'), item.stream.url]]
      : [[t('duration'), clockLength(item.durationMs ?? 0)]];
  return (
    <Modal open centered width={920} title={nameOf(item)} footer={null} onCancel={onClose} destroyOnHidden>
      {media?.type === 'image' ? <PosterViewer media={media} /> : <Picture item={item} />}
      {withdrawable && <WithdrawalNote of={withdrawable} />}
      <dl className="l-facts x-num">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div className="l-facts-wide">
          <dt>{t('usedIn')}</dt>
          <dd>
            <UsesList uses={usesOf(item.id, campaigns, playlists)} />
          </dd>
        </div>
      </dl>
    </Modal>
  );
}

function Picture({ item }: { item: LibraryItem }) {
  if ('slogan' in item) return <SloganPicture slogan={item.slogan} moving />;
  if ('stream' in item) return null;
  return (
    <div className="l-viewer">
      <video src={MEDIA_PATHS.content(item.id)} controls autoPlay muted loop playsInline />
    </div>
  );
}
