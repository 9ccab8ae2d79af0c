/** One promise: its count, its share, its days; the finer conditions folded away until they are wanted. */
import { CloseOutlined, DownOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import { FormField } from '../library/form-field.tsx';
import { type CommitmentDraft, changeAt } from './campaign-draft.ts';
import { DayPartsField } from './day-parts-field.tsx';
import { useCampaignForm } from './form-context.ts';
import { formTexts } from './form-texts.ts';
import { NumberField } from './number-field.tsx';
import { promiseText } from './promise-sentence.tsx';
import { texts } from './texts.ts';

const advancedSet = ({
  minShare,
  maxGapMin,
  maxPlaysPerHour,
  minGapMin,
  dayParts,
  priority,
}: CommitmentDraft): number =>
  [minShare, maxGapMin, maxPlaysPerHour, minGapMin].filter((value) => value !== null).length +
  (dayParts.length > 0 ? 1 : 0) +
  (priority !== 0 ? 1 : 0);

/** `at`: its place among the promises. */
export function PromiseCard({ commitment, at }: { commitment: CommitmentDraft; at: number }) {
  const t = useTexts(formTexts);
  const words = useTexts(texts);
  const { draft, change, fault } = useCampaignForm();
  const set = (patch: Partial<CommitmentDraft>): void =>
    change({ commitments: changeAt(draft.commitments, at, patch) });
  const count = advancedSet(commitment);
  const [isOpen, setOpen] = useState(count > 0);
  const place = `commitments.${at}`;
  return (
    <div className="c-promise">
      <header>
        <span className="c-promise-words x-num">{promiseText(words, commitment)}</span>
        {draft.commitments.length > 1 && (
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={`${t('removeRow')} ${t('promiseN', { n: at + 1 })}`}
            onClick={() => change({ commitments: draft.commitments.filter((_, other) => other !== at) })}
          />
        )}
      </header>
      <div className="c-promise-main">
        <NumberField
          isLarge
          label={t('minPlays')}
          unit={t('playsUnit')}
          value={commitment.minPlays}
          fault={fault(`${place}.minPlays`)}
          onChange={(minPlays) => set({ minPlays })}
        />
        <NumberField
          isLarge
          label={t('minConsecutiveDays')}
          unit={t('days')}
          placeholder={t('notPromised')}
          value={commitment.minConsecutiveDays}
          fault={fault(`${place}.minConsecutiveDays`)}
          onChange={(minConsecutiveDays) => set({ minConsecutiveDays })}
        />
      </div>
      <Button
        type="text"
        size="small"
        className="c-fold"
        disabled={false}
        aria-expanded={isOpen}
        icon={isOpen ? <DownOutlined /> : <RightOutlined />}
        onClick={() => setOpen(!isOpen)}
      >
        {count > 0 ? t('advancedSet', { count }) : t('advanced')}
      </Button>
      {isOpen && <Advanced commitment={commitment} place={place} set={set} />}
    </div>
  );
}

type AdvancedProps = { commitment: CommitmentDraft; place: string; set: (patch: Partial<CommitmentDraft>) => void };

function Advanced({ commitment, place, set }: AdvancedProps) {
  const t = useTexts(formTexts);
  const { fault } = useCampaignForm();
  const { minShare } = commitment;
  const none = t('notPromised');
  return (
    <>
      <div className="c-promise-more">
        <NumberField
          label={t('minShare')}
          unit="%"
          placeholder={none}
          value={minShare === null ? null : Math.round(minShare * 1e6) / 1e4}
          fault={fault(`${place}.minShare`)}
          onChange={(percent) => set({ minShare: percent === null ? null : percent / 100 })}
        />
        <NumberField
          label={t('maxGap')}
          unit={t('minutes')}
          placeholder={none}
          value={commitment.maxGapMin}
          fault={fault(`${place}.maxGapMin`)}
          onChange={(maxGapMin) => set({ maxGapMin })}
        />
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
          onChange={(dayParts) => set({ dayParts })}
        />
      </FormField>
    </>
  );
}
