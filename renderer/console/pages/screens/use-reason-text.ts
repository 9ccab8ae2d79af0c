/** What a slot or play is called on a screen's day. */
import { useCallback } from 'react';
import type { ScreenDay } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useTimes } from '../../widgets/zone-time.ts';
import { dayTexts } from './day-texts.ts';
import type { ShownReason } from './explain-day.ts';

/** Gives the reason in words; that of plays owed to the time before the first enrolment says until when there was none. */
export function useReasonText({ enrolledAtMs, open, timeZone }: ScreenDay): (reason: ShownReason) => string {
  const t = useTexts(dayTexts);
  const time = useTimes();
  const closesAtMs = open.at(-1)?.endMs ?? 0;
  return useCallback(
    (reason) => {
      if (reason !== 'not-enrolled') return t(`reason.${reason}`);
      const atMs = enrolledAtMs ?? 0;
      return t('notEnrolledUntil', { time: time(atMs, atMs < closesAtMs ? 'minute' : 'moment', timeZone) });
    },
    [t, time, enrolledAtMs, closesAtMs, timeZone],
  );
}
