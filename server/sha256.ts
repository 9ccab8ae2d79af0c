/** SHA-256 for the domain, by Node's own implementation. */
import { createHash } from 'node:crypto';
import type { Sha256 } from '../domain/proof/merkle.ts';

/** SHA-256 of the parts joined, 32 bytes. */
export const sha256: Sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
