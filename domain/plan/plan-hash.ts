/** The name of a plan: equal plans, and only they, have equal hashes on every machine. */
import canonicalize from 'canonicalize';
import type { DayPlan } from './day-plan.ts';

/** SHA-256 of UTF-8 bytes as 64 hexadecimal digits; each side brings the one of its platform. */
export type Sha256 = (bytes: Uint8Array) => string;

/** SHA-256 over the RFC 8785 canonical JSON of `plan`. */
export function planHash(plan: DayPlan, sha256: Sha256): string {
  const text = canonicalize(plan);
  if (text === undefined) throw new TypeError('a plan always has a JSON form');
  return sha256(utf8(text));
}

/** Ids may be any text, so the bytes are made here rather than assumed to be ASCII; the runtime's encoder is not part of the language. */
function utf8(text: string): Uint8Array {
  const encoded = encodeURIComponent(text);
  const bytes = new Uint8Array(encoded.length);
  let length = 0;
  for (let k = 0; k < encoded.length; k += 1) {
    const isEscape = encoded.charCodeAt(k) === 37;
    bytes[length] = isEscape ? Number.parseInt(encoded.slice(k + 1, k + 3), 16) : encoded.charCodeAt(k);
    if (isEscape) k += 2;
    length += 1;
  }
  return bytes.subarray(0, length);
}
