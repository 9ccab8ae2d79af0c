/** The columns of today's list, and the one column it has on a narrow window. */
import type { TableColumnsType } from 'antd';
import { Tooltip } from 'antd';
import { Link } from 'react-router';
import type { Named } from '../../../../domain/catalogue/organisation.ts';
import type { Say } from '../../i18n/i18n.ts';
import { PlayProgress } from '../../widgets/play-progress.tsx';
import { VerdictTag } from '../../widgets/verdict-tag.tsx';
import { isPart, type TodayLine } from './today-rows.ts';

/** What the columns need to speak. */
export type ColumnWords = {
  t: Say<
    | 'screen'
    | 'promise'
    | 'played'
    | 'expected'
    | 'expectedHint'
    | 'metBy'
    | 'verdict'
    | 'closes'
    | 'plannedFor'
    | 'reached'
    | 'nothingSaid'
    | 'wholeTarget'
    | 'missingLogs'
    | 'part'
    | 'shortBy'
  >;
  nameOf: (entity: Named) => string;
  unitName: (unitId: string) => string;
  promiseLabel: (commitment: string) => string;
  minute: (ms: number, line: TodayLine) => string;
  nowMs: () => number;
};

const screenOf = (row: TodayLine, words: ColumnWords) =>
  row.screen ? oneScreenOf(row.screen, words) : wholeTargetOf(row, words);

function wholeTargetOf({ target, closesAtMs }: TodayLine, { t, nowMs }: ColumnWords) {
  // No log of a day under way is complete: that is worth saying only once it is over.
  const missing = closesAtMs !== null && closesAtMs > nowMs() ? 0 : (target?.missingLogs ?? 0);
  return (
    <span className="x-two-lines x-num">
      <span className="x-ellipsis">{t('wholeTarget', { count: target?.screens ?? 0 })}</span>
      {missing > 0 && <small>{t('missingLogs', { count: missing })}</small>}
    </span>
  );
}

const oneScreenOf = (screen: NonNullable<TodayLine['screen']>, { nameOf, unitName }: ColumnWords) => (
  <span className="x-two-lines">
    <Link to={`/screens/${screen.id}`} className="x-ellipsis">
      {nameOf(screen)}
    </Link>
    <small>{unitName(screen.unitId)}</small>
  </span>
);

const promiseOf = (row: TodayLine, { t, nameOf, promiseLabel }: ColumnWords) => (
  <span className="x-two-lines">
    <span className="x-ellipsis">{nameOf(row.campaign)}</span>
    <small title={promiseLabel(row.commitment)}>
      {[...(isPart(row) ? [t('part')] : []), promiseLabel(row.commitment)].join(' · ')}
    </small>
  </span>
);

const verdictOf = ({ verdict, reasons, broken, screen }: TodayLine) => (
  <VerdictTag verdict={verdict} reasons={reasons} broken={broken} external={screen?.kind === 'external'} />
);

function expectedOf({ expected, required, shortBy }: TodayLine, { t }: ColumnWords) {
  if (expected === null)
    return (
      <span className="x-faint" title={t('nothingSaid')}>
        –
      </span>
    );
  return (
    <span className="x-two-lines x-num">
      <span className={expected < required ? 'x-tone-bad x-strong' : ''}>{expected}</span>
      {shortBy !== null && shortBy > 0 && <small>{t('shortBy', { n: shortBy })}</small>}
    </span>
  );
}

function metByOf(row: TodayLine, words: ColumnWords) {
  const { t, minute } = words;
  const closes = row.closesAtMs === null ? '' : t('closes', { time: minute(row.closesAtMs, row) });
  if (row.metByMs === null)
    return (
      <span className="x-two-lines">
        <span className="x-faint">–</span>
        <small>{closes}</small>
      </span>
    );
  const time = minute(row.metByMs, row);
  return (
    <span className="x-two-lines x-num">
      <span>{row.metByMs > words.nowMs() ? t('plannedFor', { time }) : t('reached', { time })}</span>
      <small>{closes}</small>
    </span>
  );
}

const screenName = ({ screen }: TodayLine, { nameOf }: ColumnWords): string => (screen ? nameOf(screen) : '');

const share = ({ played, required }: TodayLine): number => (required === 0 ? 1 : played / required);

/** Columns for a wide window. The order given by the server, worst first, holds until a person sorts. */
export function todayColumns(words: ColumnWords): TableColumnsType<TodayLine> {
  const { t } = words;
  return [
    { key: 'verdict', title: t('verdict'), width: 206, render: (_, row) => verdictOf(row) },
    {
      key: 'screen',
      title: t('screen'),
      width: '21%',
      sorter: (a, b) => screenName(a, words).localeCompare(screenName(b, words), 'zh'),
      render: (_, row) => screenOf(row, words),
    },
    { key: 'promise', title: t('promise'), render: (_, row) => promiseOf(row, words) },
    {
      key: 'played',
      title: t('played'),
      width: 232,
      sorter: (a, b) => share(a) - share(b),
      render: (_, row) => <PlayProgress row={row} />,
    },
    {
      key: 'expected',
      title: <Tooltip title={t('expectedHint')}>{t('expected')}</Tooltip>,
      width: 96,
      align: 'right',
      render: (_, row) => expectedOf(row, words),
    },
    { key: 'metBy', title: t('metBy'), width: 118, align: 'right', render: (_, row) => metByOf(row, words) },
  ];
}

/** The one column for a narrow window. */
export function narrowColumn(words: ColumnWords): TableColumnsType<TodayLine> {
  return [
    {
      key: 'all',
      render: (_, row) => (
        <div className="x-today-card">
          {verdictOf(row)}
          {screenOf(row, words)}
          {promiseOf(row, words)}
          <PlayProgress row={row} />
        </div>
      ),
    },
  ];
}
