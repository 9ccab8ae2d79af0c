/** Makes elements of the calm pages. */
import type { Bilingual } from './words.ts';

/** An element with a class and children; text goes in as text only. */
export function element(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/** A line in both languages, the Chinese one first. */
export function bilingual(tag: string, className: string, words: Bilingual): HTMLElement {
  const zh = element('span', 'zh', words.zh);
  const en = element('span', 'en', words.en);
  en.lang = 'en';
  return element(tag, className, zh, en);
}
