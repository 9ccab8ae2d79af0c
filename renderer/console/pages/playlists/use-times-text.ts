/** When an item is shown, in a few words. */
import { WEEKDAYS, type Weekday } from '../../../../domain/time/weekday.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useDayText } from '../campaigns/use-day-text.ts';
import { type ItemTimes, weekdayRuns } from './item-times.ts';
import { texts } from './texts.ts';

/** `text(times)` gives `周一至周五 · 07:00–09:00 · 至10月31日`; empty where nothing binds the item. */
export function useTimesText(): (times: ItemTimes) => string {
  const t = useTexts(texts);
  const words = useTexts(commonTexts);
  const day = useDayText();
  const name = (weekday: Weekday | undefined): string => (weekday ? words(`weekday.${weekday}`) : '');
  const runText = (run: readonly Weekday[]): string =>
    run.length > 2
      ? t('when.dayRun', { from: name(run[0]), to: name(run.at(-1)) })
      : run.map(name).join(t('when.dayJoin'));
  function datesText({ from, to }: ItemTimes): string[] {
    if (from !== null && to !== null) return [t('when.span', { from: day(from), to: day(to) })];
    if (from !== null) return [t('when.from', { date: day(from) })];
    return to === null ? [] : [t('when.to', { date: day(to) })];
  }
  return (times) => {
    const { weekdays, dayParts, separation } = times;
    const isSomeDays = weekdays.length > 0 && weekdays.length < WEEKDAYS.length;
    return [
      ...(isSomeDays ? [weekdayRuns(weekdays).map(runText).join(t('when.dayJoin'))] : []),
      ...(dayParts.length > 0 ? [dayParts.map(({ from, to }) => `${from}–${to}`).join(t('when.dayJoin'))] : []),
      ...datesText(times),
      ...(separation === null ? [] : [t('when.tag', { tag: separation })]),
    ].join(' · ');
  };
}
