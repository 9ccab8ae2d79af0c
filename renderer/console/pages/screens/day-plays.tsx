/** The latest plays of a screen's day with how each ended, newest first. */
import { Segmented, Table, type TableColumnsType } from 'antd';
import { useMemo, useState } from 'react';
import type { Play, ScreenDay } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { StatusDot } from '../../widgets/status-dot.tsx';
import { useTimes } from '../../widgets/zone-time.ts';
import { dayTexts } from './day-texts.ts';
import type { ExplainedDay } from './explain-day.ts';
import { PlayPicture } from './play-picture.tsx';
import { PlaysDownload } from './plays-download.tsx';
import { useReasonText } from './use-reason-text.ts';
import './player.css';

const WHICH = ['all', 'promised', 'lost'] as const;
type Which = (typeof WHICH)[number];

const belongs: Record<Which, (play: Play) => boolean> = {
  all: () => true,
  promised: (play) => play.commitment !== null,
  lost: (play) => !play.counted,
};

/** The latest plays of `day`, which is a day of `screen`. */
export function DayPlays({
  screen,
  day,
  explained,
  hues,
}: {
  screen: { id: string; name: string };
  day: ScreenDay;
  explained: ExplainedDay;
  hues: ReadonlyMap<string, string>;
}) {
  const t = useTexts(dayTexts);
  const time = useTimes();
  const nameOf = useNameOf();
  const reasonText = useReasonText(day);
  const [which, setWhich] = useState<Which>('all');
  const shown = useMemo(
    () => day.plays.filter(belongs[which]).sort((a, b) => b.startMs - a.startMs),
    [day.plays, which],
  );
  const columns: TableColumnsType<Play> = [
    {
      key: 'time',
      title: t('time'),
      width: 104,
      render: (_, { startMs }) => <span className="x-num">{time(startMs, 'second', day.timeZone)}</span>,
    },
    {
      key: 'item',
      title: t('item'),
      ellipsis: true,
      render: (_, { item, itemName, screenId, shot }) => {
        const known = day.itemNames[item];
        return (
          <span className="x-play-item">
            <span className="x-ellipsis">{known ? nameOf(known) : itemName}</span>
            {shot !== null && <PlayPicture screenId={screenId} sha={shot} />}
          </span>
        );
      },
    },
    {
      key: 'reason',
      width: 140,
      render: (_, play) => (
        <span className={play.commitment === null ? 'x-faint' : 'x-play-reason'}>
          {play.commitment !== null && (
            <span className="x-swatch x-swatch-small" style={{ background: hues.get(play.commitment) }} />
          )}
          {reasonText(explained.reasonOf(play))}
        </span>
      ),
    },
    {
      key: 'length',
      title: t('length'),
      width: 76,
      align: 'right',
      render: (_, { startMs, endMs }) => <span className="x-num x-soft">{clockLength(endMs - startMs)}</span>,
    },
    {
      key: 'outcome',
      title: t('outcome'),
      width: 180,
      render: (_, { outcome, counted }) => (
        <StatusDot
          tone={counted ? 'good' : 'bad'}
          quiet={counted}
          label={counted ? t(`outcome.${outcome}`) : `${t(`outcome.${outcome}`)} · ${t('notCounted')}`}
        />
      ),
    },
  ];
  return (
    <section className="x-panel x-table-panel">
      <div className="x-day-plays-head">
        <h2>{t('plays')}</h2>
        <div className="x-row">
          <Segmented<Which>
            size="small"
            value={which}
            onChange={setWhich}
            options={WHICH.map((value) => ({ value, label: t(`playsOf.${value}`) }))}
          />
          <PlaysDownload screen={screen} first={{ from: day.date, to: day.date }} size="small" />
        </div>
      </div>
      <Table<Play>
        size="small"
        rowKey={({ epoch, seq, device }) => `${device} ${epoch} ${seq}`}
        dataSource={shown}
        columns={columns}
        pagination={{ pageSize: 12, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
        scroll={{ x: 720 }}
        locale={{ emptyText: <p className="x-soft">{t(day.playsKept ? 'playsNone' : 'playsGone')}</p> }}
      />
    </section>
  );
}
