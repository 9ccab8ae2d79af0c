/** One row of a playlist: grip, picture, name, when it begins and is shown, how long it takes. */
import { CloseOutlined, HolderOutlined } from '@ant-design/icons';
import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { Button, InputNumber } from 'antd';
import type { LocalDate } from '../../../../domain/time/zone-time.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { ItemStill } from '../library/item-still.tsx';
import { type LibraryItem, placedDurationMs } from '../library/library-items.ts';
import { type ItemTimes, standing } from './item-times.ts';
import type { PlaylistRow, RowFault } from './playlist-draft.ts';
import { texts } from './texts.ts';
import { TimesPopover } from './times-popover.tsx';
import { useTimesText } from './use-times-text.ts';

type Props = {
  row: PlaylistRow;
  number: number;
  startMs: number | null;
  today: LocalDate;
  item: LibraryItem | undefined;
  fault: RowFault['fault'] | null;
  isReadOnly: boolean;
  onDuration: (durationMs: number | null) => void;
  onTimes: (times: ItemTimes) => void;
  onRemove: () => void;
};

/** Only the duration of a poster (seconds) or a live source (minutes) can be set here; films and slogans bring their own. `startMs`: within today's round, null where it is not in it. */
export function SequenceRow(props: Props) {
  const { row, number, startMs, item, fault, isReadOnly, onTimes, onRemove } = props;
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: row.key,
    disabled: isReadOnly,
  });
  const name = item ? nameOf(item) : t('itemGone');
  return (
    <li
      ref={setNodeRef}
      className={['p-row', ...(isDragging ? ['p-row-dragged'] : []), ...(startMs === null ? ['p-row-off'] : [])].join(
        ' ',
      )}
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
        <RowTimes {...props} />
        {fault === 'times-wrong' && <small className="x-tone-bad">{t('when.wrong')}</small>}
      </span>
      <RowLength {...props} name={name} />
      {!isReadOnly && <TimesPopover name={name} times={row} isFaulty={fault === 'times-wrong'} onChange={onTimes} />}
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

/** When the row begins within today's round, and when it is shown; what today's rounds leave out has no start. */
function RowTimes({ row, startMs, today }: Props) {
  const t = useTexts(texts);
  const text = useTimesText()(row);
  return (
    <span className="p-row-when x-num">
      {startMs === null ? (
        <em>{t(`when.${standing(row, today) ?? 'notToday'}`)}</em>
      ) : (
        <span>{t('startsAt', { time: clockLength(startMs) })}</span>
      )}
      {text !== '' && <span className="p-row-bound">{text}</span>}
    </span>
  );
}

function RowLength({ row, item, fault, isReadOnly, name, onDuration }: Props & { name: string }) {
  const t = useTexts(texts);
  const durationMs = placedDurationMs(row, item);
  const isLive = item?.kind === 'live';
  if ((item?.kind !== 'poster' && !isLive) || isReadOnly) {
    return <span className="p-row-length x-num">{durationMs !== null && clockLength(durationMs)}</span>;
  }
  const unitMs = isLive ? 60_000 : 1000;
  return (
    <span className="p-row-length x-num">
      <InputNumber
        aria-label={`${t('stands')} ${name}`}
        size="small"
        suffix={t(isLive ? 'minutes' : 'seconds')}
        value={row.durationMs === null ? null : row.durationMs / unitMs}
        status={fault === 'no-duration' ? 'error' : ''}
        onChange={(count) => onDuration(count === null ? null : Math.round(count * unitMs))}
      />
      {fault === 'no-duration' && (
        <small className="x-tone-bad">{t(isLive ? 'liveDurationWrong' : 'durationWrong')}</small>
      )}
    </span>
  );
}
