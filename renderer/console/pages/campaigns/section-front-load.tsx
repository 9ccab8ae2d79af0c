/** How early in the day the promised plays are to be done. */
import { Slider } from 'antd';
import { useTexts } from '../../i18n/i18n.ts';
import { useCampaignForm } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { formTexts } from './form-texts.ts';

/** The last section. */
export function SectionFrontLoad() {
  const t = useTexts(formTexts);
  const { draft, change, fault } = useCampaignForm();
  const percent = Math.round((draft.frontLoad ?? 0.75) * 100);
  return (
    <FormSection title={t('frontLoad')} fault={fault('frontLoad')}>
      <div className="c-front-load">
        <Slider
          min={10}
          max={100}
          step={5}
          value={percent}
          aria-label={t('frontLoadShare')}
          onChange={(value: number) => change({ frontLoad: value / 100 })}
          tooltip={{ formatter: (value) => `${value}%` }}
        />
        <strong className="x-num">{percent}%</strong>
      </div>
      <p className="f-hint">{t('frontLoadText', { percent })}</p>
    </FormSection>
  );
}
