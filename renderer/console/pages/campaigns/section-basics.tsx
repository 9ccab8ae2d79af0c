/** Names and unit of a campaign. */
import { Input, Select } from 'antd';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FormField } from '../library/form-field.tsx';
import { useOwnUnits } from '../library/own-units.ts';
import { useCampaignForm } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { formTexts } from './form-texts.ts';

/** The first section. */
export function SectionBasics() {
  const t = useTexts(formTexts);
  const words = useTexts(commonTexts);
  const nameOf = useNameOf();
  const { all, own } = useOwnUnits();
  const { draft, change, fault } = useCampaignForm();
  const choice = own.some(({ id }) => id === draft.unitId) ? own : all;
  return (
    <FormSection title={t('basics')}>
      <div className="c-basics">
        <FormField label={t('name')} fault={fault('name')}>
          {(id) => (
            <Input
              id={id}
              value={draft.name}
              placeholder={t('namePlaceholder')}
              status={fault('name') ? 'error' : ''}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </FormField>
        <FormField label={t('nameEn')} fault={fault('nameEn')}>
          {(id) => (
            <Input
              id={id}
              value={draft.nameEn ?? ''}
              placeholder={words('optional')}
              status={fault('nameEn') ? 'error' : ''}
              onChange={(event) => change({ nameEn: event.target.value === '' ? null : event.target.value })}
            />
          )}
        </FormField>
        <FormField label={t('unit')} fault={fault('unitId')}>
          {(id) => (
            <Select
              id={id}
              value={draft.unitId}
              onChange={(unitId) => change({ unitId })}
              options={choice.map((unit) => ({ value: unit.id, label: nameOf(unit) }))}
              showSearch={{ optionFilterProp: 'label' }}
            />
          )}
        </FormField>
      </div>
    </FormSection>
  );
}
