/** The columns of today's list, and the one column it has on a narrow window. */
import type { TableColumnsType } from 'antd';
import { Tooltip } from 'antd';
import { Link } from 'react-router';
import type { Named } from '../../../../domain/catalogue/organisation.ts';
import type { CommitmentDay } from '../../../../protocol/http/views.ts';
import type { Say } from '../../i18n/i18n.ts';
import { PlayProgress } from '../../widgets/play-progress.tsx';
import { VerdictTag } from '../../widgets/verdict-tag.tsx';

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
  >;
  nameOf: (entity: Named) => string;
  unitName: (unitId: string) => string;
  promiseLabel: (commitment: string) => string;
  minute: (ms: number, screenId: string) => string;
  nowMs: () => number;
};

const screenOf = (row: CommitmentDay, { nameOf, unitName }: ColumnWords) => (
  <span className="x-two-lines">
    <Link to={`/screens/${row.screen.id}`} className="x-ellipsis">
      {nameOf(row.screen)}
    </Link>
    <small>{unitName(row.screen.unitId)}</small>
  </span>
);

const promiseOf = (row: CommitmentDay, { nameOf, promiseLabel }: ColumnWords) => (
  <span className="x-two-lines">
    <span className="x-ellipsis">{nameOf(row.campaign)}</span>
    <small title={promiseLabel(row.commitment)}>{promiseLabel(row.commitment)}</small>
  </span>
);

const verdictOf = ({ verdict, reasons, screen }: CommitmentDay) => (
  <VerdictTag verdict={verdict} reasons={reasons} external={screen.kind === 'external'} />
);

function expectedOf({ expected, required }: CommitmentDay, { t }: ColumnWords) {
  if (expected === null)
    return (
      <span className="x-faint" title={t('nothingSaid')}>
        –
      </span>
    );
  return <span className={expected < required ? 'x-num x-tone-bad x-strong' : 'x-num'}>{expected}</span>;
}

function metByOf(row: CommitmentDay, words: ColumnWords) {
  const { t, minute } = words;
  const closes = row.closesAtMs === null ? '' : t('closes', { time: minute(row.closesAtMs, row.screen.id) });
  if (row.metByMs === null)
    return (
      <span className="x-two-lines">
        <span className="x-faint">–</span>
        <small>{closes}</small>
      </span>
    );
  const time = minute(row.metByMs, row.screen.id);
  return (
    <span className="x-two-lines x-num">
      <span>{row.metByMs > words.nowMs() ? t('plannedFor', { time }) : t('reached', { time })}</span>
      <small>{closes}</small>
    </span>
  );
}

const share = ({ played, required }: CommitmentDay): number => (required === 0 ? 1 : played / required);

/** Columns for a wide window. The order given by the server, worst first, holds until a person sorts. */
export function todayColumns(words: ColumnWords): TableColumnsType<CommitmentDay> {
  const { t, nameOf } = words;
  return [
    { key: 'verdict', title: t('verdict'), width: 206, render: (_, row) => verdictOf(row) },
    {
      key: 'screen',
      title: t('screen'),
      width: '21%',
      sorter: (a, b) => nameOf(a.screen).localeCompare(nameOf(b.screen), 'zh'),
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
      width: 86,
      align: 'right',
      render: (_, row) => expectedOf(row, words),
    },
    { key: 'metBy', title: t('metBy'), width: 118, align: 'right', render: (_, row) => metByOf(row, words) },
  ];
}

/** The one column for a narrow window. */
export function narrowColumn(words: ColumnWords): TableColumnsType<CommitmentDay> {
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
