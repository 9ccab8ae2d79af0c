/** The promises of a campaign. */
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTexts } from '../../i18n/i18n.ts';
import { newId } from '../../widgets/new-id.ts';
import { newCommitment } from './campaign-draft.ts';
import { useCampaignForm } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { formTexts } from './form-texts.ts';
import { PromiseCard } from './promise-card.tsx';

/** The section of promises. */
export function SectionPromises() {
  const t = useTexts(formTexts);
  const { draft, change, fault } = useCampaignForm();
  return (
    <FormSection title={t('promises')} lead={t('promisesLead')} fault={fault('commitments')}>
      {draft.commitments.map((commitment, at) => (
        <PromiseCard key={commitment.id} commitment={commitment} at={at} />
      ))}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => change({ commitments: [...draft.commitments, newCommitment(newId)] })}
      >
        {t('addPromise')}
      </Button>
    </FormSection>
  );
}
