/** How long ago something was, kept true while it is on show. */
import { useLanguage } from '../i18n/i18n.ts';
import { LANGUAGES, type Language } from '../i18n/languages.ts';
import { useNowMs } from './now.ts';
import { formatTime } from './zone-time.ts';

const formats = new Map<Language, Intl.RelativeTimeFormat>(
  LANGUAGES.map((language) => [language, new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })]),
);

/** `3 min. ago`, `2小时前`, `in 5 min.`; within 15 seconds it is now. */
export function relativeText(language: Language, fromMs: number, nowMs: number): string {
  const seconds = Math.round((fromMs - nowMs) / 1000);
  const size = Math.abs(seconds);
  const format = formats.get(language);
  if (!format) return '';
  if (size < 15) return format.format(0, 'second');
  if (size < 60) return format.format(seconds, 'second');
  if (size < 3600) return format.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return format.format(Math.round(seconds / 3600), 'hour');
  return format.format(Math.round(seconds / 86_400), 'day');
}

/** How long ago `ms` was; the exact time in `zone` on hover. */
export function RelativeTime({ ms, zone }: { ms: number; zone?: string }) {
  const language = useLanguage();
  const nowMs = useNowMs(10_000);
  return (
    <span className="x-num" title={formatTime(language, ms, 'moment', zone)}>
      {relativeText(language, ms, nowMs)}
    </span>
  );
}
