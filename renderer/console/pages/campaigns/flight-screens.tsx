/** A flight screen by screen, worst first. */
import { Button, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { FlightView } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { StatusShape } from '../../widgets/status-dot.tsx';
import { FLIGHT_TONES } from './flight-standing.ts';
import { flightTexts } from './flight-texts.ts';
import { useDayText } from './use-day-text.ts';

type Row = FlightView['rows'][number];

/** Nothing for a promise of a whole target. */
export function FlightScreens({ flight }: { flight: FlightView }) {
  const t = useTexts(flightTexts);
  const nameOf = useNameOf();
  const [isOpen, setOpen] = useState(false);
  if (flight.scope === 'target' || flight.rows.length === 0) return null;
  const count = (key: 'run' | 'longestRun' | 'short' | 'unknown', title: string) => ({
    key,
    title,
    width: 110,
    align: 'right' as const,
    render: (_: unknown, row: Row) => (
      <span className={row[key] === 0 ? 'x-num x-faint' : 'x-num'}>{t('days', { n: row[key] })}</span>
    ),
  });
  return (
    <>
      {isOpen && (
        <Table<Row>
          size="small"
          pagination={flight.rows.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
          rowKey={({ screen }) => screen.id}
          dataSource={flight.rows}
          scroll={{ x: 720 }}
          columns={[
            { key: 'state', title: t('state'), width: 230, render: (_, row) => <StandingTag verdict={row.verdict} /> },
            {
              key: 'screen',
              title: t('screen'),
              render: (_, { screen }) => <Link to={`/screens/${screen.id}`}>{nameOf(screen)}</Link>,
            },
            count('run', t('run')),
            count('longestRun', t('longestRun')),
            count('short', t('missed')),
            count('unknown', t('unknown')),
          ]}
        />
      )}
      <Button type="link" size="small" className="c-run-more" onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? 'hideScreens' : 'showScreens')}
      </Button>
    </>
  );
}

function StandingTag({ verdict }: { verdict: Row['verdict'] }) {
  const t = useTexts(flightTexts);
  const day = useDayText();
  if (verdict === null) return null;
  const words =
    verdict.kind === 'lost'
      ? t('is.lost')
      : verdict.kind === 'unknown'
        ? t('is.unknown', { n: verdict.missingLogs })
        : t(`is.${verdict.kind}`, { date: day(verdict.on) });
  return (
    <span className={`x-verdict x-tone-${FLIGHT_TONES[verdict.kind]}`}>
      <StatusShape tone={FLIGHT_TONES[verdict.kind]} />
      <span className="x-ellipsis">{words}</span>
    </span>
  );
}
