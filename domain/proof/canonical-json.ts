/** Canonical JSON (RFC 8785), the only form in which anything is hashed or signed. */
import canonicalize from 'canonicalize';

/** `value` as canonical JSON; throws for what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

/** Whether `text` is exactly the canonical form of what it parses to. */
export function isCanonicalJson(text: string): boolean {
  try {
    return canonicalize(JSON.parse(text)) === text;
  } catch {
    return false;
  }
}
