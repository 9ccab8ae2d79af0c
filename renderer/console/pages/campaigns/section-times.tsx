/** When a campaign plays: weekdays and day parts. */
import { Button } from 'antd';
import { WEEKDAYS, type Weekday } from '../../../../domain/time/weekday.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FormField } from '../library/form-field.tsx';
import { DayPartsField } from './day-parts-field.tsx';
import { useCampaignForm } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { formTexts } from './form-texts.ts';
import { WeekdayButtons } from './weekday-buttons.tsx';

const PRESETS: { key: 'everyDay' | 'workdays' | 'weekend'; days: readonly Weekday[] }[] = [
  { key: 'everyDay', days: WEEKDAYS },
  { key: 'workdays', days: WEEKDAYS.slice(0, 5) },
  { key: 'weekend', days: WEEKDAYS.slice(5) },
];

/** The section of times. */
export function SectionTimes() {
  const t = useTexts(formTexts);
  const { draft, isReadOnly, change, fault } = useCampaignForm();
  return (
    <FormSection title={t('times')}>
      <FormField label={t('weekdays')} fault={fault('weekdays')}>
        <div className="x-row">
          <WeekdayButtons
            chosen={draft.weekdays}
            isReadOnly={isReadOnly}
            onChange={(weekdays) => change({ weekdays })}
          />
          <span>
            {PRESETS.map(({ key, days }) => (
              <Button key={key} type="link" size="small" onClick={() => change({ weekdays: [...days] })}>
                {t(key)}
              </Button>
            ))}
          </span>
        </div>
      </FormField>
      <FormField label={t('dayParts')} hint={draft.dayParts.length > 0 ? t('dayPartsHint') : null}>
        <DayPartsField
          place="dayParts"
          parts={draft.dayParts}
          none={t('dayPartsAll')}
          fault={fault}
          onChange={(dayParts) => change({ dayParts })}
        />
      </FormField>
    </FormSection>
  );
}
