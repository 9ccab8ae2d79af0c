/** Checkpoints: whose signatures stand on them and since when, which are forged, and which texts are none. */
import { describe, expect, test } from 'vitest';
import {
  checkpointText,
  parseCheckpoint,
  signatureBy,
  signedMessage,
  timestamped,
} from '../../../domain/tlog/checkpoint.ts';
import { formatNote, KEY_TYPES } from '../../../domain/tlog/signed-note.ts';
import { pair, verifyNode } from './support/note-keys.ts';

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
