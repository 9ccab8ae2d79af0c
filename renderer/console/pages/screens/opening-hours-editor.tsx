/** Edits opening hours: spans of weekdays with a start and an end, which may lie past midnight. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import type { OpeningHours } from '../../../../domain/time/opening-hours.ts';
import { WEEKDAYS } from '../../../../domain/time/weekday.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { wallTimeFrom } from '../../widgets/wall-time.ts';
import { screenFormTexts } from './form-texts.ts';
import { faultOf, nextDayTime, toggledDay } from './opening-hours-draft.ts';

const WORKDAYS = WEEKDAYS.slice(0, 5);

/** Works as a form field. */
export function OpeningHoursEditor({
  value = [],
  onChange = () => undefined,
}: {
  value?: OpeningHours[];
  onChange?: (value: OpeningHours[]) => void;
}) {
  const t = useTexts(screenFormTexts);
  const change = (at: number, span: OpeningHours): void => onChange(value.map((one, i) => (i === at ? span : one)));
  return (
    <div className="x-hours">
      {value.map((span, at) => (
        <HoursSpan
          // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity but their place
          key={at}
          span={span}
          onChange={(next) => change(at, next)}
          onRemove={() => onChange(value.filter((_, i) => i !== at))}
        />
      ))}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => onChange([...value, { days: [...WEEKDAYS], from: '08:00', to: '20:00' }])}
      >
        {t('hoursAdd')}
      </Button>
    </div>
  );
}

function HoursSpan({
  span,
  onChange,
  onRemove,
}: {
  span: OpeningHours;
  onChange: (span: OpeningHours) => void;
  onRemove: () => void;
}) {
  const t = useTexts(screenFormTexts);
  const words = useTexts(commonTexts);
  const fault = faultOf(span);
  const late = nextDayTime(span.to);
  return (
    <div className={fault ? 'x-hours-span x-hours-wrong' : 'x-hours-span'}>
      <div className="x-hours-days">
        {WEEKDAYS.map((day) => (
          <button
            key={day}
            type="button"
            className={span.days.includes(day) ? 'x-day x-day-on' : 'x-day'}
            aria-pressed={span.days.includes(day)}
            onClick={() => onChange({ ...span, days: toggledDay(span.days, day) })}
          >
            {words(`weekday.${day}`)}
          </button>
        ))}
        <Button type="link" size="small" onClick={() => onChange({ ...span, days: [...WEEKDAYS] })}>
          {t('everyDay')}
        </Button>
        <Button type="link" size="small" onClick={() => onChange({ ...span, days: [...WORKDAYS] })}>
          {t('workdays')}
        </Button>
      </div>
      <div className="x-hours-times">
        <TimeField label={t('from')} value={span.from} onChange={(from) => onChange({ ...span, from })} />
        <span className="x-faint">–</span>
        <TimeField label={t('to')} value={span.to} onChange={(to) => onChange({ ...span, to })} />
        <span className="x-hours-note">
          {fault ? <span className="x-tone-bad">{t(`fault.${fault}`)}</span> : late && t('nextDay', { time: late })}
        </span>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('hoursRemove')} onClick={onRemove} />
      </div>
    </div>
  );
}

function TimeField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <Input
      className="x-num x-time-field"
      aria-label={label}
      placeholder="08:30"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => onChange(wallTimeFrom(value) ?? value)}
    />
  );
}
