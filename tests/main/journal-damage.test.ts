/** What an agent makes of a journal that it finds torn, damaged or left open: what is whole stays, and nothing follows what is not. */
import { describe, expect, test } from 'vitest';
import { headerHash } from '../../domain/proof/segment.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import { sha256 } from '../../main/sha256.ts';
import { segmentHeaderSchema } from '../../protocol/proof.ts';
import { FOLDER, fill, itemsOf, namesOf, openJournal, recordsOf } from './support/journal-rig.ts';
import { createMemoryFiles } from './support/memory-files.ts';

describe('a journal that is found', () => {
  test('[J3] a torn tail is cut off at the last whole record and the next start goes on behind it', () => {
    const files = createMemoryFiles();
    fill(openJournal(files), 0, 3);
    const path = [...files.content.keys()].find((p) => p.endsWith('.open')) ?? '';
    files.content.set(path, Buffer.concat([files.content.get(path) ?? Buffer.alloc(0), Buffer.from('{"kind":"pl')]));
    const journal = openJournal(files);
    expect(journal.tornBytes).toBe(11);
    fill(journal, 3, 1);
    expect(itemsOf(files)).toEqual(['item-0', 'item-1', 'item-2', 'item-3']);
    expect(new Set(recordsOf(files).map((r) => r.epoch)).size).toBe(1);
  });

  test('[J4] damage in the middle keeps what is before it and starts a new epoch', () => {
    const files = createMemoryFiles();
    fill(openJournal(files), 0, 5);
    const path = [...files.content.keys()].find((p) => p.endsWith('.open')) ?? '';
    const lines = (files.content.get(path) ?? Buffer.alloc(0)).toString().split('\n');
    lines[3] = (lines[3] ?? '').replace('item-2', 'item-X_');
    files.content.set(path, Buffer.from(lines.join('\n').replace('item-X_', 'item-\u0000')));
    const journal = openJournal(files);
    fill(journal, 10, 2);
    expect(itemsOf(files)).toEqual(['item-0', 'item-1', 'item-10', 'item-11']);
    expect(namesOf(files)).toContain('00000000.damaged');
    expect(new Set(recordsOf(files).map((r) => r.epoch)).size).toBe(2);
    // And it stays that way.
    fill(openJournal(files), 12, 1);
    expect(itemsOf(files)).toEqual(['item-0', 'item-1', 'item-10', 'item-11', 'item-12']);
  });

  test('[J4] a line out of turn is damage too, and a stop before the new epoch has a record changes nothing', () => {
    const files = createMemoryFiles();
    fill(openJournal(files), 0, 3);
    const path = [...files.content.keys()].find((p) => p.endsWith('.open')) ?? '';
    const lines = (files.content.get(path) ?? Buffer.alloc(0)).toString().split('\n');
    lines.splice(3, 0, lines[1] ?? '');
    files.content.set(path, Buffer.from(lines.join('\n')));
    openJournal(files).seal();
    fill(openJournal(files), 9, 1);
    expect(itemsOf(files)).toEqual(['item-0', 'item-1', 'item-9']);
    expect(new Set(recordsOf(files).map((r) => r.epoch)).size).toBe(2);
  });

  test('[J4][I12] nothing follows a last segment whose header the disk has changed: the next one starts a new epoch', () => {
    for (const place of ['sealed', 'pack'] as const) {
      const files = createMemoryFiles();
      const journal = openJournal(files);
      fill(journal, 0, 2);
      const ref = journal.position();
      journal.seal();
      if (place === 'pack') journal.shelf.settle(ref, 'stored');
      const path = [...files.content.keys()].find((name) => name.endsWith(`.${place}`)) ?? '';
      const text = (files.content.get(path) ?? Buffer.alloc(0)).toString();
      files.content.set(path, Buffer.from(text.replace('\\"build\\":\\"test', '\\"build\\":\\"text')));
      const next = openJournal(files);
      fill(next, 2, 1);
      next.seal();
      const [first] = [...next.shelf.newestFirst()].map(({ header }) => segmentHeaderSchema.parse(JSON.parse(header)));
      expect(first).toMatchObject({ segment: 0, firstSeq: 0, prev: null });
      expect(first?.epoch).toBeGreaterThan(ref.epoch);
      expect(namesOf(files).filter((name) => name.endsWith('.damaged')).length).toBe(place === 'pack' ? 0 : 1);
      // And it stays that way.
      fill(openJournal(files), 3, 1);
      expect(new Set([...files.content.keys()].map((name) => name.split('/').at(-2))).size).toBe(2);
    }
  });

  test('[J4] what was open behind a closed segment that cannot be read is sealed as it was meant, the last of its epoch', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    fill(journal, 0, 2);
    journal.seal();
    const sealed = [...journal.shelf.newestFirst()][0];
    fill(journal, 2, 3);
    const { epoch } = journal.position();
    const boot = recordsOf(files).at(-1)?.boot;
    const path = [...files.content.keys()].find((name) => name.endsWith('.sealed')) ?? '';
    files.content.set(path, (files.content.get(path) ?? Buffer.alloc(0)).subarray(1));
    const next = openJournal(files);
    fill(next, 5, 1);
    const [last] = [...next.shelf.newestFirst()].map(({ header }) => segmentHeaderSchema.parse(JSON.parse(header)));
    expect(last).toMatchObject({ epoch, segment: 1, firstSeq: 2, count: 3, boot });
    expect(last?.prev).toBe(headerHash(sealed?.header ?? '', sha256));
    expect(next.position().epoch).toBeGreaterThan(epoch);
    expect(namesOf(files)).toEqual(['00000000.damaged', '00000000.open', '00000001.sealed']);
  });

  test('[J2] what a stopped agent left open is sealed as it was meant, also in an epoch that must not go on', () => {
    for (const state of ['forked', 'damaged', 'held'] as const) {
      const files = createMemoryFiles();
      const journal = openJournal(files);
      fill(journal, 0, 2);
      journal.seal();
      fill(journal, 2, 2);
      journal.seal();
      fill(journal, 4, 2);
      const { epoch } = journal.position();
      createSegmentFiles(files, FOLDER).move({ epoch, segment: 0, state: 'sealed' }, state);
      const next = openJournal(files);
      fill(next, 6, 1);
      expect(namesOf(files)).toContain('00000002.sealed');
      expect(next.position().epoch).toBeGreaterThan(epoch);
      const { epoch: second } = next.position();
      next.seal();
      fill(next, 7, 1);
      expect(next.position().epoch).toBe(second);
      if (state !== 'damaged') expect(itemsOf(files)).toEqual(Array.from({ length: 8 }, (_, n) => `item-${n}`));
    }
  });
});
