/** Text and elements of XML 1.0, written so that any text can stand in them. */

/** What XML 1.0 forbids even as a reference (its production 2, Char): most control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

// Line ends and tabs too: a reader makes blanks of them in attributes, and a newline of a carriage return.
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** First line of every file. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** `value` as content or attribute; what XML forbids becomes U+FFFD, all else is read back as it was. */
export function xmlText(value: string): string {
  return value.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"'\t\n\r]/g, (found) => REFERENCES[found] ?? found);
}

/** An element that holds text alone; `name` is a name of XML. */
export const xmlElement = (name: string, value: string): string => `<${name}>${xmlText(value)}</${name}>`;
