/** Signed notes: text, and under it who signed it (C2SP signed-note). */
import type { Sha256 } from '../proof/merkle.ts';
import { fromBase64, toBase64 } from './base64.ts';

/** The kinds of keys used here, by the byte that C2SP gives them: a log's own Ed25519, and those of cosigners. */
export const KEY_TYPES = { ed25519: 1, cosignEd25519: 4, cosignMlDsa44: 6 } as const;

/** One of {@link KEY_TYPES}. */
export type KeyType = (typeof KEY_TYPES)[keyof typeof KEY_TYPES];

/** Bytes of public keys. */
const KEY_BYTES: Record<KeyType, number> = { 1: 32, 4: 32, 6: 1312 };

/** A key that notes may be signed with. `id`: the first four bytes of its hash, in hexadecimal. */
export type NoteKey = { name: string; type: KeyType; publicKey: Uint8Array; id: string };

/** One signature line: `id` is a hint to the key, `signature` what stands behind it. */
export type NoteSignature = { name: string; id: string; signature: Uint8Array };

/** A note. `text` ends in a newline. */
export type Note = { text: string; signatures: NoteSignature[] };

/** Of more signatures than these a note is refused: more than any quorum here asks for. */
const MOST_SIGNATURES = 64;
const ID_BYTES = 4;
const NAME = /^[^\s+]+$/u;
const LINE = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a note must not have
const FORBIDDEN = /[\u0000-\u0009\u000b-\u001f]/;

/** A key with its id. */
export function noteKey(name: string, type: KeyType, publicKey: Uint8Array, sha256: Sha256): NoteKey {
  return {
    name,
    type,
    publicKey,
    id: hexOf(sha256(`${name}\n`, Uint8Array.of(type), publicKey).subarray(0, ID_BYTES)),
  };
}

/** A key in the form in which policies name it: `NAME+ID+BASE64`. */
export const formatVkey = ({ name, type, publicKey, id }: NoteKey): string =>
  `${name}+${id}+${toBase64(Uint8Array.of(type, ...publicKey))}`;

/** The key of such a form; null for what is none, is of a kind that is not used here, or has another id. */
export function parseVkey(text: string, sha256: Sha256): NoteKey | null {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  const type = Object.values(KEY_TYPES).find((known) => known === bytes?.[0]);
  if (!bytes || !NAME.test(name) || type === undefined || bytes.length !== 1 + KEY_BYTES[type]) return null;
  const key = noteKey(name, type, bytes.slice(1), sha256);
  return key.id === id ? key : null;
}

/** Text and signatures as one note. */
export const formatNote = ({ text, signatures }: Note): string => `${text}\n${signatures.map(signatureLine).join('')}`;

/** One signature as its line. */
export const signatureLine = (signature: NoteSignature): string => `— ${signature.name} ${signatureText(signature)}\n`;

/** What stands behind the name in such a line: base64 of id and signature. */
export const signatureText = ({ id, signature }: Pick<NoteSignature, 'id' | 'signature'>): string =>
  toBase64(Uint8Array.of(...bytesOf(id), ...signature));

/** The note of such text; null for what is none. */
export function parseNote(note: string): Note | null {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || FORBIDDEN.test(note)) return null;
  const signatures = parseSignatures(note.slice(split + 2));
  return signatures && { text: note.slice(0, split + 1), signatures };
}

/** The signatures of such lines, each ended by a newline; null where one is none, or there is no line. */
export function parseSignatures(lines: string): NoteSignature[] | null {
  if (!lines.endsWith('\n')) return null;
  const parsed = lines.slice(0, -1).split('\n').map(parseSignature);
  const sound = parsed.filter((signature) => signature !== null);
  return sound.length === parsed.length && sound.length <= MOST_SIGNATURES ? sound : null;
}

function parseSignature(line: string): NoteSignature | null {
  const [, name = '', encoded = ''] = LINE.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (!bytes || bytes.length <= ID_BYTES) return null;
  return { name, id: hexOf(bytes.subarray(0, ID_BYTES)), signature: bytes.slice(ID_BYTES) };
}

/** The signatures of a note that say they are by `key`; whether they are is to be verified. */
export const signaturesOf = ({ signatures }: Note, { name, id }: NoteKey): NoteSignature[] =>
  signatures.filter((signature) => signature.name === name && signature.id === id);

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const bytesOf = (id: string): number[] => [0, 2, 4, 6].map((at) => Number.parseInt(id.slice(at, at + 2), 16));
