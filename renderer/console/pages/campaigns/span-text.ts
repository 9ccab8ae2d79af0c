/** A length of time in words: `45 秒`, `12 分钟`, `1 小时 20 分钟`. */
import type { Language } from '../../i18n/languages.ts';

/** Seconds below two minutes, else minutes and hours, rounded up so that no overflow reads as nothing. */
export function spanText(ms: number, language: Language): string {
  const isChinese = language === 'zh-CN';
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return isChinese ? `${seconds} 秒` : `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return isChinese ? `${minutes} 分钟` : `${minutes} min`;
  if (rest === 0) return isChinese ? `${hours} 小时` : `${hours} h`;
  return isChinese ? `${hours} 小时 ${rest} 分钟` : `${hours} h ${rest} min`;
}
