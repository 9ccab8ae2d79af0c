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
import { useTexts } from '../../i18n/i18n.ts';
import { type LibraryItem, placedDurationMs } from '../library/library-items.ts';
import type { PlaylistRow, RowFault } from './playlist-draft.ts';
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

/** `onChange` gets the rows in their new order or with a new duration. */
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

  const starts = startsOf(rows, byId);
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
                startMs={starts[at] ?? 0}
                item={byId.get(row.item)}
                fault={faults.find(({ key }) => key === row.key)?.fault ?? null}
                isReadOnly={isReadOnly}
                onDuration={(durationMs) =>
                  onChange(rows.map((one) => (one.key === row.key ? { ...one, durationMs } : one)))
                }
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

/** When each row begins within the round, in milliseconds. */
function startsOf(rows: readonly PlaylistRow[], byId: ReadonlyMap<string, LibraryItem>): number[] {
  let at = 0;
  return rows.map((row) => {
    const start = at;
    at += placedDurationMs(row, byId.get(row.item)) ?? 0;
    return start;
  });
}
