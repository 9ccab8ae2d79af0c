/** The fields of when an item is shown. */
import { DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTexts } from '../../i18n/i18n.ts';
import { DayPartsField } from '../campaigns/day-parts-field.tsx';
import { faultTexts } from '../campaigns/fault-texts.ts';
import { faultAt } from '../campaigns/field-fault.ts';
import { SeparationField } from '../campaigns/separation-field.tsx';
import { WeekdayButtons } from '../campaigns/weekday-buttons.tsx';
import { FormField } from '../library/form-field.tsx';
import { type ItemTimes, timesFaults } from './item-times.ts';
import { texts } from './texts.ts';

type Props = { times: ItemTimes; onChange: (times: ItemTimes) => void };

const dateOf = (date: Dayjs | null): string | null => date?.format('YYYY-MM-DD') ?? null;

/** What is left empty does not bind. */
export function TimesFields({ times, onChange }: Props) {
  const t = useTexts(texts);
  const words = useTexts(faultTexts);
  const faults = timesFaults(times);
  const fault = (place: string): string | null => {
    const found = faultAt(faults, place);
    return found && words(found.key, { allowed: found.allowed });
  };
  const { from, to, weekdays, dayParts, separation } = times;
  const datesFault = fault('from') ?? fault('to');
  return (
    <>
      <FormField label={t('when.dates')} fault={datesFault}>
        <div className="p-times-dates">
          <DatePicker
            aria-label={t('when.first')}
            placeholder={t('when.anyFirst')}
            value={from === null ? null : dayjs(from)}
            status={datesFault ? 'error' : ''}
            onChange={(date) => onChange({ ...times, from: dateOf(date) })}
          />
          <span className="x-faint">–</span>
          <DatePicker
            aria-label={t('when.last')}
            placeholder={t('when.anyLast')}
            value={to === null ? null : dayjs(to)}
            status={datesFault ? 'error' : ''}
            {...(from !== null && to === null ? { defaultPickerValue: dayjs(from) } : {})}
            onChange={(date) => onChange({ ...times, to: dateOf(date) })}
          />
        </div>
      </FormField>
      <FormField label={t('when.weekdays')} hint={weekdays.length === 0 ? t('when.everyDay') : null}>
        <WeekdayButtons
          chosen={weekdays}
          isReadOnly={false}
          onChange={(days) => onChange({ ...times, weekdays: days })}
        />
      </FormField>
      <FormField label={t('when.dayParts')}>
        <DayPartsField
          place="dayParts"
          parts={dayParts}
          none={t('when.allDay')}
          fault={fault}
          onChange={(parts) => onChange({ ...times, dayParts: parts })}
        />
      </FormField>
      <SeparationField
        tag={separation}
        fault={fault('separation')}
        onChange={(tag) => onChange({ ...times, separation: tag })}
      />
    </>
  );
}
