/** What a screen shows at this moment, or the word for why it shows nothing. */
import { Tooltip } from 'antd';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { incidentTexts } from '../../widgets/incident-texts.ts';
import { useNowMs } from '../../widgets/now.ts';
import { ItemStill } from '../library/item-still.tsx';
import type { LibraryItem } from '../library/library-items.ts';
import { screenState } from './screen-state.ts';
import { screenTexts } from './texts.ts';

/** `items` are those of the library by id. */
export function ShowingNow({ screen, items }: { screen: ScreenView; items: ReadonlyMap<string, LibraryItem> }) {
  const t = useTexts(screenTexts);
  const states = useTexts(incidentTexts);
  const nameOf = useNameOf();
  const showing = screen.online ? screen.status?.showing : null;
  if (!showing) {
    const state = screenState(screen);
    if (state === 'external') {
      return (
        <Tooltip title={t('external')}>
          <span className="x-faint">–</span>
        </Tooltip>
      );
    }
    return (
      <span className="x-faint">{state === 'offline' || state === 'unpaired' ? '–' : states(`state.${state}`)}</span>
    );
  }
  const item = items.get(showing.item);
  const name = item ? nameOf(item) : showing.item;
  return (
    <span className="x-showing">
      <span className="x-showing-still">
        <ItemStill item={item} />
      </span>
      <span className="x-two-lines">
        <span className="x-ellipsis">{name}</span>
        <small>
          {showing.commitment === null ? t('filler') : t('promised')} ·{' '}
          <TimeLeft endMs={showing.startMs + showing.durationMs} />
        </small>
      </span>
    </span>
  );
}

function TimeLeft({ endMs }: { endMs: number }) {
  const t = useTexts(screenTexts);
  const nowMs = useNowMs(1000);
  return <span className="x-num">{t('endsIn', { time: clockLength(Math.max(0, endMs - nowMs)) })}</span>;
}
