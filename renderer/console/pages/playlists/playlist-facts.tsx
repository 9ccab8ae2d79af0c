/** The figures of a playlist: one round, its items, the screens that loop it. */
import { Button, Popover } from 'antd';
import dayjs from 'dayjs';
import type { Screen } from '../../../../domain/catalogue/organisation.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import type { LibraryItem } from '../library/library-items.ts';
import { isLimited, isShownOn } from './item-times.ts';
import { type PlaylistRow, roundMs } from './playlist-draft.ts';
import { texts } from './texts.ts';

type Props = {
  rows: readonly PlaylistRow[];
  byId: ReadonlyMap<string, LibraryItem>;
  screens: readonly Pick<Screen, 'id' | 'name' | 'nameEn'>[];
};

/** Of a list whose rounds differ, today's round at its longest. The names of the screens open on a click. */
export function PlaylistFacts({ rows, byId, screens }: Props) {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const today = dayjs().format('YYYY-MM-DD');
  const shown = rows.filter((row) => isShownOn(row, today));
  const isInParts = shown.some(({ dayParts }) => dayParts.length > 0);
  const label = isInParts ? 'roundMost' : rows.some(isLimited) ? 'roundToday' : 'roundLabel';
  return (
    <header className="p-facts x-num">
      <span>
        <span className="x-soft">{t(label)}</span> <strong>{clockLength(roundMs(shown, byId))}</strong>
      </span>
      <span className="x-soft">
        {t('items', { count: rows.length })}
        {shown.length < rows.length && t('itemsToday', { n: shown.length })}
      </span>
      <span className="x-grow" />
      {screens.length === 0 ? (
        <span className="x-faint">{t('unused')}</span>
      ) : (
        <Popover
          trigger="click"
          placement="bottomRight"
          title={t('screensTitle')}
          content={
            <ul className="p-screens">
              {screens.map((screen) => (
                <li key={screen.id}>{nameOf(screen)}</li>
              ))}
            </ul>
          }
        >
          <Button type="link" size="small">
            {t('usedBy', { count: screens.length })}
          </Button>
        </Popover>
      )}
    </header>
  );
}
