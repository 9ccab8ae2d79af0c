/** How long one page of a message stands that is turned round and round. */

const LEAST_MS = 6_000;
/** Slow reading, with a moment to find the first line. */
const LETTERS_A_SECOND = 8;
const FIND_MS = 1_500;

/** Milliseconds for a page of so many characters, at least 6 s. */
export function pageTimeMs(letters: number): number {
  return Math.max(LEAST_MS, FIND_MS + Math.round((letters * 1_000) / LETTERS_A_SECOND));
}
