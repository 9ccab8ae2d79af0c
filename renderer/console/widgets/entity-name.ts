/** The name of an entity in the language of the interface. */
import { useCallback } from 'react';
import type { Named } from '../../../domain/catalogue/organisation.ts';
import { useLanguage } from '../i18n/i18n.ts';
import type { Language } from '../i18n/languages.ts';

/** `name`, or in the English interface the English one where somebody wrote it. */
export const nameIn = (language: Language, entity: Named): string =>
  language === 'en' ? (entity.nameEn ?? entity.name) : entity.name;

/** Gives names in the language spoken now: `const nameOf = useNameOf(); nameOf(screen)`. */
export function useNameOf(): (entity: Named) => string {
  const language = useLanguage();
  return useCallback((entity) => nameIn(language, entity), [language]);
}
