/** Brings a text of several lines into one, for a ticker. */

/** Line ends become wide blanks, other runs of blanks a single one. */
export function oneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*[\r\n]+\s*/gu, '\u3000')
    .replace(/[ \t]+/gu, ' ');
}
