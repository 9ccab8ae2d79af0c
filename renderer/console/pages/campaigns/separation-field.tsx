/** A separation tag: typed anew, or one of those in use. */
import { AutoComplete } from 'antd';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FormField } from '../library/form-field.tsx';
import { formTexts } from './form-texts.ts';
import { separationTags } from './separation-tags.ts';

type Props = { tag: string | null; fault: string | null; onChange: (tag: string | null) => void };

/** An empty field is null: no tag. */
export function SeparationField({ tag, fault, onChange }: Props) {
  const t = useTexts(formTexts);
  const campaigns = useApi(API.campaigns).data ?? [];
  const playlists = useApi(API.playlists).data ?? [];
  const options = separationTags(campaigns, playlists).map(([value, uses]) => ({ value, label: `${value} (${uses})` }));
  return (
    <FormField label={t('separation')} hint={t('separationHint')} fault={fault}>
      {(id) => (
        <AutoComplete
          id={id}
          allowClear
          className="c-separation"
          placeholder={t('separationNone')}
          value={tag ?? ''}
          status={fault ? 'error' : ''}
          options={options}
          onChange={(typed?: string) => onChange(typed ? typed : null)}
          showSearch={{ filterOption: (typed, option) => (option?.value ?? '').includes(typed.trim()) }}
        />
      )}
    </FormField>
  );
}
