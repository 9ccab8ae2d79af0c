/** Canonical JSON is what `canonicalize` writes, and a text is taken only where it is already that. */
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, parseCanonicalJson } from '../../../domain/proof/canonical-json.ts';

/** What the package says, or null where it throws. */
function byPackage(value: unknown): string | null {
  try {
    return canonicalize(value) ?? null;
  } catch {
    return null;
  }
}

function ours(value: unknown): string | null {
  try {
    return canonicalJson(value);
  } catch {
    return null;
  }
}

/** Keys that are integers, halves of a character, or named like members of every object. */
const awkwardKey = fc.oneof(
  fc.constantFrom('10', '9', '1', 'a', 'b', 'aa', '', '__proto__', 'toJSON', '\ud83d\ude00', '\ud83d', '\uffff', 'é'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -0, 1e21, 1e-7, Number.NaN, Number.POSITIVE_INFINITY, undefined),
  fc.constantFrom('\ud800', '\u2028', '"', '您好'),
  fc.integer(),
  fc.double(),
);
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('node'), { maxLength: 4 }),
    fc.uniqueArray(fc.tuple(awkwardKey, tie('node')), { maxLength: 5, selector: ([key]) => key }).map((entries) => {
      const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(entries.length % 2 === 0 ? sorted : entries);
    }),
  ),
})).node;

test('[P26] what is written is what canonicalize writes, whatever the value', () => {
  fc.assert(
    fc.property(value, (any) => {
      expect(ours(any)).toBe(byPackage(any));
    }),
    { numRuns: 2000 },
  );
});

test('[P26] a text is taken exactly where it is what canonicalize makes of it', () => {
  const texts = fc.oneof(
    value.map((any) => byPackage(any) ?? ''),
    value.map((any) => JSON.stringify(any) ?? ''),
    fc.json(),
    fc.constantFrom(
      '{"a":1,"a":1}',
      '{"10":1,"9":2}',
      '{"9":1,"10":2}',
      '"\\ud800"',
      '-0',
      '1.0',
      '{"a":"\\u0041"}',
      ' 1',
    ),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseCanonicalJson(text);
      let again: string | null = null;
      try {
        again = byPackage(JSON.parse(text));
      } catch {
        again = null;
      }
      expect(parsed !== null).toBe(again === text);
      if (parsed) expect(parsed.value).toEqual(JSON.parse(text));
    }),
    { numRuns: 2000 },
  );
});

test('[P26] depth is no limit', () => {
  const depth = 5000;
  const text = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  expect(parseCanonicalJson(text)).not.toBeNull();
  expect(canonicalJson(JSON.parse(text))).toBe(text);
});
