/** The counts that would fit everywhere, each to be taken over with a click. */
import { Button } from 'antd';
import { useTexts } from '../../i18n/i18n.ts';
import type { FittingCount } from './booking-summary.ts';
import { bookingTexts } from './booking-texts.ts';
import { changeAt } from './campaign-draft.ts';
import { useCampaignForm } from './form-context.ts';

/** One line a promise. */
export function CountsThatFit({ counts }: { counts: readonly FittingCount[] }) {
  const t = useTexts(bookingTexts);
  const { draft, change } = useCampaignForm();
  const isOne = draft.commitments.length === 1;
  return counts.map(({ index, fits, isSure }) => (
    <div key={index} className="c-trouble-fits x-num">
      <span>
        {!isOne && t('nth', { n: index + 1 })}
        {t(isSure ? 'fitsEverywhere' : 'tryCount', { n: fits })}
      </span>
      <Button
        size="small"
        type="primary"
        onClick={() => change({ commitments: changeAt(draft.commitments, index, { minPlays: fits }) })}
      >
        {t('use', { n: fits })}
      </Button>
    </div>
  ));
}
