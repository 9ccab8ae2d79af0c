/** The rows of a playlist, ordered by dragging with pointer, finger or keyboard. */
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useTexts } from '../../i18n/i18n.ts';
import type { LibraryItem } from '../library/library-items.ts';
import { timesOf } from './item-times.ts';
import { type PlaylistRow, type RowFault, startsOf } from './playlist-draft.ts';
import { SequenceRow } from './sequence-row.tsx';
import { texts } from './texts.ts';

type Props = {
  rows: readonly PlaylistRow[];
  byId: ReadonlyMap<string, LibraryItem>;
  isLoaded: boolean;
  faults: readonly RowFault[];
  isReadOnly: boolean;
  onChange: (rows: PlaylistRow[]) => void;
};

/** `onChange` gets the rows in their new order, or one of them with a new duration or new times. */
export function Sequence({ rows, byId, isLoaded, faults, isReadOnly, onChange }: Props) {
  const t = useTexts(texts);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  if (!isLoaded) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (rows.length === 0) return <p className="p-sequence-empty">{t('sequenceEmpty')}</p>;

  function move({ active, over }: DragEndEvent): void {
    const from = rows.findIndex(({ key }) => key === active.id);
    const to = rows.findIndex(({ key }) => key === over?.id);
    if (from >= 0 && to >= 0 && from !== to) onChange(arrayMove([...rows], from, to));
  }

  const change = (key: string, patch: Partial<PlaylistRow>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...patch } : row)));

  const today = dayjs().format('YYYY-MM-DD');
  const starts = startsOf(rows, byId, today);
  return (
    <>
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={move}>
        <SortableContext items={rows.map(({ key }) => key)} strategy={verticalListSortingStrategy}>
          <ol className="p-rows">
            {rows.map((row, at) => (
              <SequenceRow
                key={row.key}
                row={row}
                number={at + 1}
                startMs={starts[at] ?? null}
                today={today}
                item={byId.get(row.item)}
                fault={faults.find(({ key }) => key === row.key)?.fault ?? null}
                isReadOnly={isReadOnly}
                onDuration={(durationMs) => change(row.key, { durationMs })}
                onTimes={(times) => change(row.key, timesOf(times))}
                onRemove={() => onChange(rows.filter(({ key }) => key !== row.key))}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      {!isReadOnly && rows.length > 1 && <p className="p-sequence-hint">{t('sequenceHint')}</p>}
    </>
  );
}
