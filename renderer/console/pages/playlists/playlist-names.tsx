/** Names and unit of a playlist. */
import { Select } from 'antd';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FormField } from '../library/form-field.tsx';
import { NameFields } from '../library/name-fields.tsx';
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
  const nameOf = useNameOf();
  const { all, own } = useOwnUnits();
  if (isReadOnly) return null;
  const choice = own.some(({ id }) => id === draft.unitId) ? own : all;
  return (
    <div className="p-names">
      <NameFields
        name={draft.name}
        nameEn={draft.nameEn}
        label={t('name')}
        fault={nameFault ? t('nameMissing') : null}
        isWrong={nameFault}
        onChange={(patch) => onChange('nameEn' in patch && patch.nameEn === '' ? { nameEn: null } : patch)}
      />
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
