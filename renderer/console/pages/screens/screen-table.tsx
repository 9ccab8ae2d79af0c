/** The list of screens, drawn only where one looks. */
import { Table } from 'antd';
import { useMemo, useRef } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { useApi } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { useFillHeight } from '../../widgets/fill-height.ts';
import { incidentTexts } from '../../widgets/incident-texts.ts';
import { useIsNarrow } from '../../widgets/narrow.ts';
import { useLibrary } from '../library/use-library.ts';
import { narrowScreenColumn, type ScreenColumnWords, screenColumns } from './screen-columns.tsx';
import { screenState } from './screen-state.ts';
import { screenTexts } from './texts.ts';

/** The list of screens. */
export function ScreenTable({
  screens,
  onEdit,
  onPair,
}: {
  screens: readonly ScreenView[];
  onEdit: (screen: ScreenView) => void;
  onPair: (screen: ScreenView) => void;
}) {
  const t = useTexts(screenTexts);
  const words = useTexts(commonTexts);
  const states = useTexts(incidentTexts);
  const nameOf = useNameOf();
  const items = useLibrary().byId;
  const narrow = useIsNarrow();
  const anchor = useRef<HTMLDivElement>(null);
  const height = useFillHeight(anchor, narrow ? 40 : 74, 380);
  const sites = useApi(API.sites).data;
  const units = useApi(API.units).data;
  const siteNames = useMemo(() => new Map(sites?.map((site) => [site.id, nameOf(site)])), [sites, nameOf]);
  const unitNames = useMemo(() => new Map(units?.map((unit) => [unit.id, nameOf(unit)])), [units, nameOf]);

  const columnWords: ScreenColumnWords = {
    t,
    nameOf,
    items,
    onEdit,
    onPair,
    siteName: (id) => siteNames.get(id) ?? id,
    unitName: (id) => unitNames.get(id) ?? id,
    stateWord: (screen) => states(`state.${screenState(screen)}`),
    venueWord: (screen) => words(`venue.${screen.venue}`),
    incidentWord: (kind) => states(`kind.${kind}`),
  };
  return (
    <div ref={anchor} className="x-panel x-table-panel">
      <Table<ScreenView>
        virtual
        size="middle"
        pagination={false}
        showHeader={!narrow}
        showSorterTooltip={false}
        rowKey="id"
        dataSource={screens}
        columns={narrow ? narrowScreenColumn(columnWords) : screenColumns(columnWords)}
        scroll={{ y: height, x: narrow ? 320 : 960 }}
        locale={{ emptyText: <p className="x-soft">{t('noMatch')}</p> }}
      />
    </div>
  );
}
