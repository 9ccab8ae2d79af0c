/** What a unit signs of an enrolment: which signatures stand, which are somebody else's, and which are forged. */
import { describe, expect, test } from 'vitest';
import {
  checkEndorsement,
  type Endorsement,
  endorsementMessage,
  readEndorsements,
  signerOf,
} from '../../../domain/proof/endorsement.ts';
import { logEntryText } from '../../../domain/proof/log-entry.ts';
import { fromBase64, toBase64 } from '../../../domain/tlog/base64.ts';
import { formatNote, formatVkey, KEY_TYPES, type NoteKey, parseVkey } from '../../../domain/tlog/signed-note.ts';
import { readEntryOf } from '../../../protocol/log-entry.ts';
import { sha256 } from '../../../server/sha256.ts';
import { verifyByNode } from '../../../server/tlog/raw-keys.ts';
import { enrolmentOf, signedNote, unitSigner } from '../../helpers/unit-signer.ts';

const tools = { sha256, verify: verifyByNode };
const entry = logEntryText(enrolmentOf(1));
const hall = unitSigner();

function endorsedBy(signer = hall, text = entry): Endorsement {
  const [endorsement] = readEndorsements(signedNote(signer, text), sha256)?.endorsements ?? [];
  if (!endorsement) throw new Error('not read');
  return endorsement;
}

const check = (endorsement: Endorsement, text = entry, key: NoteKey = hall.note): Promise<string> =>
  checkEndorsement(endorsement, text, key, tools);

describe('a signature of a unit', () => {
  test('[UE1] is over a line of its own, the exact entry and a newline, and stands by the key of the policy', async () => {
    expect(endorsementMessage(entry)).toBe(
      `xunbo/enrolment/v1\n{"assurance":"C","atMs":1000,"device":"${enrolmentOf(1).device}","kind":"enrolment","publicKey":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=","screen":"screen-1","v":1}\n`,
    );
    const key = parseVkey(formatVkey(hall.note), sha256);
    if (!key) throw new Error('no key');
    expect(await check(endorsedBy(), entry, key)).toBe('signed');
  });

  test.each([
    ['another device', enrolmentOf(2)],
    ['another screen', enrolmentOf(1, { screen: 'screen-2' })],
    ['another time', enrolmentOf(1, { atMs: 1001 })],
    ['another class', enrolmentOf(1, { assurance: 'A' })],
    ['another public key of the same id', enrolmentOf(1, { publicKey: enrolmentOf(2).publicKey })],
  ])('[UE1] is not one of %s, even where the entry is made to say so', async (_, swapped) => {
    const other = logEntryText(swapped);
    expect(await check(endorsedBy(), other)).toBe('other');
    const { screen, device } = swapped;
    const claimed = { ...endorsedBy(), screen, device, enrolment: endorsedBy(hall, other).enrolment };
    expect(await check(claimed, other)).toBe('forged');
  });

  test('[UE1] of another key under the same name is another’s, and one that was altered is forged', async () => {
    const rival = unitSigner();
    expect(await check(endorsedBy(rival))).toBe('other');
    expect(await check({ ...endorsedBy(), unit: 'other.example/unit' })).toBe('other');
    const bytes = fromBase64(endorsedBy().signature) ?? new Uint8Array();
    for (let k = 4; k < bytes.length; k += 1) {
      const altered = Uint8Array.from(bytes, (byte, at) => (at === k ? byte ^ 1 : byte));
      expect(await check({ ...endorsedBy(), signature: toBase64(altered) }), `byte ${k}`).toBe('forged');
    }
    const claimed = Uint8Array.of(...bytes.subarray(0, 4), ...(fromBase64(endorsedBy(rival).signature) ?? []).slice(4));
    expect(await check({ ...endorsedBy(), signature: toBase64(claimed) })).toBe('forged');
    expect(await check({ ...endorsedBy(), signature: toBase64(bytes.subarray(0, 60)) })).toBe('forged');
    expect(await check({ ...endorsedBy(), signature: 'none' })).toBe('other');
  });

  test('[UE1] says by which key it is, where it is a signature at all, and is by no key of another kind', async () => {
    expect(signerOf(endorsedBy())).toEqual({ name: 'hall.example/unit', id: hall.note.id });
    expect(signerOf({ ...endorsedBy(), signature: 'none' })).toBeNull();
    expect(await check(endorsedBy(), entry, { ...hall.note, type: KEY_TYPES.cosignEd25519 })).toBe('other');
  });

  test('[UE1] under an entry that names another screen or device than the enrolment is forged', async () => {
    expect(await check({ ...endorsedBy(), screen: 'screen-2' })).toBe('forged');
    expect(await check({ ...endorsedBy(), device: enrolmentOf(2).device })).toBe('forged');
  });

  test('[UE1] without its own first line, or under that of another purpose, signs nothing', async () => {
    for (const text of [`${entry}\n`, `xunbo/segment/v1\n${entry}\n`, `xunbo/enrolment/v2\n${entry}\n`]) {
      expect(readEndorsements(signedNote(hall, entry, text), sha256)).toBeNull();
      const [line] = signedNote(hall, entry, text).split('— hall.example/unit ').slice(1);
      expect(await check({ ...endorsedBy(), signature: line?.trim() ?? '' })).toBe('forged');
    }
  });
});

describe('a signed enrolment', () => {
  test('[UE2] is read out of its note, and stands in the log in one form', () => {
    const read = readEndorsements(signedNote(hall, entry), sha256);
    expect(read?.enrolment).toBe(entry);
    const [endorsement] = read?.endorsements ?? [];
    if (!endorsement) throw new Error('not read');
    const { device, enrolment, signature } = endorsement;
    const text = logEntryText(endorsement);
    expect(text).toBe(
      `{"device":"${device}","enrolment":"${enrolment}","kind":"endorsement","screen":"screen-1","signature":"${signature}","unit":"hall.example/unit","v":1}`,
    );
    expect(enrolment).toBe(Buffer.from(sha256(entry)).toString('hex'));
    expect(Buffer.from(signature, 'base64').subarray(0, 4).toString('hex')).toBe(hall.note.id);
    expect(readEntryOf('endorsement', text)).toEqual({ v: 1, ...endorsement });
    for (const other of [
      text.replace('"v":1', '"v":2'),
      ` ${text}`,
      text.replace('"kind"', '"more":1,"kind"'),
      'x',
      '1',
    ])
      expect(readEntryOf('endorsement', other), other).toBeNull();
  });

  test('[UE2] bears every signature of its note', () => {
    const [one, two] = [unitSigner('a'), unitSigner('b')];
    const both = signedNote(one, entry) + (signedNote(two, entry).split('\n\n')[1] ?? '');
    expect(readEndorsements(both, sha256)?.endorsements.map(({ unit }) => unit)).toEqual(['a', 'b']);
  });

  test.each([
    ['no note', entry],
    ['nothing signed', `${endorsementMessage(entry)}\n`],
    ['no JSON', signedNote(hall, 'enrolment')],
    ['JSON that is not canonical', signedNote(hall, ` ${entry}`)],
    ['more lines', signedNote(hall, `${entry}\n${entry}`)],
    ['another kind', signedNote(hall, logEntryText({ kind: 'retirement', screen: 's', device: 'd', atMs: 1 }))],
    ['no screen', signedNote(hall, '{"device":"d","kind":"enrolment"}')],
    ['no device', signedNote(hall, '{"kind":"enrolment","screen":"s"}')],
    ['a screen that is no text', signedNote(hall, '{"device":"d","kind":"enrolment","screen":1}')],
    ['a device that is no text', signedNote(hall, '{"device":1,"kind":"enrolment","screen":"s"}')],
    ['a text that is none', signedNote(hall, '"enrolment"')],
    ['no object', signedNote(hall, '[]')],
    ['null', signedNote(hall, 'null')],
    ['another log’s checkpoint', formatNote({ text: 'a\n1\nb\n', signatures: [] })],
  ])('[UE2] is none where there is %s', (_, note) => expect(readEndorsements(note, sha256)).toBeNull());

  test('[UE2] an enrolment is read in its one spelling', () => {
    expect(readEntryOf('enrolment', entry)).toEqual({ v: 1, ...enrolmentOf(1) });
    for (const other of [entry.replace('"v":1', '"v":2'), `${entry} `, entry.replace('"C"', '"D"'), '{}', ''])
      expect(readEntryOf('enrolment', other), other).toBeNull();
  });
});
