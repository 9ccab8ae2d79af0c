/** Reading a pairing code as people type it. */

/** Characters of a code. */
export const CODE_LENGTH = 8;

/** `text` in the form of a code: capitals, full-width letters made plain, anything that is no letter or digit left out. */
export function codeFrom(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, CODE_LENGTH);
}

/** Whether `code` could be one: 8 of the characters that cannot be mistaken for each other. */
export const isCode = (code: string): boolean => /^[2-9A-HJ-NP-Z]{8}$/.test(code);

/** A code in two groups of four, as the player shows it. */
export const grouped = (code: string): string => (code.length > 4 ? `${code.slice(0, 4)} ${code.slice(4)}` : code);
