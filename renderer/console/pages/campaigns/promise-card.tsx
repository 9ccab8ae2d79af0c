/** One promise: through the day or at exact times, with its days in a row; the finer conditions folded away until they are wanted. */
import { CloseOutlined, DownOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import { type CommitmentDraft, changeAt } from './campaign-draft.ts';
import { ExactTimesField } from './exact-times-field.tsx';
import { useCampaignForm } from './form-context.ts';
import { formTexts } from './form-texts.ts';
import { NumberField } from './number-field.tsx';
import { PromiseConditions } from './promise-conditions.tsx';
import { PromiseCount } from './promise-count.tsx';
import { atTimes, isEmptyPromise, type ThroughDay, throughDay, throughDayOf } from './promise-mode.ts';
import { promiseText } from './promise-text.ts';
import { texts } from './texts.ts';

type Change = (patch: Partial<CommitmentDraft>) => void;

const conditionsSet = (commitment: CommitmentDraft): number => {
  const { minShare, minAirtimeShare, maxGapMin, maxPlaysPerHour, minGapMin, dayParts, priority } = commitment;
  const figures = [minShare, minAirtimeShare, maxGapMin, maxPlaysPerHour, minGapMin];
  return figures.filter((value) => value !== null).length + (dayParts.length > 0 ? 1 : 0) + (priority !== 0 ? 1 : 0);
};

/** `at`: its place among the promises. */
export function PromiseCard({ commitment, at }: { commitment: CommitmentDraft; at: number }) {
  const t = useTexts(formTexts);
  const words = useTexts(texts);
  const { draft, isReadOnly, change } = useCampaignForm();
  const set: Change = (patch) => change({ commitments: changeAt(draft.commitments, at, patch) });
  const { isExact, kept, setExact } = useMode(commitment, set);
  const count = conditionsSet(commitment);
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
      <Segmented<'through' | 'exact'>
        className="c-promise-mode"
        aria-label={t('mode')}
        disabled={isReadOnly}
        value={isExact ? 'exact' : 'through'}
        onChange={(mode) => setExact(mode === 'exact')}
        options={(['through', 'exact'] as const).map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
      />
      <PromiseMain commitment={commitment} place={place} isExact={isExact} set={set} />
      {isExact && (
        <p className="f-hint">
          {t('exactAlone')}
          {kept && t('exactKept', { promise: promiseText(words, { ...commitment, ...throughDay(kept) }) })}
        </p>
      )}
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
      {isOpen && <PromiseConditions commitment={commitment} place={place} isExact={isExact} set={set} />}
    </div>
  );
}

type MainProps = { commitment: CommitmentDraft; place: string; isExact: boolean; set: Change };

/** The fields that every promise of its kind has. */
function PromiseMain({ commitment, place, isExact, set }: MainProps) {
  const t = useTexts(formTexts);
  const { fault } = useCampaignForm();
  return (
    <div className={isExact ? 'c-promise-main c-promise-exact' : 'c-promise-main'}>
      {isExact ? (
        <ExactTimesField
          times={commitment.exactTimes}
          fault={exactFault(commitment, place, fault)}
          onChange={(times) => set(atTimes(times))}
        />
      ) : (
        <PromiseCount commitment={commitment} place={place} set={set} />
      )}
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
  );
}

/** Which of the two a promise is, and what it had of the other; kept until the form is left. */
function useMode(commitment: CommitmentDraft, set: Change) {
  const [wantsExact, setWantsExact] = useState(false);
  const [kept, setKept] = useState<ThroughDay | null>(null);
  const [keptTimes, setKeptTimes] = useState<readonly string[]>([]);
  const isExact = commitment.exactTimes.length > 0 || (wantsExact && isEmptyPromise(commitment));
  function setExact(exact: boolean): void {
    if (exact === isExact) return;
    setWantsExact(exact);
    if (exact) {
      setKept(throughDayOf(commitment));
      set(atTimes(keptTimes));
    } else {
      setKeptTimes(commitment.exactTimes);
      set(throughDay(kept));
    }
  }
  return { isExact, kept: isExact ? kept : null, setExact };
}

function exactFault(
  { exactTimes }: CommitmentDraft,
  place: string,
  fault: (place: string) => string | null,
): string | null {
  const single = exactTimes.map((_, at) => fault(`${place}.exactTimes.${at}`)).find((said) => said !== null);
  return single ?? fault(`${place}.exactTimes`) ?? fault(`${place}.minPlays`);
}
