/** SHA-256 for the domain, by Node's own implementation. */
import { hash } from 'node:crypto';
import type { Sha256 } from '../domain/proof/merkle.ts';

/**
 * SHA-256 of the parts joined, 32 bytes. In one call, since millions of short records are hashed, and as a text of bytes, which the
 * runtime hands over at half the price of a buffer of its own.
 */
export const sha256: Sha256 = (...parts) => {
  const [first] = parts;
  const whole =
    parts.length === 1 && first !== undefined
      ? first
      : Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  return Buffer.from(hash('sha256', whole, 'latin1'), 'latin1');
};
