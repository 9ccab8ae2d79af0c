/** What is packed comes back byte for byte, and can be unpacked for ever. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FORM, packSegment, unpackSegment } from '../../../server/stores/packed-segment.ts';
import {
  CHAIN_PROGRAM_HASH,
  CHAIN_PROGRAM_TEXT,
  chainStart,
  nextSegment,
  PLAY,
  shaOf,
} from '../../helpers/chain-builder.ts';

const { segment } = nextSegment(
  chainStart(),
  Array.from({ length: 40 }, () => PLAY),
);
const text = Buffer.from(CHAIN_PROGRAM_TEXT);
const withProgram = { ...segment, program: { hash: CHAIN_PROGRAM_HASH, text } };
const expectTexts = (found: unknown): void => expect(found).toEqual(texts);
const texts = { header: segment.header, body: segment.body };

test('[S41] a segment is packed to less than a tenth with its program, and comes back byte for byte with it and without', () => {
  for (const context of [withProgram, { ...segment, program: null }]) {
    const packed = packSegment(segment, context);
    expect(unpackSegment(packed, context)).toEqual(texts);
    expect(packed.length * 10).toBeLessThan(segment.header.length + segment.body.length);
  }
});

test('[S41] any texts come back, with a program of any length', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).map((header) => header.replaceAll('\n', '')),
      fc.string({ unit: 'grapheme', maxLength: 5000 }),
      fc.integer({ min: 0, max: 200_000 }),
      (header, body, length) => {
        const context = { ...segment, program: { hash: CHAIN_PROGRAM_HASH, text: Buffer.alloc(length, text) } };
        expect(unpackSegment(packSegment({ header, body }, context), context)).toEqual({ header, body });
      },
    ),
    { numRuns: 200 },
  );
});

test('[S41] what was packed with one program does not come back with another, nor when it is cut short', () => {
  const packed = packSegment(segment, withProgram);
  const other = { hash: CHAIN_PROGRAM_HASH, text: Buffer.from(text.toString().replaceAll('film', 'post')) };
  expect(() => expectTexts(unpackSegment(packed, { ...segment, program: other }))).toThrow();
  expect(() => expectTexts(unpackSegment(packed, { ...segment, program: null }))).toThrow();
  for (let end = 0; end < packed.length; end += 1) {
    expect(() => unpackSegment(packed.subarray(0, end), withProgram), `cut at ${end}`).toThrow();
  }
});

test('[S41] what was packed by an earlier version can still be unpacked: its dictionary never changes', () => {
  expect(shaOf(FORM.toString())).toBe('cb04377cceccdd1a79e41992527fd07019a490b8a589f25ad63ca2d48f676d11');
});
