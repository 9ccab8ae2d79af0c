/** The head of the page: whose it is, what it does, and the choice of language. */
import { LANGUAGES, type Language } from '../../console/i18n/languages.ts';
import markSource from '../../console/theme/mark.svg?raw';
import type { PageWords } from '../text/page-words.ts';
import { button, element } from './element.ts';

/** Languages in themselves. */
const NAMES: Record<Language, string> = { 'zh-CN': '简体中文', en: 'English' };

/** The head; `onLanguage` gets the language that was pressed. */
export function pageHead(words: PageWords, language: Language, onLanguage: (language: Language) => void): HTMLElement {
  const choices = LANGUAGES.map((one) => {
    const choice = button(`language-${one}`, NAMES[one], () => onLanguage(one), 'v-language');
    choice.lang = one;
    choice.setAttribute('aria-pressed', String(one === language));
    return choice;
  });
  return element(
    'header',
    { class: 'v-head' },
    element('div', { class: 'v-brand' }, mark(), element('span', {}, '循播', element('small', {}, 'Xunbo'))),
    element('div', { class: 'v-languages', role: 'group', 'aria-label': '语言 Language' }, ...choices),
    element('h1', {}, words.title),
    element('p', { class: 'v-lead' }, words.lead),
  );
}

function mark(): Node {
  const drawn = new DOMParser().parseFromString(markSource, 'image/svg+xml').documentElement;
  drawn.setAttribute('aria-hidden', 'true');
  return drawn;
}
