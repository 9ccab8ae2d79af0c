/** Keys of every kind that signs a note, made and used by Node's own cryptography. */
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { VerifySignature } from '../../../../domain/tlog/checkpoint.ts';
import { KEY_TYPES, type KeyType, type NoteKey, noteKey } from '../../../../domain/tlog/signed-note.ts';
import { sha256 } from '../../../../server/sha256.ts';

const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Verifies by Node's own cryptography. */
export const verifyNode: VerifySignature = (_kind, publicKey, message, signature) => {
  const head = publicKey.length === 32 ? ED25519_SPKI : mlDsaSpki;
  const key = createPublicKey({ key: Buffer.concat([head, publicKey]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(message), key, signature);
};

const mlDsaSpki = generateKeyPairSync('ml-dsa-44').publicKey.export({ type: 'spki', format: 'der' }).subarray(0, 22);

/** A key pair of a kind: what signs, and the key of the note. */
export function pair(
  name: string,
  type: KeyType,
): { key: NoteKey; sign: (message: Uint8Array | string) => Uint8Array } {
  const made = type === KEY_TYPES.cosignMlDsa44 ? generateKeyPairSync('ml-dsa-44') : generateKeyPairSync('ed25519');
  const bytes = made.publicKey.export({ type: 'spki', format: 'der' });
  const key = noteKey(name, type, bytes.subarray(type === KEY_TYPES.cosignMlDsa44 ? 22 : 12), sha256);
  return { key, sign: (message) => sign(null, Buffer.from(message), made.privateKey) };
}
