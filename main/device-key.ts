/** The device's own Ed25519 key: made on the first start, never leaving the data folder. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import type { DurableFiles } from './durable-files.ts';
import { copyOf, readKept, replaceKept } from './kept-twice.ts';
import { sha256Hex } from './sha256.ts';

/** The key as the rest of the player may use it. `id` is the SHA-256 of the raw public key, hexadecimal. */
export type DeviceKey = {
  id: string;
  /** Raw public key, 32 bytes in base64. */
  publicKey: string;
  /** Ed25519 signature over the UTF-8 of `text`, base64. */
  sign(text: string): string;
  /** Whether `signature`, base64, is this key's over the UTF-8 of `text`. */
  hasSigned(text: string, signature: string): boolean;
};

/** Length of what precedes the raw key in an Ed25519 SubjectPublicKeyInfo (RFC 8410). */
const SPKI_PREFIX_BYTES = 12;

/** Reads the key at `path`, or makes one there (PEM PKCS #8, mode 0600). A file that holds no key, and whose copy holds none either, throws. */
export function loadDeviceKey(files: DurableFiles, path: string): DeviceKey {
  const privateKey = readKept(files, path, parseKey) ?? makeKey(files, path);
  const publicKey = createPublicKey(privateKey);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const raw = spki.subarray(SPKI_PREFIX_BYTES);
  return {
    id: sha256Hex(raw),
    publicKey: raw.toString('base64'),
    sign: (text) => signBytes(null, Buffer.from(text, 'utf8'), privateKey).toString('base64'),
    hasSigned: (text, signature) =>
      verifyBytes(null, Buffer.from(text, 'utf8'), publicKey, Buffer.from(signature, 'base64')),
  };
}

function makeKey(files: DurableFiles, path: string): KeyObject {
  if (files.read(path) !== null || files.read(copyOf(path)) !== null)
    throw new Error(
      `${path} holds no Ed25519 private key (PEM); restore it, or remove it and ${copyOf(path)} to enrol this player anew`,
    );
  const { privateKey } = generateKeyPairSync('ed25519');
  replaceKept(files, path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return privateKey;
}

function parseKey(bytes: Uint8Array): KeyObject | null {
  try {
    const key = createPrivateKey(Buffer.from(bytes));
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}
