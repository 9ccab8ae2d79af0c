/** Dates in the language of the interface, without the year where it is this one. */
import dayjs from 'dayjs';
import { useLanguage } from '../../i18n/i18n.ts';
import { dayText } from './date-ranges.ts';

/** `const day = useDayText(); day('2026-07-05')` gives `7月5日` or `5 Jul`. */
export function useDayText(): (date: string) => string {
  const locale = useLanguage() === 'zh-CN' ? 'zh-CN' : 'en-GB';
  const thisYear = dayjs().year();
  return (date) => dayText(date, locale, thisYear);
}
