/** Today's list: drawn only where one looks, so that thousands of promises stay light. */
import { Table } from 'antd';
import { useMemo, useRef } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { useFillHeight } from '../../widgets/fill-height.ts';
import { useIsNarrow } from '../../widgets/narrow.ts';
import { usePromiseLabel } from '../../widgets/promise-label.ts';
import { useTimes } from '../../widgets/zone-time.ts';
import { todayTexts } from './texts.ts';
import { narrowColumn, todayColumns } from './today-columns.tsx';
import { rowKey, type TodayLine } from './today-rows.ts';

/** Today's list, in the order of `rows` until a person sorts. */
export function TodayTable({ rows }: { rows: readonly TodayLine[] }) {
  const t = useTexts(todayTexts);
  const nameOf = useNameOf();
  const promiseLabel = usePromiseLabel();
  const time = useTimes();
  const narrow = useIsNarrow();
  const anchor = useRef<HTMLDivElement>(null);
  const height = useFillHeight(anchor, narrow ? 40 : 74, 380);
  const units = useApi(API.units).data;
  const screens = useApi(API.screens).data;

  const unitNames = useMemo(() => new Map(units?.map((unit) => [unit.id, nameOf(unit)])), [units, nameOf]);
  const zones = useMemo(() => new Map(screens?.map((screen) => [screen.id, screen.timeZone])), [screens]);
  const columns = useMemo(() => {
    const words = {
      t,
      nameOf,
      promiseLabel,
      unitName: (unitId: string) => unitNames.get(unitId) ?? unitId,
      minute(ms: number, { screen, target }: TodayLine) {
        const zone = target?.timeZone ?? zones.get(screen?.id ?? '');
        // The zone comes with the screens; a time in the browser's would be a wrong one.
        return zone === undefined ? '…' : time(ms, 'minute', zone);
      },
      nowMs: () => Date.now(),
    };
    return narrow ? narrowColumn(words) : todayColumns(words);
  }, [t, nameOf, promiseLabel, unitNames, zones, time, narrow]);
  return (
    <div ref={anchor} className="x-panel x-table-panel">
      <Table<TodayLine>
        virtual
        size="middle"
        pagination={false}
        showHeader={!narrow}
        showSorterTooltip={false}
        rowKey={rowKey}
        dataSource={rows}
        columns={columns}
        scroll={{ y: height, ...(narrow ? { x: 320 } : { x: 940 }) }}
        locale={{ emptyText: <p className="x-soft">{t('noMatch')}</p> }}
      />
    </div>
  );
}
