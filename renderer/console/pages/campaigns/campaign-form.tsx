/** The campaign form: sections at the left, the booking check at the right, saving above. */
import { Alert, App, ConfigProvider } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import { useMay } from '../../app/session.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { useLibrary } from '../library/use-library.ts';
import { BookingPanel, panelState } from './booking-panel.tsx';
import { type CampaignDraft, sameDraft } from './campaign-draft.ts';
import { faultTexts } from './fault-texts.ts';
import { type FieldFault, faultAt, isLack } from './field-fault.ts';
import { FlightPanel } from './flight-panel.tsx';
import { CampaignFormContext } from './form-context.ts';
import { FormHead } from './form-head.tsx';
import { formTexts } from './form-texts.ts';
import { OverrideDialog } from './override-dialog.tsx';
import { OverrideHistory } from './override-history.tsx';
import { parseDraft } from './parse-draft.ts';
import { SectionBasics } from './section-basics.tsx';
import { SectionCreatives } from './section-creatives.tsx';
import { SectionFlights } from './section-flights.tsx';
import { SectionPromises } from './section-promises.tsx';
import { SectionRules } from './section-rules.tsx';
import { SectionTargets } from './section-targets.tsx';
import { SectionTimes } from './section-times.tsx';
import { UnsavedGuard } from './unsaved-guard.tsx';
import { useBookingCheck } from './use-booking-check.ts';
import { useCampaignSave } from './use-campaign-save.ts';
import { useDraft } from './use-draft.ts';
import './campaign-form.css';
import './form-parts.css';

/** `saved`: what the form starts from; `campaign`: the same as the server has it, or null for a new one. */
export function CampaignForm({ saved, campaign }: { saved: CampaignDraft; campaign: Campaign | null }) {
  const t = useTexts(formTexts);
  const words = useTexts(commonTexts);
  const faultWords = useTexts(faultTexts);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const library = useLibrary();
  const isReadOnly = !useMay('editor') || campaign?.state === 'ended';
  const [draft, setDraft, isChanged, settleDraft] = useDraft(saved, sameDraft);
  const [wasTried, setTried] = useState(false);
  const saving = useCampaignSave();
  const parsed = useMemo(
    () => parseDraft(draft, (item) => library.byId.get(item)?.kind === 'poster'),
    [draft, library.byId],
  );
  const check = useBookingCheck(parsed.ok && !isReadOnly ? parsed.campaign : null);
  const faults: FieldFault[] = [...(parsed.ok ? [] : parsed.faults), ...saving.serverFaults];
  const word = ({ key, allowed, values }: FieldFault): string => faultWords(key, { allowed, ...values });

  function change(patch: Partial<CampaignDraft>): void {
    setDraft((now) => ({ ...now, ...patch }));
    saving.forget();
  }

  function settle(answer: Campaign | null): void {
    if (!answer) return;
    setTried(false);
    settleDraft(draft, answer);
    void message.success(words('saved'));
    void navigate(`/campaigns/${answer.id}`, { replace: true });
  }

  async function save(state: Campaign['state']): Promise<void> {
    if (!parsed.ok) {
      setTried(true);
      requestAnimationFrame(() => document.querySelector('.f-fault')?.scrollIntoView({ block: 'center' }));
      return;
    }
    const fits = check.isChecking ? null : (check.booking?.fits ?? null);
    settle(await saving.save({ ...parsed.campaign, state }, fits));
  }

  const form = {
    draft,
    library,
    isReadOnly,
    change,
    fault(place: string) {
      const found = faultAt(faults, place);
      return found && (wasTried || !isLack(found.key)) ? word(found) : null;
    },
  };
  return (
    <CampaignFormContext value={form}>
      <UnsavedGuard when={isChanged && !isReadOnly} />
      <FormHead
        campaign={campaign}
        name={draft}
        isReadOnly={isReadOnly}
        isChanged={isChanged}
        isSaving={saving.isSaving}
        faults={wasTried ? faults.length : 0}
        booking={panelState(check, parsed.ok)}
        onSave={(state) => void save(state)}
        onDiscard={() => setDraft(saved)}
      />
      {campaign && <FlightPanel campaign={campaign.id} />}
      <div className="c-form">
        <ConfigProvider componentDisabled={isReadOnly}>
          <div className={isReadOnly ? 'x-stack c-form-main c-form-read' : 'x-stack c-form-main'}>
            {isReadOnly && (
              <Alert type="info" showIcon title={campaign?.state === 'ended' ? t('endedNote') : t('readOnly')} />
            )}
            {campaign?.overrideReason && (
              <Alert type="warning" showIcon title={t('overrideNote', { reason: campaign.overrideReason })} />
            )}
            {campaign && <OverrideHistory campaign={campaign} />}
            {!saving.asked && <FailureNote failure={saving.failure} />}
            <SectionBasics />
            <SectionPromises />
            <SectionFlights />
            <SectionCreatives />
            <SectionTargets />
            <SectionTimes />
            <SectionRules />
          </div>
        </ConfigProvider>
        {!isReadOnly && (
          <aside className="c-form-aside">
            <BookingPanel check={check} isComplete={parsed.ok} missing={[...new Set(faults.map(word))]} />
          </aside>
        )}
      </div>
      {saving.asked && (
        <OverrideDialog
          of="campaign"
          booking={check.booking}
          firstReason={draft.overrideReason ?? ''}
          isSaving={saving.isSaving}
          failure={saving.failure}
          onSave={(reason) => void saving.saveAnyway(reason).then(settle)}
          onClose={saving.forget}
        />
      )}
    </CampaignFormContext>
  );
}
