/** Narrows today's list to a unit, a campaign, or what one types. */
import { SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { UnitSelect } from '../../widgets/unit-select.tsx';
import { todayTexts } from './texts.ts';
import type { TodayLine } from './today-rows.ts';

/** What a person has chosen. */
export type TodayChoice = { unit: string | null; campaign: string | null; search: string };

/** `rows` give the campaigns that can be chosen. */
export function TodayFilters({
  rows,
  choice,
  onChange,
}: {
  rows: readonly TodayLine[];
  choice: TodayChoice;
  onChange: (choice: TodayChoice) => void;
}) {
  const t = useTexts(todayTexts);
  const nameOf = useNameOf();
  const campaigns = new Map(rows.map(({ campaign }) => [campaign.id, campaign]));
  return (
    <div className="x-today-filters">
      <Input
        allowClear
        prefix={<SearchOutlined className="x-faint" />}
        placeholder={t('search')}
        value={choice.search}
        onChange={(event) => onChange({ ...choice, search: event.target.value })}
      />
      <UnitSelect
        allowClear
        placeholder={t('anyUnit')}
        {...(choice.unit === null ? {} : { value: choice.unit })}
        onChange={(unit: string | undefined) => onChange({ ...choice, unit: unit ?? null })}
      />
      <Select
        allowClear
        placeholder={t('anyCampaign')}
        value={choice.campaign ?? undefined}
        options={[...campaigns.values()].map((campaign) => ({ value: campaign.id, label: nameOf(campaign) }))}
        onChange={(campaign: string | undefined) => onChange({ ...choice, campaign: campaign ?? null })}
      />
    </div>
  );
}
