/** Picks screens by unit, kind of place, tag, or one by one. */
import { Select, type SelectProps, TreeSelect } from 'antd';
import './target-fields.css';
import type { Targets } from '../../../../domain/catalogue/campaign.ts';
import { type Screen, type Unit, VENUES } from '../../../../domain/catalogue/organisation.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FormField } from '../library/form-field.tsx';
import { formTexts } from './form-texts.ts';
import { tagsInUse } from './target-screens.ts';

type Props = {
  targets: Targets;
  screens: readonly Screen[];
  units: readonly Unit[];
  onChange: (targets: Targets) => void;
};

type Node = { value: string; title: string; children: Node[] };

function treeOf(units: readonly Unit[], nameOf: (unit: Unit) => string): Node[] {
  const known = new Set(units.map(({ id }) => id));
  const below = (parent: string | null): Node[] =>
    units
      .filter(({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null) === parent)
      .map((unit) => ({ value: unit.id, title: nameOf(unit), children: below(unit.id) }));
  return below(null);
}

/** What any of the four lists names is meant. */
export function TargetFields({ targets, screens, units, onChange }: Props) {
  const t = useTexts(formTexts);
  const words = useTexts(commonTexts);
  const nameOf = useNameOf();
  const set = (patch: Partial<Targets>): void => onChange({ ...targets, ...patch });
  return (
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
            treeData={treeOf(units, nameOf)}
            showSearch={{ treeNodeFilterProp: 'title' }}
          />
        )}
      </FormField>
      <Choices
        label={t('byVenue')}
        mode="multiple"
        placeholder={t('pickVenues')}
        value={targets.venues}
        onChange={(venues) => set({ venues })}
        options={VENUES.map((venue) => ({ value: venue, label: words(`venue.${venue}`) }))}
        showSearch={{ optionFilterProp: 'label' }}
      />
      <Choices
        label={t('byTag')}
        mode="tags"
        placeholder={t('pickTags')}
        value={targets.tags}
        onChange={(tags) => set({ tags: tags.map((tag) => tag.trim()).filter((tag) => tag !== '') })}
        options={tagsInUse(screens).map(([tag, count]) => ({ value: tag, label: `${tag} (${count})` }))}
      />
      <Choices
        label={t('byScreen')}
        mode="multiple"
        maxTagCount={6}
        placeholder={t('pickScreens')}
        value={targets.screens}
        onChange={(chosen) => set({ screens: chosen })}
        options={screens.map((screen) => ({ value: screen.id, label: nameOf(screen) }))}
        showSearch={{ optionFilterProp: 'label' }}
      />
    </div>
  );
}

/** A field of which any number may be picked. */
function Choices<One>({ label, ...select }: { label: string } & SelectProps<One[]>) {
  return <FormField label={label}>{(id) => <Select id={id} allowClear {...select} />}</FormField>;
}
