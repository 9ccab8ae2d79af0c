/** Keys of somebody who signs notes under a name, made once in a folder and never again. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type KeyType, type NoteKey, noteKey } from '../../domain/tlog/signed-note.ts';
import { sha256 } from '../sha256.ts';
import { replaceFile } from '../stores/durable-file.ts';
import { errnoOf, StoreError } from '../stores/store-error.ts';
import { rawPublicKey } from './raw-keys.ts';

/** One key: as notes name it, and what signs. */
export type SigningKey = { note: NoteKey; privateKey: KeyObject };

/**
 * A name and its keys: Ed25519 and, for the time when that no longer holds, ML-DSA-44. `confirm`: of keys just made, to be called once what they
 * stand for is on the disk; null for those that were there.
 */
export type NoteKeys = {
  name: string;
  ed25519: SigningKey;
  mlDsa44: SigningKey;
  confirm: (() => Promise<void>) | null;
};

/** Whose keys: `role` begins the names of their files, `name` is for new ones (null: one made of the key), `types` are the kinds of notes they sign. */
export type NoteKeysOf = {
  role: 'log' | 'witness';
  name: string | null;
  types: { ed25519: KeyType; mlDsa44: KeyType };
};

/** A name that keys may have. */
export const KEY_NAME = /^[\x21-\x2a\x2c-\x7e]{1,200}$/;

/**
 * Reads the keys in `folder`, or makes them where there is no name. Rejects with `StoreError`: `damaged` where a key of that name is missing (another key is
 * somebody else, and that is not for a program to decide), `faulty` where the name is none, `conflict` where the keys are another name's.
 */
export async function openNoteKeys(folder: string, { role, name, types }: NoteKeysOf): Promise<NoteKeys> {
  const path = (end: string): string => join(folder, `${role}-${end}`);
  const [kept, ...pems] = await Promise.all([path('name'), path('ed25519.pem'), path('ml-dsa-44.pem')].map(readOrNull));
  const [ed25519, mlDsa44] = pems.map((pem) => (pem ? createPrivateKey(pem) : null));
  const known = kept?.trim() ?? null;
  if (known === null) {
    // The name is written last: keys without one are of a start that was cut off before anybody saw them.
    const made = {
      ed25519: generateKeyPairSync('ed25519').privateKey,
      mlDsa44: generateKeyPairSync('ml-dsa-44').privateKey,
    };
    const own = checked(name ?? nameOf(made.ed25519));
    await replaceFile(path('ed25519.pem'), pemOf(made.ed25519));
    await replaceFile(path('ml-dsa-44.pem'), pemOf(made.mlDsa44));
    return { ...keysOf(own, types, made), confirm: () => replaceFile(path('name'), `${own}\n`) };
  }
  if (!ed25519 || !mlDsa44) throw new StoreError('damaged', `${folder} names the ${role} ${known}, but lacks its keys`);
  if (name !== null && role === 'witness' && name !== known) {
    throw new StoreError('conflict', `${folder} is of the ${role} ${known}, not of ${name}`);
  }
  return { ...keysOf(checked(known), types, { ed25519, mlDsa44 }), confirm: null };
}

function keysOf(
  name: string,
  types: NoteKeysOf['types'],
  { ed25519, mlDsa44 }: { ed25519: KeyObject; mlDsa44: KeyObject },
): Omit<NoteKeys, 'confirm'> {
  return {
    name,
    ed25519: {
      note: noteKey(name, types.ed25519, rawPublicKey('ed25519', ed25519), sha256),
      privateKey: ed25519,
    },
    mlDsa44: {
      note: noteKey(name, types.mlDsa44, rawPublicKey('ml-dsa-44', mlDsa44), sha256),
      privateKey: mlDsa44,
    },
  };
}

function checked(name: string): string {
  if (KEY_NAME.test(name)) return name;
  throw new StoreError('faulty', `${name} is no name: up to 200 ASCII characters without space and plus`);
}

/** A name that no other key has. */
const nameOf = (key: KeyObject): string =>
  `xunbo/${Buffer.from(sha256(rawPublicKey('ed25519', key)).subarray(0, 6)).toString('hex')}`;

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
