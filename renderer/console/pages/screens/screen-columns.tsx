/** The columns of the list of screens, and the one column it has on a narrow window. */
import type { TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { Named } from '../../../../domain/catalogue/organisation.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import type { Say } from '../../i18n/i18n.ts';
import { RelativeTime } from '../../widgets/relative-time.tsx';
import { StatusDot } from '../../widgets/status-dot.tsx';
import type { LibraryItem } from '../library/library-items.ts';
import { ScreenActions } from './screen-actions.tsx';
import { STATE_TONES, screenState } from './screen-state.ts';
import { ShowingNow } from './showing-now.tsx';

/** What the columns need to speak, and what their buttons do. */
export type ScreenColumnWords = {
  t: Say<'screen' | 'place' | 'venue' | 'showing' | 'lastSeen' | 'incidents' | 'never'>;
  stateWord: (screen: ScreenView) => string;
  venueWord: (screen: ScreenView) => string;
  incidentWord: (kind: ScreenView['incidents'][number]['kind']) => string;
  nameOf: (entity: Named) => string;
  siteName: (siteId: string) => string;
  unitName: (unitId: string) => string;
  items: ReadonlyMap<string, LibraryItem>;
  onEdit: (screen: ScreenView) => void;
  onPair: (screen: ScreenView) => void;
};

const nameCell = (screen: ScreenView, { nameOf, stateWord }: ScreenColumnWords) => (
  <span className="x-two-lines">
    <Link to={`/screens/${screen.id}`} className="x-ellipsis">
      {nameOf(screen)}
    </Link>
    <small>
      <StatusDot tone={STATE_TONES[screenState(screen)]} label={stateWord(screen)} />
    </small>
  </span>
);

const incidentsCell = (screen: ScreenView, { incidentWord }: ScreenColumnWords) =>
  screen.incidents.length === 0 ? (
    <span className="x-faint">–</span>
  ) : (
    <span className="x-two-lines">
      {screen.incidents.map(({ id, kind }) => (
        <StatusDot key={id} tone="warn" label={incidentWord(kind)} />
      ))}
    </span>
  );

const lastSeenCell = (screen: ScreenView, { t }: ScreenColumnWords) =>
  screen.lastSeenMs === null ? (
    <span className="x-faint">{screen.kind === 'external' ? '–' : t('never')}</span>
  ) : (
    <span className="x-soft">
      <RelativeTime ms={screen.lastSeenMs} zone={screen.timeZone} />
    </span>
  );

/** Columns for a wide window. */
export function screenColumns(words: ScreenColumnWords): TableColumnsType<ScreenView> {
  const { t, nameOf, siteName, unitName, venueWord, items } = words;
  return [
    {
      key: 'name',
      title: t('screen'),
      sorter: (a, b) => nameOf(a).localeCompare(nameOf(b), 'zh'),
      render: (_, screen) => nameCell(screen, words),
    },
    {
      key: 'site',
      title: t('place'),
      render: (_, screen) => (
        <span className="x-two-lines">
          <span className="x-ellipsis">{siteName(screen.siteId)}</span>
          <small>
            {unitName(screen.unitId)} · {venueWord(screen)}
          </small>
        </span>
      ),
    },
    {
      key: 'showing',
      title: t('showing'),
      render: (_, screen) => <ShowingNow screen={screen} items={items} />,
    },
    {
      key: 'incidents',
      title: t('incidents'),
      width: 170,
      sorter: (a, b) => b.incidents.length - a.incidents.length,
      render: (_, screen) => incidentsCell(screen, words),
    },
    {
      key: 'seen',
      title: t('lastSeen'),
      width: 112,
      sorter: (a, b) => (b.lastSeenMs ?? 0) - (a.lastSeenMs ?? 0),
      render: (_, screen) => lastSeenCell(screen, words),
    },
    { key: 'actions', width: 60, align: 'right', render: (_, screen) => <ScreenActions screen={screen} {...words} /> },
  ];
}

/** The one column for a narrow window. */
export function narrowScreenColumn(words: ScreenColumnWords): TableColumnsType<ScreenView> {
  return [
    {
      key: 'all',
      render: (_, screen) => (
        <div className="x-screen-card">
          <div className="x-screen-card-head">
            {nameCell(screen, words)}
            <ScreenActions screen={screen} {...words} />
          </div>
          <span className="x-soft x-ellipsis">{words.siteName(screen.siteId)}</span>
          <ShowingNow screen={screen} items={words.items} />
          {screen.incidents.length > 0 && incidentsCell(screen, words)}
        </div>
      ),
    },
  ];
}
