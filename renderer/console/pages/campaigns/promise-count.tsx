/** How often a day, and whom it is counted for: each screen by itself, or all target screens together. */
import { Select } from 'antd';
import { SCOPES, type Scope } from '../../../../domain/catalogue/campaign.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FormField } from '../library/form-field.tsx';
import type { CommitmentDraft } from './campaign-draft.ts';
import { useCampaignForm } from './form-context.ts';
import { formTexts } from './form-texts.ts';
import { NumberField } from './number-field.tsx';

type Props = { commitment: CommitmentDraft; place: string; set: (patch: Partial<CommitmentDraft>) => void };

/** Two fields. */
export function PromiseCount({ commitment, place, set }: Props) {
  const t = useTexts(formTexts);
  const { fault } = useCampaignForm();
  const { scope } = commitment;
  return (
    <>
      <NumberField
        isLarge
        label={t(`minPlays.${scope}`)}
        unit={t('playsUnit')}
        value={commitment.minPlays}
        fault={fault(`${place}.minPlays`)}
        onChange={(minPlays) => set({ minPlays })}
      />
      <FormField label={t('scope')} hint={scope === 'target' ? t('scopeHint') : null} fault={fault(`${place}.scope`)}>
        {(id) => (
          <Select<Scope>
            id={id}
            className="c-scope"
            value={scope}
            onChange={(chosen) => set({ scope: chosen })}
            options={SCOPES.map((one) => ({ value: one, label: t(`scope.${one}`) }))}
          />
        )}
      </FormField>
    </>
  );
}
