/** When a campaign plays: weekdays and day parts. */
import { Button } from 'antd';
import { WEEKDAYS, type Weekday } from '../../../../domain/time/weekday.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FormField } from '../library/form-field.tsx';
import { DayPartsField } from './day-parts-field.tsx';
import { useCampaignForm } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { formTexts } from './form-texts.ts';

const PRESETS: { key: 'everyDay' | 'workdays' | 'weekend'; days: readonly Weekday[] }[] = [
  { key: 'everyDay', days: WEEKDAYS },
  { key: 'workdays', days: WEEKDAYS.slice(0, 5) },
  { key: 'weekend', days: WEEKDAYS.slice(5) },
];

/** The section of times. */
export function SectionTimes() {
  const t = useTexts(formTexts);
  const words = useTexts(commonTexts);
  const { draft, isReadOnly, change, fault } = useCampaignForm();
  const chosen = new Set(draft.weekdays);
  const setDays = (days: ReadonlySet<Weekday>): void => change({ weekdays: WEEKDAYS.filter((day) => days.has(day)) });
  const toggle = (day: Weekday): void => {
    const next = new Set(chosen);
    if (!next.delete(day)) next.add(day);
    setDays(next);
  };
  return (
    <FormSection title={t('times')}>
      <FormField label={t('weekdays')} fault={fault('weekdays')}>
        <div className="x-row">
          <span className="c-days">
            {WEEKDAYS.map((day) => (
              <button
                key={day}
                type="button"
                className="c-day"
                disabled={isReadOnly}
                aria-pressed={chosen.has(day)}
                onClick={() => toggle(day)}
              >
                {words(`weekday.${day}`)}
              </button>
            ))}
          </span>
          <span>
            {PRESETS.map(({ key, days }) => (
              <Button key={key} type="link" size="small" onClick={() => setDays(new Set(days))}>
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
          onChange={(dayParts) => change({ dayParts })}
        />
      </FormField>
    </FormSection>
  );
}
