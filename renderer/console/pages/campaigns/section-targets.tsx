/** Which screens a campaign means: by unit, kind of place, tag, or one by one, with a live count and list. */
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useCampaignForm } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { formTexts } from './form-texts.ts';
import { TargetFields } from './target-fields.tsx';
import { TargetList } from './target-list.tsx';
import { countByVenue, screensOf } from './target-screens.ts';

/** The section of targets. */
export function SectionTargets() {
  const t = useTexts(formTexts);
  const words = useTexts(commonTexts);
  const { draft, change, fault } = useCampaignForm();
  const screens = useApi(API.screens).data;
  const units = useApi(API.units).data;
  const [isListed, setListed] = useState(false);
  const { targets } = draft;
  const meant = useMemo(() => screensOf(targets, screens ?? [], units ?? []), [targets, screens, units]);
  const byVenue = countByVenue(meant).map(([venue, count]) => `${words(`venue.${venue}`)} ${count}`);
  return (
    <FormSection title={t('targets')} lead={t('targetsLead')} fault={fault('targets')}>
      <TargetFields
        targets={targets}
        screens={screens ?? []}
        units={units ?? []}
        onChange={(chosen) => change({ targets: chosen })}
      />
      <div className="c-meant x-num" aria-live="polite">
        {meant.length === 0 ? (
          <span className="x-faint">{t('meantNone')}</span>
        ) : (
          <>
            <strong>{t('meant', { count: meant.length })}</strong>
            <span className="x-soft">{byVenue.join(' · ')}</span>
            <Button type="link" size="small" disabled={false} onClick={() => setListed(true)}>
              {t('showMeant')}
            </Button>
          </>
        )}
      </div>
      {isListed && <TargetList screens={meant} units={units ?? []} onClose={() => setListed(false)} />}
    </FormSection>
  );
}
