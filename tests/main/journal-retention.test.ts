/** What the server has stored lies in packs, and a start reads back what it needs of them. */
import { describe, expect, test } from 'vitest';
import { recordsSince } from '../../main/journal/history.ts';
import { pruneJournal } from '../../main/journal/prune-journal.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import { checkJournal, numberedPlay } from './support/journal-check.ts';
import { DAY_MS, dateOf, FOLDER, key, names, packs, rig, storeAll, storeDay } from './support/retention-rig.ts';

describe('what the server has stored', () => {
  test('[J9] it lies in packs of 256 segments, and a restart goes on behind them in the same epoch', () => {
    const { files, open } = rig();
    const journal = open();
    storeDay(journal, dateOf(0), 300);
    expect(names(files).length).toBe(2);
    expect(packs(files).length).toBe(2);
    const again = open();
    expect(again.position()).toEqual(journal.position());
    again.append(numberedPlay(1));
    again.seal();
    const records = checkJournal(files, FOLDER, key);
    expect(records.length).toBe(302);
    expect(new Set(records.map(({ epoch }) => epoch)).size).toBe(1);
    expect(recordsSince(open(), dateOf(0)).filter(({ kind }) => kind === 'play').length).toBe(301);
  });

  test('[J9] a stop between pack and removal doubles nothing, and a torn pack loses no segment after it', () => {
    const { files, open } = rig();
    const journal = open();
    storeDay(journal, dateOf(0), 3);
    const [pack = ''] = packs(files);
    const path = `${FOLDER}/${pack}`;
    files.content.set(
      path,
      Buffer.concat([files.content.get(path) ?? Buffer.alloc(0), Buffer.from('\n4 {"body":"to')]),
    );
    journal.append(numberedPlay(9));
    journal.seal();
    files.faultOf = ({ op }) => (op === 'remove' ? { how: 'not-applied', as: 'EIO' } : null);
    expect(() => storeAll(journal)).toThrow('EIO');
    files.faultOf = () => null;
    const again = open();
    expect(again.shelf.unsentCount()).toBe(1);
    storeAll(again);
    expect(checkJournal(files, FOLDER, key).length).toBe(5);
    expect(names(files)).toEqual([pack]);
  });

  test('[J4] a last line of a pack that the disk has damaged uses up its number, and what was open behind it is sealed as it was meant', () => {
    for (const damage of ['rest', 'whole'] as const) {
      for (const isOpen of [false, true]) {
        const { files, open } = rig();
        const journal = open();
        storeDay(journal, dateOf(0), 3);
        const { epoch, segment } = journal.position();
        if (isOpen) journal.append(numberedPlay(9));
        const path = `${FOLDER}/${packs(files)[0]}`;
        const lines = (files.content.get(path) ?? Buffer.alloc(0)).toString().trimEnd().split('\n');
        const last = lines.pop() ?? '';
        const left = damage === 'whole' ? '\u0000' : last.slice(0, 40);
        files.content.set(path, Buffer.from([...lines, left, ''].join('\n')));
        const again = open();
        expect(again.append(numberedPlay(10)).ok).toBe(true);
        again.seal();
        expect(again.position().epoch).toBeGreaterThan(epoch);
        const sealed = createSegmentFiles(files, FOLDER).list();
        expect(sealed.filter((file) => file.epoch === epoch)).toEqual(
          isOpen ? [{ epoch, segment, state: 'sealed' }] : [],
        );
        expect(recordsSince(open(), dateOf(0)).flatMap((r) => (r.kind === 'play' ? [r.item] : []))).toContain(
          'item-10',
        );
      }
    }
  });

  test('[J9] on a full disk it keeps a file of its own, is not sent again, and is packed later', () => {
    const { files, open } = rig();
    const journal = open();
    journal.append(numberedPlay(0));
    journal.seal();
    files.faultOf = ({ op }) => (op === 'append' ? { how: 'torn', bytes: 20, as: 'ENOSPC' } : null);
    storeAll(journal);
    files.faultOf = () => null;
    expect(names(files).filter((name) => name.endsWith('.stored')).length).toBe(1);
    expect(open().shelf.unsentCount()).toBe(0);
    pruneJournal(createSegmentFiles(files, FOLDER), 0);
    expect(names(files).filter((name) => name.endsWith('.stored')).length).toBe(0);
    expect(checkJournal(files, FOLDER, key).length).toBe(1);
  });

  test('[J9][L5] a rewind into the packs sends all from there on again, in order, and changes no file', () => {
    const { files, open } = rig();
    const journal = open();
    storeDay(journal, dateOf(0), 600);
    const before = new Map(files.content);
    const { epoch } = journal.position();
    expect(journal.shelf.rewind({ epoch, segment: 250 })).toBe(true);
    const sent: number[] = [];
    for (let next = journal.shelf.nextUnsent(); next; next = journal.shelf.nextUnsent()) {
      sent.push(JSON.parse(next.segment.header).segment);
      journal.shelf.settle(next.ref, 'stored');
    }
    expect(sent).toEqual(Array.from({ length: 351 }, (_, n) => 250 + n));
    expect(files.content).toEqual(before);
    expect(journal.shelf.rewind({ epoch, segment: 601 })).toBe(false);
  });

  test('[J11] a start reads the days it needs, not the months before', () => {
    const { files, open, time } = rig();
    const journal = open();
    for (let day = 0; day < 12; day += 1) {
      storeDay(journal, dateOf(day), 512);
      time.advance(DAY_MS);
    }
    const read: string[] = [];
    const { read: real } = files;
    files.read = (path) => {
      read.push(path);
      return real(path);
    };
    const records = recordsSince(open(), dateOf(11));
    expect(records.filter((record) => record.kind === 'play' && record.slot.startsWith(dateOf(11))).length).toBe(512);
    // Two days are 4 packs and a bit; the end of the chain is looked for in the last one.
    expect(read.length).toBeLessThanOrEqual(8);
    expect(packs(files).length).toBeGreaterThanOrEqual(24);
  });
});
