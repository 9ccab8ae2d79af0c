/** Ed25519 as this machine's Node has it. */
import { createPublicKey, verify } from 'node:crypto';
import type { VerifySignature } from '../../domain/tlog/checkpoint.ts';

/** What stands before a raw key in DER (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Verifies Ed25519 and nothing else; a key or signature that is none verifies nothing. */
export const verifyEd25519: VerifySignature = (kind, publicKey, message, signature) => {
  if (kind !== 'ed25519') return false;
  try {
    const der = Buffer.concat([SPKI_PREFIX, publicKey]);
    return verify(null, Buffer.from(message), createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
  } catch {
    return false;
  }
};
