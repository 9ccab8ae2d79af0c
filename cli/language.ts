/** The language a command speaks. */

/** The languages there are. */
export const LANGUAGES = ['zh', 'en'] as const;

/** One of {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number];

/** The language asked for, else that of the environment, else Chinese; undefined for one that there is not. */
export function languageOf(asked: string | undefined, env: NodeJS.ProcessEnv): Language | undefined {
  if (asked !== undefined) return LANGUAGES.find((known) => known === asked);
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return locale.startsWith('en') ? 'en' : 'zh';
}
