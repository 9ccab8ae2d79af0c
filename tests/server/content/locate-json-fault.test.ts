/** The place of a syntax error, checked against the parser of the runtime. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineAndColumn, locateJsonFault } from '../../../server/content/locate-json-fault.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('[F7] whatever the runtime reads as JSON has no fault', () => {
  const layout = fc.constantFrom(undefined, 2, '\t');
  fc.assert(
    fc.property(fc.json(), layout, (json, space) => {
      expect(locateJsonFault(JSON.stringify(JSON.parse(json), null, space))).toBeNull();
      expect(locateJsonFault(` \r\n\t${json} `)).toBeNull();
    }),
  );
});

test('[F7] a text damaged in one place has a fault exactly when the runtime refuses it, never past its end', () => {
  const damage = fc.constantFrom(
    '',
    '"',
    ',',
    '}',
    ']',
    '{',
    '[',
    ':',
    '\\',
    '\n',
    'x',
    '0',
    '-',
    '.',
    'e',
    ' ',
    '\u0001',
    '，',
    '“',
  );
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.nat({ max: 2 }), damage, (json, where, cut, put) => {
      const at = where % (json.length + 1);
      const text = json.slice(0, at) + put + json.slice(at + cut);
      const fault = locateJsonFault(text);
      expect(fault === null).toBe(isJson(text));
      if (fault) expect(fault.offset).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 2000 },
  );
});

test('[F7] a fault is at the first character that cannot stand there: what comes before it has none', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 3 }), (json, where, put) => {
      const at = where % (json.length + 1);
      const text = json.slice(0, at) + put + json.slice(at);
      const fault = locateJsonFault(text);
      if (!fault) return;
      const before = locateJsonFault(text.slice(0, fault.offset));
      expect(before?.offset ?? fault.offset).toBe(fault.offset);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['{"a": 1 "b": 2}', 8, ', or }'],
  ["{'a': 1}", 1, 'a key in double quotes'],
  ['{"a": undefined}', 6, 'a value: text in double quotes, a number, true, false, null, [ or {'],
  ['{"a": 01}', 7, ', or }'],
  ['["a\nb"]', 3, 'a closing double quote on the same line'],
  ['["\\x"]', 2, 'one of the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX'],
  ['{} {}', 3, 'nothing after the end of the value'],
  ['', 0, 'a value: text in double quotes, a number, true, false, null, [ or {'],
  ['{"名称"： 1}', 5, ': after the key'],
])('[F7] %j', (text, offset, allowed) => {
  expect(locateJsonFault(text)).toEqual({ offset, allowed });
});

test('[F7] nesting without end is a fault and no crash', () => {
  expect(locateJsonFault('['.repeat(1_000_000))?.allowed).toBe('at most 200 levels of lists and objects');
});

test('[F7] lines and columns are counted as editors do, by whole characters', () => {
  expect(lineAndColumn('abc', 0)).toBe('1:1');
  expect(lineAndColumn('a\nb\r\nc', 5)).toBe('3:1');
  expect(lineAndColumn('𠮷中x', 3)).toBe('1:3');
});
