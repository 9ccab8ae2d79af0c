/** Flights on a bar of the year, and the months above all of them. */
import { Tooltip } from 'antd';
import { type Flight, flightEnd } from '../../../../domain/catalogue/campaign.ts';
import { useLanguage, useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { texts } from './texts.ts';
import { useDayText } from './use-day-text.ts';
import { flightDays, monthsOnAxis, pointOnAxis, spanOnAxis, type YearAxis } from './year-axis.ts';

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** Names of the months; years stand with their first month where there are several. */
export function YearScale({ axis }: { axis: YearAxis }) {
  const language = useLanguage();
  const months = monthsOnAxis(axis);
  const isLong = axis.lastYear > axis.firstYear;
  const shown = months.filter(({ month }) => month % (isLong ? 6 : 3) === 1);
  const label = (year: number, month: number): string => {
    if (isLong && month === 1) return String(year);
    if (language === 'zh-CN') return `${month}月`;
    return new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1));
  };
  return (
    <span className="c-scale x-num" aria-hidden="true">
      {shown.map(({ year, month, start }) => (
        <span key={`${year}-${month}`} style={{ left: percent(start) }}>
          {label(year, month)}
        </span>
      ))}
    </span>
  );
}

/** One campaign's flights; `today` is marked. `isQuiet`: it is not live. */
export function YearBar({
  axis,
  flights,
  today,
  isQuiet,
}: {
  axis: YearAxis;
  flights: readonly Flight[];
  today: string;
  isQuiet: boolean;
}) {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const day = useDayText();
  const now = pointOnAxis(axis, today);
  return (
    <span className={isQuiet ? 'c-year c-year-quiet' : 'c-year'}>
      {monthsOnAxis(axis).map(({ year, month, start }) => (
        <span key={`${year}-${month}`} className="c-year-tick" style={{ left: percent(start) }} />
      ))}
      {flights.map((flight) => {
        const end = flightEnd(flight);
        const span = spanOnAxis(axis, flight.from, end);
        const days = flightDays(flight.from, end);
        if (!span || days === null) return null;
        const whole = t('flightSpan', { name: nameOf(flight), from: day(flight.from), to: day(end), days });
        const said = end === flight.to ? whole : t('flightExtended', { span: whole, to: day(flight.to) });
        return (
          <Tooltip key={flight.id} title={said}>
            <span
              className={end < today ? 'c-year-flight c-year-past' : 'c-year-flight'}
              role="img"
              aria-label={said}
              style={{ left: percent(span.start), width: percent(span.width) }}
            />
          </Tooltip>
        );
      })}
      {now >= 0 && now <= 1 && <span className="c-year-now" style={{ left: percent(now) }} />}
    </span>
  );
}
