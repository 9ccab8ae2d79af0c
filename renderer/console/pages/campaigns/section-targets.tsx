/** Which screens a campaign means: by unit, kind of place, tag, or one by one, with a live count and list. */
import { Button, Select, TreeSelect } from 'antd';
import { useMemo, useState } from 'react';
import type { Targets } from '../../../../domain/catalogue/campaign.ts';
import { type Unit, VENUES } from '../../../../domain/catalogue/organisation.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FormField } from '../library/form-field.tsx';
import { useCampaignForm } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { formTexts } from './form-texts.ts';
import { TargetList } from './target-list.tsx';
import { countByVenue, screensOf, tagsInUse } from './target-screens.ts';

type Node = { value: string; title: string; children: Node[] };

function treeOf(units: readonly Unit[], nameOf: (unit: Unit) => string): Node[] {
  const known = new Set(units.map(({ id }) => id));
  const below = (parent: string | null): Node[] =>
    units
      .filter(({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null) === parent)
      .map((unit) => ({ value: unit.id, title: nameOf(unit), children: below(unit.id) }));
  return below(null);
}

/** The section of targets. */
export function SectionTargets() {
  const t = useTexts(formTexts);
  const words = useTexts(commonTexts);
  const nameOf = useNameOf();
  const { draft, change, fault } = useCampaignForm();
  const screens = useApi(API.screens).data;
  const units = useApi(API.units).data;
  const [isListed, setListed] = useState(false);
  const { targets } = draft;
  const meant = useMemo(() => screensOf(targets, screens ?? [], units ?? []), [targets, screens, units]);
  const set = (patch: Partial<Targets>): void => change({ targets: { ...targets, ...patch } });
  const byVenue = countByVenue(meant).map(([venue, count]) => `${words(`venue.${venue}`)} ${count}`);
  return (
    <FormSection title={t('targets')} lead={t('targetsLead')} fault={fault('targets')}>
      <div className="c-targets">
        <FormField label={t('byUnit')}>
          {(id) => (
            <TreeSelect
              id={id}
              multiple
              allowClear
              treeDefaultExpandAll
              placeholder={t('pickUnits')}
              value={targets.units}
              onChange={(chosen: string[]) => set({ units: chosen })}
              treeData={treeOf(units ?? [], nameOf)}
              showSearch={{ treeNodeFilterProp: 'title' }}
            />
          )}
        </FormField>
        <FormField label={t('byVenue')}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              allowClear
              placeholder={t('pickVenues')}
              value={targets.venues}
              onChange={(venues) => set({ venues })}
              options={VENUES.map((venue) => ({ value: venue, label: words(`venue.${venue}`) }))}
              showSearch={{ optionFilterProp: 'label' }}
            />
          )}
        </FormField>
        <FormField label={t('byTag')}>
          {(id) => (
            <Select
              id={id}
              mode="tags"
              allowClear
              placeholder={t('pickTags')}
              value={targets.tags}
              onChange={(tags: string[]) => set({ tags: tags.map((tag) => tag.trim()).filter((tag) => tag !== '') })}
              options={tagsInUse(screens ?? []).map(([tag, count]) => ({ value: tag, label: `${tag} (${count})` }))}
            />
          )}
        </FormField>
        <FormField label={t('byScreen')}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              allowClear
              maxTagCount={6}
              placeholder={t('pickScreens')}
              value={targets.screens}
              onChange={(chosen) => set({ screens: chosen })}
              options={(screens ?? []).map((screen) => ({ value: screen.id, label: nameOf(screen) }))}
              showSearch={{ optionFilterProp: 'label' }}
            />
          )}
        </FormField>
      </div>
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
