/** A bundle's lines: written part by part, and read back as they were or not at all. */
import { describe, expect, test } from 'vitest';
import type { BundlePart } from '../../../domain/bundle/bundle-part.ts';
import { createPartReader, type PartHead, partText } from '../../../domain/bundle/bundle-text.ts';

const PARTS: BundlePart[] = [
  { type: 'program', body: '{"a":1}' },
  {
    ...{ type: 'bundle', format: 1, checkpoint: 'a\n\nb\n' },
    ...{ from: '2026-07-01', to: '2026-07-02', campaign: null, unit: null, screens: ['a'] },
  },
  { type: 'entry', index: 3, proof: ['AA=='], entry: 'an entry' },
  { type: 'range', from: 4, roots: ['BB=='] },
  { type: 'checkpoint', note: 'a note' },
  { type: 'entries', heads: [5], entries: ['one', '', 'three'] },
  { type: 'entries', heads: [], entries: [] },
  { type: 'segment', signature: 'CC==', header: 'a header', records: ['one', 'two'] },
  { type: 'segment', signature: 'CC==', header: 'a header', records: [] },
  { type: 'end' },
];

/** Any object is a head here; which heads there are is for the readers of the contract to say. */
const readHead = (line: string): PartHead | null => (line.startsWith('{') ? JSON.parse(line) : null);

describe('the lines of a part', () => {
  test('[BV6] give the part back, each kind after each other', () => {
    const reader = createPartReader(readHead);
    for (const part of PARTS) {
      const lines = partText(part).slice(0, -1).split('\n');
      const taken = lines.map((line) => {
        const result = reader.take(line);
        return [result, reader.isOpen()];
      });
      expect(taken.pop()).toEqual([{ ok: true, value: part }, false]);
      expect(taken).toEqual(taken.map(() => [{ ok: true, value: null }, true]));
    }
  });

  test('[BV6] are none without a head', () => {
    const reader = createPartReader(readHead);
    expect(reader.take('a line')).toEqual({ ok: false, error: 'a line that is no head of a part' });
    expect(reader.isOpen()).toBe(false);
  });

  test.each<[string, object, string[]]>([
    ['an entry of none', { type: 'entry', index: 0, proof: [], lines: 0 }, []],
    ['an entry of two', { type: 'entry', index: 0, proof: [], lines: 2 }, ['one', 'two']],
    ['a program of none', { type: 'program', lines: 0 }, []],
    ['a program of two', { type: 'program', lines: 2 }, ['one', 'two']],
    ['a segment of none', { type: 'segment', signature: '', lines: 0 }, []],
  ])('[BV6] are refused where there is another number of them than the kind has: %s', (_, head, lines) => {
    const reader = createPartReader(readHead);
    const taken = [JSON.stringify(head), ...lines].map((line) => reader.take(line));
    expect(taken.pop()).toEqual({ ok: false, error: 'a part with another number of lines than it has to have' });
    expect(taken.every((one) => one.ok)).toBe(true);
  });
});
