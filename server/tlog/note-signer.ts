/** A private key of notes as one line of text: `PRIVATE+KEY+NAME+ID+BASE64`, in the form of Go's golang.org/x/mod/sumdb/note. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { fromBase64, toBase64 } from '../../domain/tlog/base64.ts';
import { KEY_TYPES, noteKey } from '../../domain/tlog/signed-note.ts';
import { sha256 } from '../sha256.ts';
import { KEY_NAME, type SigningKey } from './key-files.ts';
import { rawPublicKey } from './raw-keys.ts';

/** What stands before the 32 bytes of a private key in DER (RFC 8410 section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SEED_BYTES = 32;

/** A new Ed25519 key of that name; null where the name is none: up to 200 ASCII characters without space and plus. */
export function makeSigner(name: string): SigningKey | null {
  return KEY_NAME.test(name) ? signerOf(name, generateKeyPairSync('ed25519').privateKey) : null;
}

/** The key as its line, without a newline. To be kept secret. */
export function formatSigner({ note, privateKey }: SigningKey): string {
  const seed = privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(PKCS8_PREFIX.length);
  return `PRIVATE+KEY+${note.name}+${note.id}+${toBase64(Uint8Array.of(note.type, ...seed))}`;
}

/** The key of such a line; null for what is none, or has another id. */
export function parseSigner(line: string): SigningKey | null {
  const [, name = '', id = '', encoded = ''] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (!KEY_NAME.test(name) || bytes?.length !== 1 + SEED_BYTES || bytes[0] !== KEY_TYPES.ed25519) return null;
  const der = Buffer.concat([PKCS8_PREFIX, bytes.subarray(1)]);
  const key = signerOf(name, createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  return key.note.id === id ? key : null;
}

const signerOf = (name: string, privateKey: KeyObject): SigningKey => ({
  note: noteKey(name, KEY_TYPES.ed25519, rawPublicKey('ed25519', privateKey), sha256),
  privateKey,
});
