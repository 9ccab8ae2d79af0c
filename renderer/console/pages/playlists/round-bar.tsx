/** One round as a bar: every item as wide as its share of the time, hatched where today's rounds leave it out. */
import { Tooltip } from 'antd';
import dayjs from 'dayjs';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { type LibraryItem, placedDurationMs } from '../library/library-items.ts';
import { isLimited, isShownOn } from './item-times.ts';
import type { PlaylistRow } from './playlist-draft.ts';
import { texts } from './texts.ts';
import { useTimesText } from './use-times-text.ts';

/** Films, posters and slogans in three quiet tones; below, that rounds differ where they do. */
export function RoundBar({ rows, byId }: { rows: readonly PlaylistRow[]; byId: ReadonlyMap<string, LibraryItem> }) {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const timesText = useTimesText();
  const today = dayjs().format('YYYY-MM-DD');
  const limited = rows.filter(isLimited).length;
  return (
    <>
      <div className="p-bar" aria-hidden="true">
        {rows.map((row) => {
          const item = byId.get(row.item);
          const durationMs = placedDurationMs(row, item) ?? 0;
          const said = item && [nameOf(item), clockLength(durationMs), timesText(row)].filter(Boolean).join(' · ');
          const look = `p-bar-part p-bar-${item?.kind ?? 'gone'}`;
          return (
            <Tooltip key={row.key} title={said}>
              <span className={isShownOn(row, today) ? look : `${look} p-bar-off`} style={{ flexGrow: durationMs }} />
            </Tooltip>
          );
        })}
      </div>
      {limited > 0 && (
        <p className="p-bar-note">
          {t('roundsDiffer', { count: limited })}
          {!rows.every((row) => isShownOn(row, today)) && (
            <span className="p-bar-key">
              <span className="p-bar-off" aria-hidden="true" />
              {t('when.notToday')}
            </span>
          )}
        </p>
      )}
    </>
  );
}
