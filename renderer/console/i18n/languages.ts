/** The two languages of the interface, and which one to speak. */

/** Languages by their BCP 47 tags. */
export const LANGUAGES = ['zh-CN', 'en'] as const;

/** One of {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number];

/** Key of the choice a person made, in the browser's local storage. */
export const LANGUAGE_KEY = 'xunbo.language';

/** The stored choice where there is one, else 简体中文 where the browser's first known language is Chinese, else English. */
export function pickLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (stored === 'zh-CN' || stored === 'en') return stored;
  for (const tag of preferred) {
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}
