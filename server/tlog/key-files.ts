/** The files in which the keys of somebody who signs notes lie: a name, and two private keys. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { type KeyType, type NoteKey, noteKey } from '../../domain/tlog/signed-note.ts';
import { sha256 } from '../sha256.ts';
import { readTextOrNull, replaceFile } from '../stores/durable-file.ts';
import { StoreError } from '../stores/store-error.ts';
import { rawPublicKey } from './raw-keys.ts';

/** One key: as notes name it, and what signs. */
export type SigningKey = { note: NoteKey; privateKey: KeyObject };

/** A name and its keys: Ed25519 and, for the time when that no longer holds, ML-DSA-44. */
export type SigningKeys = { name: string; ed25519: SigningKey; mlDsa44: SigningKey };

/** The kinds of notes that the two keys sign. */
export type SigningTypes = { ed25519: KeyType; mlDsa44: KeyType };

/** The same as text: the name, and the keys in PKCS #8 PEM. */
export type KeyTexts = { name: string; ed25519: string; mlDsa44: string };

/** Whose files: their names begin so. */
export type KeyRole = 'log' | 'witness';

/** A name that keys may have. */
export const KEY_NAME = /^[\x21-\x2a\x2c-\x7e]{1,200}$/;

/** New keys for `name`, or for one made of them. Throws `StoreError` `faulty` where the name is none. */
export function newKeys(name: string | null): KeyTexts {
  const ed25519 = generateKeyPairSync('ed25519').privateKey;
  const mlDsa44 = generateKeyPairSync('ml-dsa-44').privateKey;
  return { name: checked(name ?? nameOf(ed25519)), ed25519: pemOf(ed25519), mlDsa44: pemOf(mlDsa44) };
}

/** The keys that such texts are. Throws `StoreError` `faulty` where the name is none. */
export function parseKeys(texts: KeyTexts, types: SigningTypes): SigningKeys {
  const name = checked(texts.name);
  const [ed25519, mlDsa44] = [createPrivateKey(texts.ed25519), createPrivateKey(texts.mlDsa44)];
  return {
    name,
    ed25519: { note: noteKey(name, types.ed25519, rawPublicKey('ed25519', ed25519), sha256), privateKey: ed25519 },
    mlDsa44: { note: noteKey(name, types.mlDsa44, rawPublicKey('ml-dsa-44', mlDsa44), sha256), privateKey: mlDsa44 },
  };
}

/** The keys in `folder`, null where there is no name. Rejects with `StoreError` `damaged` where a key of that name is missing. */
export async function readKeys(folder: string, role: KeyRole): Promise<KeyTexts | null> {
  const read = (end: string): Promise<string | null> => readTextOrNull(join(folder, `${role}-${end}`));
  const name = (await read('name'))?.trim() ?? null;
  if (name === null) return null;
  const [ed25519, mlDsa44] = [await read('ed25519.pem'), await read('ml-dsa-44.pem')];
  if (!ed25519 || !mlDsa44) throw new StoreError('damaged', `${folder} names the ${role} ${name}, but lacks its keys`);
  return { name, ed25519, mlDsa44 };
}

/** Writes keys into `folder`, all but their name: without that they stand for nothing. */
export async function writeKeys(folder: string, role: KeyRole, { ed25519, mlDsa44 }: KeyTexts): Promise<void> {
  await replaceFile(join(folder, `${role}-ed25519.pem`), ed25519);
  await replaceFile(join(folder, `${role}-ml-dsa-44.pem`), mlDsa44);
}

/** Writes the name beside the keys. */
export const writeKeyName = (folder: string, role: KeyRole, { name }: KeyTexts): Promise<void> =>
  replaceFile(join(folder, `${role}-name`), `${name}\n`);

function checked(name: string): string {
  if (KEY_NAME.test(name)) return name;
  throw new StoreError('faulty', `${name} is no name: up to 200 ASCII characters without space and plus`);
}

/** A name that no other key has. */
const nameOf = (key: KeyObject): string =>
  `xunbo/${Buffer.from(sha256(rawPublicKey('ed25519', key)).subarray(0, 6)).toString('hex')}`;

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
