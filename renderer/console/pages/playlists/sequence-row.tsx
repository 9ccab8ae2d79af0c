/** One row of a playlist: grip, picture, name, when it begins, how long it takes. */
import { CloseOutlined, HolderOutlined } from '@ant-design/icons';
import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { Button, InputNumber } from 'antd';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { ItemStill } from '../library/item-still.tsx';
import { type LibraryItem, placedDurationMs } from '../library/library-items.ts';
import type { PlaylistRow, RowFault } from './playlist-draft.ts';
import { texts } from './texts.ts';

type Props = {
  row: PlaylistRow;
  number: number;
  startMs: number;
  item: LibraryItem | undefined;
  fault: RowFault['fault'] | null;
  isReadOnly: boolean;
  onDuration: (durationMs: number | null) => void;
  onRemove: () => void;
};

/** Only a poster's duration can be set here; films and slogans bring their own. */
export function SequenceRow({ row, number, startMs, item, fault, isReadOnly, onDuration, onRemove }: Props) {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: row.key,
    disabled: isReadOnly,
  });
  const name = item ? nameOf(item) : t('itemGone');
  const durationMs = placedDurationMs(row, item);
  return (
    <li
      ref={setNodeRef}
      className={isDragging ? 'p-row p-row-dragged' : 'p-row'}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      {!isReadOnly && (
        <button
          type="button"
          className="p-grip"
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          aria-label={t('drag', { name })}
        >
          <HolderOutlined />
        </button>
      )}
      <span className="p-row-number x-num">{number}</span>
      <span className="p-row-still">
        <ItemStill item={item} />
      </span>
      <span className="p-row-words">
        <span className={item ? 'p-row-name x-ellipsis' : 'x-ellipsis x-tone-bad'}>{name}</span>
        <span className="p-row-start x-num">{t('startsAt', { time: clockLength(startMs) })}</span>
      </span>
      <span className="p-row-length x-num">
        {item?.kind === 'poster' && !isReadOnly ? (
          <>
            <InputNumber
              aria-label={`${t('stands')} ${name}`}
              size="small"
              suffix={t('seconds')}
              value={row.durationMs === null ? null : row.durationMs / 1000}
              status={fault === 'no-duration' ? 'error' : ''}
              onChange={(seconds) => onDuration(seconds === null ? null : Math.round(seconds * 1000))}
            />
            {fault === 'no-duration' && <small className="x-tone-bad">{t('durationWrong')}</small>}
          </>
        ) : (
          durationMs !== null && clockLength(durationMs)
        )}
      </span>
      {!isReadOnly && (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('remove', { name })}
          onClick={onRemove}
        />
      )}
    </li>
  );
}
