/** The keys by which the log signs, made once and kept with the server's keys. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KEY_TYPES, type NoteKey, noteKey } from '../../domain/tlog/signed-note.ts';
import { sha256 } from '../sha256.ts';
import { replaceFile } from '../stores/durable-file.ts';
import { errnoOf, StoreError } from '../stores/store-error.ts';
import { rawPublicKey } from './raw-keys.ts';

/** One key of the log: as notes name it, and what signs. */
export type LogKey = { note: NoteKey; privateKey: KeyObject };

/**
 * The log's identity: its name and its keys, Ed25519 and, for the time when that no longer holds, ML-DSA-44. `confirm`: of a new log, to be called
 * once its first checkpoint is signed; null for one that signed before.
 */
export type LogKeys = { origin: string; ed25519: LogKey; mlDsa44: LogKey; confirm: (() => Promise<void>) | null };

const ORIGIN_FILE = 'log-origin';
const ORIGIN = /^[\x21-\x2a\x2c-\x7e]{1,200}$/;

/**
 * Reads the keys in `folder`, or makes them where there are none at all. `origin`: the name of a new log, null for one made of its key. Rejects
 * with `StoreError` `damaged` where only some are there: a log whose key is gone is another log, and that is not for a program to decide.
 */
export async function openLogKeys(folder: string, origin: string | null): Promise<LogKeys> {
  const files = { ed25519: join(folder, 'log-ed25519.pem'), mlDsa44: join(folder, 'log-ml-dsa-44.pem') };
  const [name, ed25519, mlDsa44] = await Promise.all(
    [join(folder, ORIGIN_FILE), files.ed25519, files.mlDsa44].map(readOrNull),
  );
  // The name is written last: keys without one are of a start that was cut off before anybody saw them.
  if (name === null || name === undefined) return await makeKeys(folder, files, origin);
  if (!ed25519 || !mlDsa44)
    throw new StoreError('damaged', `${folder} names the log ${name.trim()}, but lacks its keys`);
  if (!ORIGIN.test(name.trim())) throw new StoreError('damaged', `${join(folder, ORIGIN_FILE)} holds no name of a log`);
  return { ...keysOf(name.trim(), createPrivateKey(ed25519), createPrivateKey(mlDsa44)), confirm: null };
}

async function makeKeys(
  folder: string,
  files: { ed25519: string; mlDsa44: string },
  origin: string | null,
): Promise<LogKeys> {
  const ed25519 = generateKeyPairSync('ed25519').privateKey;
  const mlDsa44 = generateKeyPairSync('ml-dsa-44').privateKey;
  const own = Buffer.from(sha256(rawPublicKey('ed25519', ed25519)).subarray(0, 6)).toString('hex');
  const name = origin ?? `xunbo/${own}`;
  if (!ORIGIN.test(name)) {
    throw new StoreError('faulty', `${name} is no name of a log: up to 200 ASCII characters without space and plus`);
  }
  await replaceFile(files.ed25519, ed25519.export({ type: 'pkcs8', format: 'pem' }));
  await replaceFile(files.mlDsa44, mlDsa44.export({ type: 'pkcs8', format: 'pem' }));
  return { ...keysOf(name, ed25519, mlDsa44), confirm: () => replaceFile(join(folder, ORIGIN_FILE), `${name}\n`) };
}

function keysOf(origin: string, ed25519: KeyObject, mlDsa44: KeyObject): Omit<LogKeys, 'confirm'> {
  const note = (type: NoteKey['type'], publicKey: Uint8Array): NoteKey => noteKey(origin, type, publicKey, sha256);
  return {
    origin,
    ed25519: { note: note(KEY_TYPES.ed25519, rawPublicKey('ed25519', ed25519)), privateKey: ed25519 },
    mlDsa44: { note: note(KEY_TYPES.cosignMlDsa44, rawPublicKey('ml-dsa-44', mlDsa44)), privateKey: mlDsa44 },
  };
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
