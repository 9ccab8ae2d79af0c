/** One item of the grid: its picture, its name, what it is, and where it is used. */
import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tooltip } from 'antd';
import { useMay } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { ItemStill } from './item-still.tsx';
import { type ItemUses, isUnused } from './item-uses.ts';
import { isWithdrawn, type LibraryItem } from './library-items.ts';
import { bytesText, codecText } from './measures.ts';
import { texts } from './texts.ts';
import { useRemoveItem } from './use-remove-item.tsx';
import { withdrawalTexts } from './withdrawal-texts.ts';

type Props = { item: LibraryItem; uses: ItemUses; onOpen: () => void; onRename: () => void; onWithdraw: () => void };

/** `onOpen` shows it large, or opens a slogan's editor. */
export function ItemCard({ item, uses, onOpen, onRename, onWithdraw }: Props) {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const mayEdit = useMay('editor');
  const mayWithdraw = useMay('operator');
  const withdrawal = useTexts(withdrawalTexts);
  const remove = useRemoveItem();
  const name = nameOf(item);
  return (
    <li className="l-item">
      <button type="button" className="l-item-picture" onClick={onOpen} aria-label={name}>
        <ItemStill item={item} badges />
      </button>
      <div className="l-item-foot">
        <div className="x-grow">
          <Tooltip title={name} mouseEnterDelay={0.6}>
            <div className="l-item-name x-ellipsis">{name}</div>
          </Tooltip>
          <div className="l-item-facts x-num x-ellipsis">
            <Facts item={item} />
          </div>
          <div className="l-item-uses x-ellipsis">
            <UsesLine uses={uses} />
          </div>
        </div>
        {mayEdit && (
          <Dropdown
            trigger={['click']}
            placement="bottomRight"
            menu={{
              items: [
                ...('media' in item ? [{ key: 'rename', label: t('rename'), onClick: onRename }] : []),
                ...(mayWithdraw && item.kind !== 'live'
                  ? [
                      {
                        key: 'withdraw',
                        label: withdrawal(isWithdrawn(item) ? 'restore' : 'withdraw'),
                        onClick: onWithdraw,
                      },
                    ]
                  : []),
                { key: 'remove', label: t('remove'), danger: true, onClick: () => remove(item, uses) },
              ],
            }}
          >
            <Button type="text" size="small" icon={<MoreOutlined />} aria-label={`${t('actions')}: ${name}`} />
          </Dropdown>
        )}
      </div>
    </li>
  );
}

function Facts({ item }: { item: LibraryItem }) {
  const t = useTexts(texts);
  if ('slogan' in item) return `${t(item.slogan.shape)} · ${clockLength(item.slogan.durationMs)}`;
  if ('stream' in item) return new URL(item.stream.url).host;
  const { width, height, codec, bytes } = item.media;
  const shape = height > width ? t('portrait') : null;
  const facts = [`${width} × ${height}`, shape, codec ? codecText(codec) : null, bytesText(bytes)];
  return facts.filter((fact) => fact !== null).join(' · ');
}

function UsesLine({ uses }: { uses: ItemUses }) {
  const t = useTexts(texts);
  if (isUnused(uses)) return t('usedNowhere');
  const { campaigns, playlists } = uses;
  const parts = [
    campaigns.length > 0 ? t('usedCampaigns', { count: campaigns.length }) : null,
    playlists.length > 0 ? t('usedPlaylists', { count: playlists.length }) : null,
  ];
  return `${t('usedIn')} ${parts.filter((part) => part !== null).join(t('usesJoin'))}`;
}
