/** The seven weekdays, each to be pressed. */
import { WEEKDAYS, type Weekday } from '../../../../domain/time/weekday.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import './times.css';

type Props = { chosen: readonly Weekday[]; isReadOnly: boolean; onChange: (days: Weekday[]) => void };

/** `onChange` gets the chosen days in the order of the week. */
export function WeekdayButtons({ chosen, isReadOnly, onChange }: Props) {
  const words = useTexts(commonTexts);
  const toggle = (day: Weekday): void => onChange(WEEKDAYS.filter((one) => (one === day) !== chosen.includes(one)));
  return (
    <span className="c-days">
      {WEEKDAYS.map((day) => (
        <button
          key={day}
          type="button"
          className="c-day"
          disabled={isReadOnly}
          aria-pressed={chosen.includes(day)}
          onClick={() => toggle(day)}
        >
          {words(`weekday.${day}`)}
        </button>
      ))}
    </span>
  );
}
