/** What is rarely changed: how early the day's plays are to be done, what keeps its distance, how far a flight may be extended. */
import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Slider } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import { FormField } from '../library/form-field.tsx';
import { useCampaignForm } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { formTexts } from './form-texts.ts';
import { NumberField } from './number-field.tsx';
import { SeparationField } from './separation-field.tsx';

/** The last section; while it is folded, one line says how it is set. */
export function SectionRules() {
  const t = useTexts(formTexts);
  const { draft, fault } = useCampaignForm();
  const { separation, extendDays } = draft;
  const [wantsOpen, setOpen] = useState(false);
  const hasFault = [fault('frontLoad'), fault('separation'), fault('extendDays')].some((said) => said !== null);
  const isOpen = wantsOpen || hasFault;
  const summary = [
    t('rulesFront', { percent: percentOf(draft.frontLoad) }),
    separation === null ? t('rulesNoSeparation') : t('rulesSeparation', { tag: separation }),
    extendDays === 0 ? t('rulesNoExtend') : t('rulesExtend', { days: extendDays ?? '' }),
  ];
  return (
    <FormSection title={t('rules')}>
      <Button
        type="text"
        size="small"
        className="c-fold c-fold-summary x-num"
        disabled={false}
        aria-expanded={isOpen}
        aria-label={t('rules')}
        icon={isOpen ? <DownOutlined /> : <RightOutlined />}
        onClick={() => setOpen(!isOpen)}
      >
        {summary.join(' · ')}
      </Button>
      {isOpen && <Rules />}
    </FormSection>
  );
}

function Rules() {
  const t = useTexts(formTexts);
  const { draft, change, fault } = useCampaignForm();
  const percent = percentOf(draft.frontLoad);
  const isCounted = draft.commitments.some(({ minConsecutiveDays }) => minConsecutiveDays !== null);
  return (
    <div className="c-rules">
      <FormField label={t('frontLoad')} hint={t('frontLoadText', { percent })} fault={fault('frontLoad')}>
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
      </FormField>
      <SeparationField
        tag={draft.separation}
        fault={fault('separation')}
        onChange={(separation) => change({ separation })}
      />
      <NumberField
        label={t('extend')}
        unit={t('days')}
        hint={isCounted || draft.extendDays === 0 ? t('extendHint') : t('extendIdle')}
        value={draft.extendDays}
        fault={fault('extendDays')}
        onChange={(extendDays) => change({ extendDays })}
      />
    </div>
  );
}

const percentOf = (frontLoad: number | null): number => Math.round((frontLoad ?? 0.75) * 100);
