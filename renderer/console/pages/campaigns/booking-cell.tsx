/** Whether a listed campaign fits, and how full it makes the fullest day. */
import { Tooltip } from 'antd';
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { StatusDot } from '../../widgets/status-dot.tsx';
import { bookingState, loadText } from './booking-summary.ts';
import { LoadBar } from './load-bar.tsx';
import { texts } from './texts.ts';
import { asBooked } from './use-booking-check.ts';

/** Asks the server once; the answer is kept for five minutes. */
export function BookingCell({ campaign }: { campaign: Campaign }) {
  const t = useTexts(texts);
  const { data, error } = useApi(API.checkCampaign, { body: asBooked(campaign) }, { staleMs: 300_000 });
  if (error) return <StatusDot tone="blank" label={t('notChecked')} quiet />;
  if (!data) return <span className="x-faint">{t('checking')}</span>;
  const state = bookingState(data);
  if (state === 'no-screens') return <StatusDot tone="blank" label={t('noScreens')} quiet />;
  const percent = loadText(data.load);
  return (
    <span className="c-booking-cell x-num">
      {state === 'does-not-fit' ? (
        <Tooltip title={campaign.overrideReason && t('overriddenWhy', { reason: campaign.overrideReason })}>
          <StatusDot tone="bad" label={campaign.overrideReason ? t('overridden') : t('doesNotFit')} />
        </Tooltip>
      ) : (
        <StatusDot tone={state === 'tight' ? 'warn' : 'good'} label={state === 'tight' ? t('tight') : t('fits')} />
      )}
      <LoadBar load={data.load} />
      <small className="x-faint">{t('load', { percent })}</small>
    </span>
  );
}
