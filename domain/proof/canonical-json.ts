/** Canonical JSON (RFC 8785), the only form in which anything is hashed or signed. */
import canonicalize from 'canonicalize';

/** `value` as canonical JSON; throws for what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

/** What `text` parses to; null where it is not exactly the canonical form of it. */
export function parseCanonicalJson(text: string): { readonly value: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return canonicalize(value) === text ? { value } : null;
  } catch {
    return null;
  }
}
