/** The finer conditions of a promise: shares, gaps, limits, priority, day parts of its own. */
import { useTexts } from '../../i18n/i18n.ts';
import { FormField } from '../library/form-field.tsx';
import type { CommitmentDraft } from './campaign-draft.ts';
import { DayPartsField } from './day-parts-field.tsx';
import { useCampaignForm } from './form-context.ts';
import { formTexts } from './form-texts.ts';
import { NumberField } from './number-field.tsx';

type Set = (patch: Partial<CommitmentDraft>) => void;
type Props = { commitment: CommitmentDraft; place: string; set: Set };

/** Beside exact times (`isExact`) there are no shares, gaps and limits. */
export function PromiseConditions({ isExact, ...props }: Props & { isExact: boolean }) {
  const t = useTexts(formTexts);
  const { fault } = useCampaignForm();
  const { commitment, place, set } = props;
  return (
    <>
      {!isExact && <SharesAndGaps {...props} />}
      <div className="c-promise-more">
        {!isExact && <Limits {...props} />}
        <NumberField
          label={t('priority')}
          unit=""
          hint={t('priorityHint')}
          value={commitment.priority}
          fault={fault(`${place}.priority`)}
          onChange={(priority) => set({ priority: priority ?? 0 })}
        />
      </div>
      <FormField label={t('ownParts')}>
        <DayPartsField
          place={`${place}.dayParts`}
          parts={commitment.dayParts}
          none={t('ownPartsNone')}
          fault={fault}
          onChange={(dayParts) => set({ dayParts })}
        />
      </FormField>
    </>
  );
}

function SharesAndGaps({ commitment, place, set }: Props) {
  const t = useTexts(formTexts);
  const { fault } = useCampaignForm();
  const none = t('notPromised');
  return (
    <div className="c-promise-more">
      <NumberField
        label={t('minShare')}
        unit="%"
        placeholder={none}
        value={percentOf(commitment.minShare)}
        fault={fault(`${place}.minShare`)}
        onChange={(percent) => set({ minShare: shareOf(percent) })}
      />
      <NumberField
        label={t('minAirtimeShare')}
        unit="%"
        placeholder={none}
        value={percentOf(commitment.minAirtimeShare)}
        fault={fault(`${place}.minAirtimeShare`)}
        onChange={(percent) => set({ minAirtimeShare: shareOf(percent) })}
      />
      <NumberField
        label={t('maxGap')}
        unit={t('minutes')}
        placeholder={none}
        value={commitment.maxGapMin}
        fault={fault(`${place}.maxGapMin`)}
        onChange={(maxGapMin) => set({ maxGapMin })}
      />
    </div>
  );
}

function Limits({ commitment, place, set }: Props) {
  const t = useTexts(formTexts);
  const { fault } = useCampaignForm();
  const none = t('notPromised');
  return (
    <>
      <NumberField
        label={t('perHour')}
        unit={t('playsUnit')}
        placeholder={none}
        value={commitment.maxPlaysPerHour}
        fault={fault(`${place}.maxPlaysPerHour`)}
        onChange={(maxPlaysPerHour) => set({ maxPlaysPerHour })}
      />
      <NumberField
        label={t('minGap')}
        unit={t('minutes')}
        placeholder={none}
        value={commitment.minGapMin}
        fault={fault(`${place}.minGapMin`)}
        onChange={(minGapMin) => set({ minGapMin })}
      />
    </>
  );
}

const percentOf = (share: number | null): number | null => (share === null ? null : Math.round(share * 1e6) / 1e4);

const shareOf = (percent: number | null): number | null => (percent === null ? null : percent / 100);
