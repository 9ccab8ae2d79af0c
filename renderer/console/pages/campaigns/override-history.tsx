/** Who booked a campaign, or changed what it stands on, although its promises do not fit: when, why, and what did not fit. */
import { Alert } from 'antd';
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useTimes } from '../../widgets/zone-time.ts';
import { bookingTexts } from './booking-texts.ts';
import { useDayText } from './use-day-text.ts';

const MOST_SHOWN = 5;

/** Nothing where the campaign was never overridden; the latest first. */
export function OverrideHistory({ campaign }: { campaign: Campaign }) {
  const t = useTexts(bookingTexts);
  const time = useTimes();
  const day = useDayText();
  const overrides = [...(campaign.overrides ?? [])].reverse();
  if (overrides.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('historyTitle')}
      description={
        <ul className="c-overrides x-num">
          {overrides.slice(0, MOST_SHOWN).map((override) => (
            <li key={`${override.atMs} ${override.changedId}`}>
              <p>
                {t('historyLine', {
                  when: time(override.atMs, 'moment'),
                  who: override.byName,
                  change: t(`change.${override.change}`),
                  reason: override.reason,
                })}
              </p>
              {override.problems.slice(0, 3).map((problem) => (
                <p key={`${problem.commitments.join()} ${problem.from} ${problem.kind}`} className="x-soft">
                  {t('historyProblem', {
                    screens: problem.screenCount,
                    days: problem.days,
                    from: day(problem.from),
                    to: day(problem.to),
                    fits: problem.fits,
                  })}
                </p>
              ))}
            </li>
          ))}
        </ul>
      }
    />
  );
}
