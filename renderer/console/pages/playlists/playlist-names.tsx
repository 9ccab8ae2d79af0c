/** Names and unit of a playlist. */
import { Input, Select } from 'antd';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FormField } from '../library/form-field.tsx';
import { useOwnUnits } from '../library/own-units.ts';
import type { PlaylistDraft } from './playlist-draft.ts';
import { texts } from './texts.ts';

type Props = {
  draft: PlaylistDraft;
  isReadOnly: boolean;
  nameFault: boolean;
  onChange: (patch: Partial<PlaylistDraft>) => void;
};

/** Nothing for those who may only look: the name stands in the page's head. */
export function PlaylistNames({ draft, isReadOnly, nameFault, onChange }: Props) {
  const t = useTexts(texts);
  const words = useTexts(commonTexts);
  const nameOf = useNameOf();
  const { all, own } = useOwnUnits();
  if (isReadOnly) return null;
  const choice = own.some(({ id }) => id === draft.unitId) ? own : all;
  return (
    <div className="p-names">
      <FormField label={t('name')} fault={nameFault ? t('nameMissing') : null}>
        {(id) => (
          <Input
            id={id}
            value={draft.name}
            maxLength={200}
            status={nameFault ? 'error' : ''}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t('nameEn')}>
        {(id) => (
          <Input
            id={id}
            value={draft.nameEn ?? ''}
            maxLength={200}
            placeholder={words('optional')}
            onChange={(event) => onChange({ nameEn: event.target.value === '' ? null : event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t('unit')}>
        {(id) => (
          <Select
            id={id}
            value={draft.unitId}
            disabled={choice.length < 2}
            onChange={(unitId) => onChange({ unitId })}
            options={choice.map((unit) => ({ value: unit.id, label: nameOf(unit) }))}
            showSearch={{ optionFilterProp: 'label' }}
          />
        )}
      </FormField>
    </div>
  );
}
