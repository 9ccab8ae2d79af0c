/** Where a text stops being JSON, and what would be allowed there; `JSON.parse` often says neither. */

/** The first fault: its offset in UTF-16 units, and what could stand there instead. */
export type JsonFault = { offset: number; allowed: string };

/** Nesting past this depth is refused: no content file needs it. */
const MAX_DEPTH = 200;

const NUMBER = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const WORD = /true|false|null/y;
/** A string up to its closing quote or its first fault (RFC 8259, 7). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what a JSON string may not hold.
const STRING_BODY = /([^"\\\u0000-\u001f]|\\(["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;

/** The first fault of `text` as JSON (RFC 8259), or null where it is JSON. */
export function locateJsonFault(text: string): JsonFault | null {
  let at = 0;

  const stop = (allowed: string): never => {
    throw new Stop({ offset: at, allowed });
  };
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const isHere = pattern.test(text);
    if (isHere) at = pattern.lastIndex;
    return isHere;
  };
  const takeChar = (char: string): boolean => {
    if (text[at] !== char) return false;
    at += 1;
    return true;
  };

  function value(depth: number): void {
    if (depth > MAX_DEPTH) stop(`at most ${MAX_DEPTH} levels of lists and objects`);
    if (takeChar('{')) entries('}', depth, member);
    else if (takeChar('[')) entries(']', depth, value);
    else if (takeChar('"')) stringRest();
    else if (!take(WORD) && !take(NUMBER)) stop('a value: text in double quotes, a number, true, false, null, [ or {');
    take(SPACE);
  }

  function entries(end: '}' | ']', depth: number, entry: (depth: number) => void): void {
    take(SPACE);
    if (takeChar(end)) return;
    for (;;) {
      entry(depth + 1);
      if (takeChar(end)) return;
      if (!takeChar(',')) stop(`, or ${end}`);
      take(SPACE);
      if (text[at] === end) stop('another entry: no comma comes after the last one');
    }
  }

  function member(depth: number): void {
    if (!takeChar('"')) stop('a key in double quotes');
    stringRest();
    take(SPACE);
    if (!takeChar(':')) stop(': after the key');
    take(SPACE);
    value(depth);
  }

  function stringRest(): void {
    take(STRING_BODY);
    if (text[at] === '\\') stop('one of the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX');
    if (!takeChar('"')) stop('a closing double quote on the same line');
  }

  try {
    take(SPACE);
    value(0);
    return at < text.length ? { offset: at, allowed: 'nothing after the end of the value' } : null;
  } catch (error) {
    if (error instanceof Stop) return error.fault;
    throw error;
  }
}

/** Ends the descent at the first fault. */
class Stop extends Error {
  readonly fault: JsonFault;

  constructor(fault: JsonFault) {
    super(fault.allowed);
    this.fault = fault;
  }
}

/** Line and column of an offset, both from 1, as editors count them. */
export function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `${before.length}:${Array.from(before.at(-1) ?? '').length + 1}`;
}
