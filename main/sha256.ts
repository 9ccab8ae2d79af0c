/** SHA-256 as the domain wants it injected. */
import * as crypto from 'node:crypto';
import type { Sha256 } from '../domain/proof/merkle.ts';

/**
 * In one call where the runtime can (Node 20.12 and later; Electron 25 cannot): a player hashes each of its records. As a text of bytes,
 * which the runtime hands over at half the price of a buffer of its own.
 */
const digest: (whole: Uint8Array | string) => Buffer =
  'hash' in crypto
    ? (whole) => Buffer.from(crypto.hash('sha256', whole, 'latin1'), 'latin1')
    : (whole) => createHashOf(whole).digest();

const createHashOf = (bytes: Uint8Array | string): crypto.Hash => crypto.createHash('sha256').update(bytes);

/** SHA-256 of the parts joined. */
export const sha256: Sha256 = (...parts) => {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return digest(first);
  return digest(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))));
};

/** SHA-256 of `bytes`, hexadecimal. */
export const sha256Hex = (bytes: Uint8Array | string): string => createHashOf(bytes).digest('hex');
