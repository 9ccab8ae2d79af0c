/** The head of the campaign form: name, phase, whether it fits, and the buttons that save. */
import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import dayjs from 'dayjs';
import { Link } from 'react-router';
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import type { Named } from '../../../../domain/catalogue/organisation.ts';
import { useMay } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { StatusDot } from '../../widgets/status-dot.tsx';
import type { PanelState } from './booking-panel.tsx';
import { bookingTexts } from './booking-texts.ts';
import { CampaignActions } from './campaign-actions.tsx';
import { campaignPhase } from './campaign-phase.ts';
import { formTexts } from './form-texts.ts';
import { PhaseMark } from './phase-mark.tsx';

type Props = {
  campaign: Campaign | null;
  name: Named;
  isReadOnly: boolean;
  isChanged: boolean;
  isSaving: boolean;
  faults: number;
  booking: PanelState;
  onSave: (state: Campaign['state']) => void;
  onDiscard: () => void;
};

/** Stays at the top while the form is scrolled. */
export function FormHead(props: Props) {
  const t = useTexts(formTexts);
  const nameOf = useNameOf();
  const mayEdit = useMay('editor');
  const { campaign, name, isReadOnly } = props;
  return (
    <div className="c-head">
      <div className="x-grow">
        <Link to="/campaigns">
          <ArrowLeftOutlined /> {t('back')}
        </Link>
        <h1>
          <span className="x-ellipsis">{nameOf(name).trim() || t('newTitle')}</span>
          {campaign && <PhaseMark phase={campaignPhase(campaign, dayjs().format('YYYY-MM-DD'))} />}
        </h1>
      </div>
      <div className="x-row">
        {!isReadOnly && <Saving {...props} />}
        {campaign && mayEdit && <CampaignActions campaign={campaign} isOpen />}
      </div>
    </div>
  );
}

function Saving({ campaign, isChanged, isSaving, faults, booking, onSave, onDiscard }: Props) {
  const t = useTexts(formTexts);
  const booked = useTexts(bookingTexts);
  const isLive = campaign?.state === 'live';
  const tone = booking === 'does-not-fit' ? 'bad' : booking === 'tight' ? 'warn' : 'good';
  return (
    <>
      {faults > 0 && <StatusDot tone="bad" label={t('faultsLeft', { count: faults })} />}
      {faults === 0 && isChanged && campaign && <StatusDot tone="warn" label={t('unsaved')} />}
      {faults === 0 && !isChanged && campaign && <StatusDot tone="good" label={t('allSaved')} quiet />}
      {(booking === 'fits' || booking === 'tight' || booking === 'does-not-fit') && (
        <span className="c-head-booking">
          <StatusDot tone={tone} label={booked(`state.${booking}`)} />
        </span>
      )}
      {isChanged && campaign && <Button onClick={onDiscard}>{t('discard')}</Button>}
      {!isLive && (
        <Button disabled={!isChanged} loading={isSaving} onClick={() => onSave('draft')}>
          {t('saveDraft')}
        </Button>
      )}
      <Button type="primary" disabled={isLive && !isChanged} loading={isSaving} onClick={() => onSave('live')}>
        {isLive ? t('save') : t('publish')}
      </Button>
    </>
  );
}
