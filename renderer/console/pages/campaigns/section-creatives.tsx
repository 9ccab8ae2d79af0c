/** What a campaign shows: items of the library with duration, weight, and the flights they play in. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { ItemStill } from '../library/item-still.tsx';
import { placedDurationMs, placementOf } from '../library/library-items.ts';
import { type CreativeDraft, changeAt } from './campaign-draft.ts';
import { CreativePicker } from './creative-picker.tsx';
import { useCampaignForm } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { formTexts } from './form-texts.ts';

/** The section of creatives. */
export function SectionCreatives() {
  const t = useTexts(formTexts);
  const { draft, library, change, fault } = useCampaignForm();
  const [isPicking, setPicking] = useState(false);
  const toggle = (item: string): void => {
    const rest = draft.creatives.filter((creative) => creative.item !== item);
    const found = library.byId.get(item);
    const isNew = rest.length === draft.creatives.length;
    change({ creatives: isNew && found ? [...rest, { ...placementOf(found), weight: 1, flights: [] }] : rest });
  };
  return (
    <FormSection title={t('creatives')} lead={t('creativesLead')} fault={fault('creatives')}>
      {draft.creatives.length > 0 && (
        <ul className="c-creatives">
          {draft.creatives.map((creative, at) => (
            <CreativeRow key={creative.item} creative={creative} at={at} />
          ))}
        </ul>
      )}
      <Button type="dashed" icon={<PlusOutlined />} onClick={() => setPicking(true)}>
        {t('addCreatives')}
      </Button>
      {isPicking && (
        <CreativePicker
          library={library}
          chosen={new Set(draft.creatives.map(({ item }) => item))}
          onToggle={toggle}
          onClose={() => setPicking(false)}
        />
      )}
    </FormSection>
  );
}

function CreativeRow({ creative, at }: { creative: CreativeDraft; at: number }) {
  const t = useTexts(formTexts);
  const nameOf = useNameOf();
  const { draft, library, change, fault } = useCampaignForm();
  const item = library.byId.get(creative.item);
  const set = (patch: Partial<CreativeDraft>): void => change({ creatives: changeAt(draft.creatives, at, patch) });
  const place = `creatives.${at}`;
  const said = fault(`${place}.item`) ?? fault(`${place}.durationMs`) ?? fault(`${place}.weight`);
  const durationMs = placedDurationMs(creative, item);
  const total = draft.creatives.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
  const name = item ? nameOf(item) : t('itemGone');
  return (
    <li className="c-creative">
      <span className="c-creative-still">
        <ItemStill item={item} />
      </span>
      <span className={item || !library.isLoaded ? 'c-creative-name' : 'c-creative-name x-tone-bad'}>
        {item || library.isLoaded ? name : ''}
      </span>
      <span className="c-creative-length x-num">
        {item?.kind === 'poster' ? (
          <InputNumber
            aria-label={`${t('duration')} ${name}`}
            suffix={t('seconds')}
            value={creative.durationMs === null ? null : creative.durationMs / 1000}
            status={fault(`${place}.durationMs`) ? 'error' : ''}
            onChange={(seconds) => set({ durationMs: seconds === null ? null : Math.round(seconds * 1000) })}
          />
        ) : (
          durationMs !== null && clockLength(durationMs)
        )}
      </span>
      {draft.creatives.length > 1 && (
        <span className="c-creative-weight x-num">
          <InputNumber
            aria-label={`${t('weight')} ${name}`}
            prefix={<span className="x-faint">{t('weight')}</span>}
            value={creative.weight}
            status={fault(`${place}.weight`) ? 'error' : ''}
            onChange={(weight) => set({ weight })}
          />
          {total > 0 && draft.flights.length < 2 && (
            <small className="x-faint">
              {t('weightShare', { percent: Math.round(((creative.weight ?? 0) / total) * 100) })}
            </small>
          )}
        </span>
      )}
      {draft.flights.length > 1 && (
        <Select
          className="c-creative-flights"
          mode="multiple"
          maxTagCount="responsive"
          aria-label={`${t('inFlights')} ${name}`}
          placeholder={t('allFlights')}
          value={creative.flights}
          onChange={(flights) => set({ flights })}
          options={draft.flights.map((flight) => ({ value: flight.id, label: nameOf(flight) || flight.from }))}
          showSearch={false}
        />
      )}
      <Button
        type="text"
        className="c-remove"
        icon={<CloseOutlined />}
        aria-label={`${t('removeRow')} ${name}`}
        onClick={() => change({ creatives: draft.creatives.filter((_, other) => other !== at) })}
      />
      {said && (
        <p className="f-fault" role="alert">
          {said}
        </p>
      )}
    </li>
  );
}
