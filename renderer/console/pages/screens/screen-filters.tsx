/** Narrows the list of screens. */
import { SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { VENUES } from '../../../../domain/catalogue/organisation.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { incidentTexts } from '../../widgets/incident-texts.ts';
import { UnitSelect } from '../../widgets/unit-select.tsx';
import { SCREEN_STATES, type ScreenFilter, type ScreenState } from './screen-state.ts';
import { screenTexts } from './texts.ts';

/** Narrows the list of screens. */
export function ScreenFilters({
  filter,
  onChange,
}: {
  filter: ScreenFilter;
  onChange: (filter: ScreenFilter) => void;
}) {
  const t = useTexts(screenTexts);
  const words = useTexts(commonTexts);
  const states = useTexts(incidentTexts);
  return (
    <div className="x-screen-filters">
      <Input
        allowClear
        prefix={<SearchOutlined className="x-faint" />}
        placeholder={t('search')}
        value={filter.search}
        onChange={(event) => onChange({ ...filter, search: event.target.value })}
      />
      <Select<ScreenState>
        allowClear
        placeholder={t('anyState')}
        options={SCREEN_STATES.map((value) => ({ value, label: states(`state.${value}`) }))}
        onChange={(state?: ScreenState) => onChange({ ...filter, state: state ?? null })}
      />
      <UnitSelect
        allowClear
        placeholder={t('anyUnit')}
        onChange={(unit?: string) => onChange({ ...filter, unit: unit ?? null })}
      />
      <Select<string>
        allowClear
        placeholder={t('anyVenue')}
        options={VENUES.map((value) => ({ value, label: words(`venue.${value}`) }))}
        onChange={(venue?: string) => onChange({ ...filter, venue: venue ?? null })}
      />
    </div>
  );
}
