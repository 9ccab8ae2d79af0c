/** Raw public keys of notes and Node's key objects. */
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { VerifySignature } from '../../domain/tlog/checkpoint.ts';

/** What stands before the raw key in DER (RFC 8410; RFC 9881 for ML-DSA-44). */
const SPKI_PREFIX = {
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  'ml-dsa-44': Buffer.from('30820532300b06096086480165030403110382052100', 'hex'),
} as const;

type Kind = keyof typeof SPKI_PREFIX;

/** The raw public key of a private or public key object of that kind. */
export function rawPublicKey(kind: Kind, key: KeyObject): Uint8Array {
  const der = (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
  return new Uint8Array(der.subarray(SPKI_PREFIX[kind].length));
}

/** Verifies by Node; a key or signature that is none verifies nothing. */
export const verifyByNode: VerifySignature = (kind, publicKey, message, signature) => {
  try {
    return verify(null, Buffer.from(message), keyObject(kind, publicKey), signature);
  } catch {
    return false;
  }
};

const keyObject = (kind: Kind, publicKey: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_PREFIX[kind], publicKey]), format: 'der', type: 'spki' });

/** As {@link verifyByNode}, for a few keys that sign much: making a key object costs as much as hashing a segment. */
export function createVerifier(): VerifySignature {
  const known = new Map<string, KeyObject>();
  return (kind, publicKey, message, signature) => {
    const name = Buffer.from(publicKey).toString('latin1');
    try {
      const key = known.get(name) ?? keyObject(kind, publicKey);
      known.set(name, key);
      return verify(null, Buffer.from(message), key, signature);
    } catch {
      return false;
    }
  };
}

/** Signs by Node. */
export const signByNode = (message: Uint8Array | string, key: KeyObject): Uint8Array =>
  new Uint8Array(sign(null, Buffer.from(message), key));
