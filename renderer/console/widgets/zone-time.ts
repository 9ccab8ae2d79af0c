/** Times as a person reads them, always in the zone of the screen they belong to. */
import { useCallback } from 'react';
import { useLanguage } from '../i18n/i18n.ts';
import type { Language } from '../i18n/languages.ts';

/** `minute` 08:05, `second` 08:05:09, `day` 7月1日 周三 / Wed 1 Jul, `moment` day and minute. */
export type TimeForm = 'minute' | 'second' | 'day' | 'moment';

const PARTS: Record<TimeForm, Intl.DateTimeFormatOptions> = {
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  day: { month: 'short', day: 'numeric', weekday: 'short' },
  moment: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** The instant `epochMs` in `zone`; without a zone, that of this browser. */
export function formatTime(language: Language, epochMs: number, form: TimeForm, zone?: string): string {
  const key = `${language} ${form} ${zone ?? ''}`;
  let format = formats.get(key);
  if (!format) {
    const tag = language === 'zh-CN' ? 'zh-CN' : 'en-GB';
    format = new Intl.DateTimeFormat(tag, { ...PARTS[form], ...(zone ? { timeZone: zone } : {}) });
    formats.set(key, format);
  }
  return format.format(epochMs);
}

/** Gives times in the language spoken now: `const time = useTimes(); time(ms, 'minute', screen.timeZone)`. */
export function useTimes(): (epochMs: number, form: TimeForm, zone?: string) => string {
  const language = useLanguage();
  return useCallback((epochMs, form, zone) => formatTime(language, epochMs, form, zone), [language]);
}
