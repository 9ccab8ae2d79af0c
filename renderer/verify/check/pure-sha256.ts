/** SHA-256 for the domain, which wants it at once: the browser's own answers later. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Sha256 } from '../../../domain/proof/merkle.ts';

/** SHA-256 of the parts joined, 32 bytes. */
export const pureSha256: Sha256 = (...parts) => {
  const hash = sha256.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
};
