/** Tells text that nobody could read, whatever its size: nothing to see in it, or marks heaped upon a letter. */

/** Marks upon one letter that any script needs; Tibetan stacks and pointed Hebrew stay below. */
const MOST_MARKS = 6;

/** Blanks, controls, marks without a letter, and the characters that are drawn as nothing. */
const UNSEEN = /[\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]/gu;
const HEAPED = new RegExp(`\\p{M}{${MOST_MARKS + 1},}`, 'u');

/** Why the text cannot be read, or null where it can. */
export function whyIllegible(text: string): string | null {
  if (text.replace(UNSEEN, '') === '') return 'the slogan has no letters to show';
  if (HEAPED.test(text)) return `more than ${MOST_MARKS} marks are heaped upon one letter`;
  return null;
}
