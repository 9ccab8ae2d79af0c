import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fromBase64, toBase64 } from '../../../domain/tlog/base64.ts';
import {
  checkpointText,
  parseCheckpoint,
  signatureBy,
  signedMessage,
  timestamped,
  type VerifySignature,
} from '../../../domain/tlog/checkpoint.ts';
import { isQuorum, parsePolicy } from '../../../domain/tlog/policy.ts';
import {
  formatNote,
  formatVkey,
  KEY_TYPES,
  type KeyType,
  type NoteKey,
  noteKey,
  parseNote,
  parseSignatures,
  parseVkey,
  signaturesOf,
} from '../../../domain/tlog/signed-note.ts';
import { sha256 } from '../../../server/sha256.ts';

const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

const verifyNode: VerifySignature = (_kind, publicKey, message, signature) => {
  const head = publicKey.length === 32 ? ED25519_SPKI : mlDsaSpki;
  const key = createPublicKey({ key: Buffer.concat([head, publicKey]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(message), key, signature);
};

const mlDsaSpki = generateKeyPairSync('ml-dsa-44').publicKey.export({ type: 'spki', format: 'der' }).subarray(0, 22);

/** A key pair of a kind: what signs, and the key of the note. */
function pair(name: string, type: KeyType): { key: NoteKey; sign: (message: Uint8Array | string) => Uint8Array } {
  const made = type === KEY_TYPES.cosignMlDsa44 ? generateKeyPairSync('ml-dsa-44') : generateKeyPairSync('ed25519');
  const bytes = made.publicKey.export({ type: 'spki', format: 'der' });
  const key = noteKey(name, type, bytes.subarray(type === KEY_TYPES.cosignMlDsa44 ? 22 : 12), sha256);
  return { key, sign: (message) => sign(null, Buffer.from(message), made.privateKey) };
}

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

describe('checkpoints', () => {
  const head = { origin: 'town.example/xunbo', size: 20_852_163, root: new Uint8Array(32).fill(7) };
  const log = pair(head.origin, KEY_TYPES.ed25519);
  const witnesses = [
    pair('witness.example/w1', KEY_TYPES.cosignEd25519),
    pair('witness.example/w2', KEY_TYPES.cosignMlDsa44),
  ];
  const TIME_S = 1_795_000_000;

  const signed = (of = head): string =>
    formatNote({
      text: checkpointText(of),
      signatures: [
        { ...log.key, signature: log.sign(signedMessage(of, log.key, 0)) },
        ...witnesses.map((one) => ({
          ...one.key,
          signature: timestamped(TIME_S, one.sign(signedMessage(of, one.key, TIME_S))),
        })),
      ],
    });

  test('[TL5] signatures of log and cosigners stand, with the time of each', async () => {
    const checkpoint = parseCheckpoint(signed());
    if (!checkpoint) throw new Error('not read');
    expect(checkpoint).toMatchObject(head);
    expect(await signatureBy(checkpoint, log.key, verifyNode)).toEqual({ timeS: null });
    for (const { key } of witnesses) expect(await signatureBy(checkpoint, key, verifyNode)).toEqual({ timeS: TIME_S });
    expect(await signatureBy(checkpoint, pair('other.example', KEY_TYPES.cosignEd25519).key, verifyNode)).toBeNull();
  });

  test('[TL5] a signature under a known name that does not verify is forged, whatever was changed', async () => {
    const others = [
      signed().replace('\n20852163\n', '\n20852164\n'),
      signed().replace('BwcHBwcH', 'BwcHBwcI'),
      signed().replace('town.example/xunbo\n', 'town.example/other\n'),
    ];
    for (const other of others) {
      const checkpoint = parseCheckpoint(other);
      if (!checkpoint) throw new Error('not read');
      for (const { key } of [log, ...witnesses]) expect(await signatureBy(checkpoint, key, verifyNode)).toBe('forged');
    }
    const late = parseCheckpoint(signed());
    for (const { key } of witnesses) {
      const note = late?.note.signatures.find(({ id }) => id === key.id);
      if (note) note.signature[7] = (note.signature[7] ?? 0) ^ 1;
      if (late) expect(await signatureBy(late, key, verifyNode)).toBe('forged');
    }
  });

  test('[TL5] of an empty log is one too', () => {
    expect(parseCheckpoint(signed({ ...head, size: 0 }))).toMatchObject({ size: 0 });
  });

  test('[TL5] several signatures of one key stand where all of them do, with the time of the first', async () => {
    const [{ key, sign: signs } = log] = witnesses;
    const at = (timeS: number, byte = 0) => {
      const signature = timestamped(timeS, signs(signedMessage(head, key, timeS)));
      return { ...key, signature: signature.map((one, k) => (k === 9 ? one ^ byte : one)) };
    };
    const standing = async (...signatures: ReturnType<typeof at>[]) => {
      const checkpoint = parseCheckpoint(formatNote({ text: checkpointText(head), signatures }));
      return checkpoint && signatureBy(checkpoint, key, verifyNode);
    };
    expect(await standing(at(TIME_S), at(TIME_S + 1))).toEqual({ timeS: TIME_S });
    expect([await standing(at(TIME_S), at(TIME_S, 1)), await standing(at(TIME_S, 1), at(TIME_S))]).toEqual([
      ...['forged', 'forged'],
    ]);
    expect(await standing({ ...key, signature: Uint8Array.of(1, 2, 3) })).toBe('forged');
  });

  test.each([
    ['a size with a zero before it', signed().replace('\n20852163\n', '\n020852163\n')],
    ['a size past what numbers hold', signed().replace('\n20852163\n', '\n99999999999999999\n')],
    ['a size that numbers do not hold exactly', signed().replace('\n20852163\n', '\n9007199254740993\n')],
    ['a size below nothing', signed().replace('\n20852163\n', '\n-1\n')],
    ['more after the size', signed().replace('\n20852163\n', '\n20852163 \n')],
    ['a root that is no base64', signed().replace('BwcHBwcH', '!!!!!!!!')],
    ['no root', signed().replace(/BwcH.*\n/, '')],
    ['a root that is too short', signed().replace('BwcHBwcH', '')],
    ['a line after the root', signed().replace('\n\n', '\nmore\n\n')],
    ['an empty line and more after the root', signed().replace('\n\n', '\n\nmore\n\n')],
    ['no origin', signed().replace('town.example/xunbo\n', '\n')],
  ])('[TL5] refuses a checkpoint with %s', (_, text) => expect(parseCheckpoint(text)).toBeNull());
});

describe('a policy', () => {
  const log = formatVkey(pair('town.example/xunbo', KEY_TYPES.ed25519).key);
  const keys = ['a', 'b', 'c'].map((name) => formatVkey(pair(`${name}.example`, KEY_TYPES.cosignEd25519).key));
  const text = `# whom the inspectorate trusts
#and how
log ${log}
witness A ${keys[0]} https://a.example
witness B ${keys[1]}
  witness\tC ${keys[2]}
group towns any B C

group all all A towns
quorum all
`;

  test('[TL6] asks for the witnesses that it names, and as many', () => {
    const policy = parsePolicy(text, sha256);
    if (!policy.ok) throw new Error(policy.error.what);
    expect(policy.value.logs).toHaveLength(1);
    expect(policy.value.witnesses.map(({ name, url }) => [name, url])).toEqual([
      ['A', 'https://a.example'],
      ['B', null],
      ['C', null],
    ]);
    const isEnough = (...names: string[]): boolean => isQuorum(policy.value, new Set(names));
    expect([isEnough('A', 'B'), isEnough('A', 'C'), isEnough('A', 'B', 'C')]).toEqual([true, true, true]);
    expect([isEnough(), isEnough('A'), isEnough('B', 'C'), isEnough('towns', 'A')]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    const none = parsePolicy(`log ${log}\nquorum none\n`, sha256);
    expect(none.ok && isQuorum(none.value, new Set())).toBe(true);
  });

  test.each([
    ['no quorum', text.replace('quorum all', ''), /quorum/],
    ['two quorums', `${text}quorum none\n`, /one line/],
    ['a quorum of nobody', text.replace('quorum all', 'quorum nobody'), /stands above/],
    ['a member that stands below', text.replace('any B C', 'any B D'), /D does not/],
    ['a member that counts twice', text.replace('all A towns', 'all A B towns'), /in two/],
    ['more than all', text.replace('any B C', '3 B C'), /1 ≤ K/],
    ['none as a name', text.replace('group towns', 'group none'), /another name/],
    ['a witness with the key of a log', text.replace(keys[0] ?? '', log), /cosigner/],
    ['a witness twice', text.replace(keys[1] ?? '', keys[0] ?? ''), /each witness once/],
    ['a word nobody knows', `${text}trust everybody\n`, /one of log/],
    ['a broken key', text.replace('+A', '+B'), /VKEY/],
    ['a log twice', text.replace('witness A', `log ${log}\nwitness A`), /each log once/],
    ['a log with two addresses', text.replace(log, `${log} https://a https://b`), /log VKEY \[URL\]/],
    ['a witness with two addresses', text.replace('https://a.example', 'https://a https://b'), /witness NAME VKEY/],
    ['a witness without a key', text.replace(keys[0] ?? '', ''), /witness NAME VKEY/],
    ['two witnesses of one name', text.replace('witness B', 'witness A'), /another name than A/],
    ['a group of the name of a witness', text.replace('group towns', 'group A'), /another name than A/],
    ['a group of nobody', text.replace('any B C', 'all'), /1 ≤ K/],
    ['none of a group', text.replace('any B C', '0 B C'), /1 ≤ K/],
    ['a number with more behind it', text.replace('any B C', '1x B C'), /1 ≤ K/],
    ['a number with more before it', text.replace('any B C', 'x1 B C'), /1 ≤ K/],
    ['a group without a rule', text.replace('group towns any B C', 'group towns'), /1 ≤ K/],
    ['a quorum with more behind it', text.replace('quorum all', 'quorum all A'), /one line `quorum NAME`/],
    ['a quorum without a name', text.replace('quorum all', 'quorum'), /`quorum none`, or a name/],
    ['more lines than anybody reads', '\n'.repeat(1000), /at most 1000 lines/],
  ])('[TL6] refuses %s, and says which line', (_, wrong, what) => {
    const policy = parsePolicy(wrong, sha256);
    expect(policy.ok).toBe(false);
    if (!policy.ok) expect(policy.error.what).toMatch(what);
    if (!policy.ok) expect(policy.error.line).toBeGreaterThan(0);
  });

  test('[TL6] may have a thousand lines, the ends of lines of Windows, logs with addresses and one key a witness of many', () => {
    expect(parsePolicy('\n'.repeat(999), sha256)).toMatchObject({
      ...{ ok: false, error: { line: 1000, what: expect.stringContaining('quorum') } },
    });
    const logs = `log ${log} https://log.example\nlog ${formatVkey(pair('other', KEY_TYPES.ed25519).key)}`;
    const policy = parsePolicy(text.replace(`log ${log}`, logs).replaceAll('\n', '\r\n'), sha256);
    expect(policy.ok && policy.value.logs.map(({ name }) => name)).toEqual(['town.example/xunbo', 'other']);
  });

  test('[TL6] takes two keys for one only where all of them is the same', () => {
    const short = noteKey('w', KEY_TYPES.cosignEd25519, new Uint8Array(32).fill(7), sha256);
    const long = noteKey('w', KEY_TYPES.cosignMlDsa44, new Uint8Array(1312).fill(7), sha256);
    const near = noteKey('w', KEY_TYPES.cosignEd25519, new Uint8Array(32).fill(7).fill(8, 31), sha256);
    const all = [short, long, near].map((key, k) => `witness W${k} ${formatVkey(key)}\n`);
    for (const lines of [all, all.toReversed()])
      expect(parsePolicy(`${lines.join('')}quorum none\n`, sha256).ok).toBe(true);
  });

  test('[TL6] counts as many of a group as it says', () => {
    for (const [rule, enough] of [
      ['any', 1],
      ['2', 2],
      ['all', 3],
    ] as const) {
      const policy = parsePolicy(text.replace('any B C', `${rule} A B C`).replace('all A towns', 'all towns'), sha256);
      if (!policy.ok) throw new Error(policy.error.what);
      const counts = [[], ['A'], ['A', 'B'], ['A', 'B', 'C']].map((names) => isQuorum(policy.value, new Set(names)));
      expect(counts.map((isEnough, count) => isEnough === count >= enough)).toEqual([true, true, true, true]);
    }
  });
});
