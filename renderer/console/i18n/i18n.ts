/**
 * Texts of the interface. How a page says something:
 *
 *     // pages/today/texts.ts
 *     export const texts = defineTexts('today', { zh: { title: '今日' }, en: { title: 'Today' } });
 *     // pages/today/today-page.tsx
 *     const t = useTexts(texts);           // re-renders when the language changes
 *     t('title'); t('seen', { time: '08:00' });   // '{{time}}' in the text
 *
 * Both languages carry the same keys, or it does not compile. A plural is two keys `plays_one`, `plays_other`
 * (Chinese uses `_other`, write both) and `t('plays', { count })`. Outside React: `say(texts, 'title')`.
 * A code of a contract as a text: keep it under a key such as `venue.bus-stop` and use t(`venue.${venue}`).
 */
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import i18next, { type i18n } from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { LANGUAGE_KEY, type Language, pickLanguage } from './languages.ts';

const instance: i18n = i18next.createInstance();

void instance.use(initReactI18next).init({
  lng: pickLanguage(localStorage.getItem(LANGUAGE_KEY), navigator.languages),
  fallbackLng: 'en',
  supportedLngs: ['zh-CN', 'en'],
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  initAsync: false,
});

applyLanguage(currentLanguage());
instance.on('languageChanged', () => applyLanguage(currentLanguage()));

function applyLanguage(language: Language): void {
  document.documentElement.lang = language;
  dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en');
}

/** Keys as a caller names them: a plural by its stem. */
type KeyOf<T> = T extends `${infer Stem}_${'one' | 'other'}` ? Stem : T;

/** What a text may be filled with. */
export type TextValues = Record<string, string | number>;

/** The texts of one place of the interface, in both languages. */
export type Texts<Key extends string> = { readonly namespace: string; readonly keys?: Key };

/** Says a text in the current language. */
export type Say<Key extends string> = (key: Key, values?: TextValues) => string;

/** Registers the texts of one place under a namespace of its own; both languages must carry the same keys. */
export function defineTexts<const Zh extends Record<string, string>>(
  namespace: string,
  texts: { zh: Zh; en: { readonly [K in keyof Zh]: string } },
): Texts<KeyOf<keyof Zh & string>> {
  instance.addResourceBundle('zh-CN', namespace, texts.zh);
  instance.addResourceBundle('en', namespace, texts.en);
  return { namespace };
}

/** A text in the language spoken now, for places outside React. */
export function say<Key extends string>(texts: Texts<Key>, key: Key, values: TextValues = {}): string {
  return speak(texts.namespace, key, currentLanguage(), values);
}

function speak(namespace: string, key: string, language: string, values: TextValues): string {
  return instance.t(key, { ...values, ns: namespace, lng: language });
}

/** Speaks the texts of a place; the component is drawn anew when the language changes. */
export function useTexts<Key extends string>(texts: Texts<Key>): Say<Key> {
  const { i18n: speaking } = useTranslation(undefined, { i18n: instance });
  const { language } = speaking;
  return useCallback((key, values = {}) => speak(texts.namespace, key, language, values), [texts.namespace, language]);
}

/** The language spoken now. */
export function currentLanguage(): Language {
  return instance.language === 'zh-CN' ? 'zh-CN' : 'en';
}

/** The language spoken now, as a hook. */
export function useLanguage(): Language {
  const { i18n: speaking } = useTranslation(undefined, { i18n: instance });
  return speaking.language === 'zh-CN' ? 'zh-CN' : 'en';
}

/** Speaks `language` from now on, also after a reload. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(LANGUAGE_KEY, language);
  void instance.changeLanguage(language);
}
