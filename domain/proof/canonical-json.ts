/** Canonical JSON (RFC 8785), the only form in which anything is hashed or signed. */
import canonicalize from 'canonicalize';

/** Deeper than this nothing is looked through here; canonicalize takes any depth. */
const MOST_DEPTH = 32;

/** `value` as canonical JSON; throws for what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = textInOrder(value) ?? canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

/** What `text` parses to; null where it is not exactly the canonical form of it. */
export function parseCanonicalJson(text: string): { readonly value: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    const again = textInOrder(value) ?? canonicalize(value);
    return again === text ? { value } : null;
  } catch {
    return null;
  }
}

/**
 * The canonical form of plain data whose keys are in order, or null. RFC 8785 is built on ECMAScript's own form of numbers and strings
 * and adds the order of keys (section 3.2), so that `JSON.stringify` does, and only what is out of order needs canonicalize.
 */
function textInOrder(value: unknown): string | null {
  if (!isInOrder(value, 0)) return null;
  const text = JSON.stringify(value);
  // Half a character, which the canonical form refuses, is written as such an escape.
  return text.includes('\\ud') ? null : text;
}

function isInOrder(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'boolean';
  if (value === null) return true;
  if (depth === MOST_DEPTH) return false;
  if (Array.isArray(value)) return value.every((entry) => isInOrder(entry, depth + 1));
  if (!isPlain(value)) return false;
  let last = '';
  // Plain data inherits nothing that is enumerable, and this way no list of keys is made for each of millions of records.
  for (const key in value) {
    if (key < last || !isInOrder(value[key], depth + 1)) return false;
    last = key;
  }
  return true;
}

const isPlain = (value: object): value is Record<string, unknown> => Object.getPrototypeOf(value) === Object.prototype;
