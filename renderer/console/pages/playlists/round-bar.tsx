/** One round as a bar: every item as wide as its share of the time. */
import { Tooltip } from 'antd';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { type LibraryItem, placedDurationMs } from '../library/library-items.ts';
import type { PlaylistRow } from './playlist-draft.ts';

/** Films, posters and slogans in three quiet tones. */
export function RoundBar({ rows, byId }: { rows: readonly PlaylistRow[]; byId: ReadonlyMap<string, LibraryItem> }) {
  const nameOf = useNameOf();
  return (
    <div className="p-bar" aria-hidden="true">
      {rows.map((row) => {
        const item = byId.get(row.item);
        const durationMs = placedDurationMs(row, item) ?? 0;
        return (
          <Tooltip key={row.key} title={item && `${nameOf(item)} · ${clockLength(durationMs)}`}>
            <span className={`p-bar-part p-bar-${item?.kind ?? 'gone'}`} style={{ flexGrow: durationMs }} />
          </Tooltip>
        );
      })}
    </div>
  );
}
