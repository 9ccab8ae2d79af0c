/** Signed notes and the keys they name: read, verified and written back byte for byte, or refused. */
import { describe, expect, test } from 'vitest';
import { fromBase64, toBase64 } from '../../../domain/tlog/base64.ts';
import {
  formatNote,
  formatVkey,
  KEY_TYPES,
  type KeyType,
  noteKey,
  parseNote,
  parseSignatures,
  parseVkey,
  signaturesOf,
} from '../../../domain/tlog/signed-note.ts';
import { sha256 } from '../../../server/sha256.ts';
import { verifyNode } from './support/note-keys.ts';

describe('signed notes', () => {
  /** The example of Go's note package. */
  const VKEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const TEXT = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.
`;
  const NOTE = `${TEXT}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

  test('[TL4] one made elsewhere is read, verified and written back byte for byte', async () => {
    const key = parseVkey(VKEY, sha256);
    const note = parseNote(NOTE);
    if (!key || !note) throw new Error('not read');
    expect(formatVkey(key)).toBe(VKEY);
    expect(note.text).toBe(TEXT);
    expect(formatNote(note)).toBe(NOTE);
    const [found] = signaturesOf(note, key);
    expect(verifyNode('ed25519', key.publicKey, note.text, found?.signature ?? new Uint8Array())).toBe(true);
    expect(verifyNode('ed25519', key.publicKey, `${note.text} `, found?.signature ?? new Uint8Array())).toBe(false);
  });

  test.each([
    ['no signature', `${TEXT}\n`],
    ['no empty line', NOTE.replace('\n\n', '\n')],
    ['no newline at its end', NOTE.trimEnd()],
    ['another letter for the newline at its end', `${NOTE.trimEnd()}x`],
    ['no text and no empty line', `x${NOTE.split('\n\n')[1]}`],
    ['a tab', NOTE.replace('your problem,', 'your\tproblem,')],
    ['two spaces before the signature', NOTE.replace('PeterNeumann x', 'PeterNeumann  x')],
    ['a hyphen for the dash', NOTE.replace('— ', '- ')],
    ['base64 in another spelling', NOTE.replace('AM=', 'AN=')],
    ['too many signatures', NOTE + NOTE.split('\n\n')[1]?.repeat(64)],
    ['a signature of no more than an id', `${TEXT}\n— PeterNeumann x08gow==\n`],
    ['a name with a plus', NOTE.replace('PeterNeumann x', 'Peter+Neumann x')],
    ['more behind a signature', NOTE.replace('AM=\n', 'AM= x\n')],
    ['something before the dash', NOTE.replace('— ', ' — ')],
    ['a line that is no signature among others', `${NOTE}x\n`],
  ])('[TL4] refuses a note with %s', (_, text) => expect(parseNote(text)).toBeNull());

  test('[TL4] one may have 64 signatures, and any text but control characters', () => {
    const line = NOTE.split('\n\n')[1] ?? '';
    expect(parseNote(NOTE + line.repeat(63))?.signatures).toHaveLength(64);
    expect(parseNote(NOTE.replace('\n\n', '\n\n— a note within\n\n'))?.text).toBe(`${TEXT}\n— a note within\n`);
    expect(parseNote(`\n\n${line}`)).toMatchObject({ text: '\n' });
    expect(parseSignatures(line.trimEnd())).toBeNull();
  });

  test('[TL4] the signatures of a key are those of its name and id', () => {
    const note = parseNote(NOTE);
    const key = parseVkey(VKEY, sha256);
    if (!key || !note) throw new Error('not read');
    expect(signaturesOf(note, { ...key, name: 'Peter' })).toEqual([]);
    expect(signaturesOf(note, { ...key, id: 'c74f20a4' })).toEqual([]);
  });

  test.each([
    ['an id of another key', VKEY.replace('c74f20a3', 'c74f20a4')],
    ['a key cut short', VKEY.slice(0, -4)],
    ['an unknown kind', VKEY.replace('+ARpc', '+BRpc')],
    ['no name', VKEY.replace('PeterNeumann', '')],
    ['a name with a space', VKEY.replace('PeterNeumann', 'Peter Neumann')],
    ['something before it', `+${VKEY}`],
    ['a line after it', `${VKEY}\n`],
    ['an id in capitals', VKEY.replace('c74f20a3', 'C74F20A3')],
  ])('[TL4] refuses a key with %s', (_, text) => expect(parseVkey(text, sha256)).toBeNull());

  test.each<[string, string, number, number]>([
    ['of another length', 'town', KEY_TYPES.ed25519, 31],
    ['of the length of another kind', 'town', KEY_TYPES.cosignMlDsa44, 32],
    ['of a kind that is not used here', 'town', 2, 32],
    ['of a name with a space', 'the town', KEY_TYPES.ed25519, 32],
  ])('[TL4] refuses a key %s, even with its right id', (_, name, type, length) => {
    const key = noteKey(name, type as KeyType, new Uint8Array(length).fill(7), sha256);
    expect(parseVkey(formatVkey(key), sha256)).toBeNull();
    expect(
      parseVkey(formatVkey(noteKey('town', KEY_TYPES.ed25519, new Uint8Array(32), sha256)), sha256),
    ).not.toBeNull();
  });

  test('[TL4] base64 is as everybody writes it, and in one spelling', () => {
    for (let length = 0; length < 70; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, k) => (k * 37 + length) & 0xff);
      const text = Buffer.from(bytes).toString('base64');
      expect(toBase64(bytes)).toBe(text);
      expect(fromBase64(text)).toEqual(bytes);
    }
    for (const wrong of ['A', 'AA', 'AAA', 'AB==', 'AAB=', 'A===', '=AAA', 'AA=A', 'AA A', 'AAAA=', 'A-_A'])
      expect(fromBase64(wrong), wrong).toBeNull();
  });
});
