/** SHA-256 as the domain wants it injected. */
import { createHash } from 'node:crypto';
import type { Sha256 } from '../domain/proof/merkle.ts';

/** SHA-256 of the parts joined. */
export const sha256: Sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** SHA-256 of `bytes`, hexadecimal. */
export const sha256Hex = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
