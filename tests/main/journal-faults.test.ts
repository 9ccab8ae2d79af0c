/** A disk that fails and power that is cut while the journal writes: nothing claimed is lost, nothing is doubled, and a gap is declared. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberedPlay } from './support/journal-check.ts';
import { context, fill, itemsOf, namesOf, openJournal, recordsOf } from './support/journal-rig.ts';
import { createMemoryFiles, type Fault, PowerCut } from './support/memory-files.ts';

const FAULTS: Fault[] = [
  { how: 'not-applied', as: 'ENOSPC' },
  { how: 'applied', as: 'EIO' },
  { how: 'torn', bytes: 30, as: 'ENOSPC' },
];

const isDiskError = (error: unknown): boolean => error instanceof Error && 'code' in error;

function ignoreDiskErrors(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!isDiskError(error)) throw error;
  }
}

describe('a journal that is being written', () => {
  test('[J5] a crash between seal and removal of the open file doubles nothing', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    fill(journal, 0, 3);
    files.faultOf = ({ op }) => (op === 'remove' ? { how: 'not-applied', as: 'crash' } : null);
    expect(() => journal.seal()).toThrow(PowerCut);
    files.faultOf = () => null;
    expect(namesOf(files)).toEqual(['00000000.open', '00000000.sealed']);
    fill(openJournal(files), 3, 1);
    expect(itemsOf(files)).toEqual(['item-0', 'item-1', 'item-2', 'item-3']);
    expect(namesOf(files)).not.toContain('00000000.open');
  });

  test('[J5] a seal that the disk said had failed is written once more before the open file goes', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    fill(journal, 0, 3);
    files.faultOf = ({ op }) => (op === 'replace' ? { how: 'applied', as: 'EIO' } : null);
    expect(journal.seal().ok).toBe(false);
    expect(namesOf(files)).toEqual(['00000000.open', '00000000.sealed']);
    // A disk that goes on failing keeps the open file; what a power cut may undo is never the only copy.
    expect(() => openJournal(files)).toThrow('EIO');
    expect(namesOf(files)).toContain('00000000.open');
    const calls: string[] = [];
    files.faultOf = ({ op, path }) => {
      calls.push(`${op} ${path.slice(path.lastIndexOf('.'))}`);
      return null;
    };
    openJournal(files);
    expect(calls).toEqual(['replace .sealed', 'remove .open']);
    expect(itemsOf(files)).toEqual(['item-0', 'item-1', 'item-2']);
  });

  test('[J5] a sealed body that the disk has changed is mended from the open file while that is there', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    fill(journal, 0, 3);
    files.faultOf = ({ op }) => (op === 'remove' ? { how: 'not-applied', as: 'crash' } : null);
    expect(() => journal.seal()).toThrow(PowerCut);
    files.faultOf = () => null;
    const [path, sealed] = [...files.content].find(([name]) => name.endsWith('.sealed')) ?? [''];
    files.content.set(path, Buffer.from(String(sealed).replace('item-1', 'item-7')));
    openJournal(files);
    expect(namesOf(files)).toEqual(['00000000.sealed']);
    expect(String(files.content.get(path))).toBe(String(sealed));
  });

  test('[J7] a full disk is a failure told, nothing is claimed, and a gap is declared when there is space again', () => {
    for (const fault of FAULTS) {
      const files = createMemoryFiles();
      const journal = openJournal(files);
      fill(journal, 0, 2);
      files.faultOf = ({ op }) => (op === 'append' || op === 'replace' ? fault : null);
      const failed = journal.append(numberedPlay(2));
      expect(failed.ok).toBe(false);
      expect(journal.append(numberedPlay(3)).ok).toBe(false);
      files.faultOf = () => null;
      fill(journal, 4, 1);
      const records = recordsOf(files);
      expect(records.map((r) => (r.kind === 'play' ? r.item : `${r.kind} ${r.t0}`))).toEqual([
        'item-0',
        'item-1',
        'gap 2000',
        'item-4',
      ]);
    }
  });

  test('[I1][I5][I6][J8] power cuts and disk errors at any write, applied, torn or not: nothing claimed is lost, nothing doubled', () => {
    const cut = fc.record({
      at: fc.nat(40),
      how: fc.constantFrom('not-applied' as const, 'applied' as const, 'torn' as const),
      bytes: fc.nat(400),
      as: fc.constantFrom('crash' as const, 'crash' as const, 'ENOSPC' as const, 'EIO' as const),
    });
    const act = fc.constantFrom('append', 'append', 'append', 'append', 'seal', 'stored', 'context', 'reboot');
    fc.assert(
      fc.property(
        fc.array(fc.record({ acts: fc.array(act, { minLength: 1, maxLength: 30 }), cut }), { maxLength: 6 }),
        (lives) => {
          const files = createMemoryFiles();
          const claimed: string[] = [];
          let tried = 0;
          let journal = openJournal(files);
          for (const { acts, cut: fault } of lives) {
            let writes = 0;
            files.faultOf = () => {
              writes += 1;
              const { at, ...what } = fault;
              return writes === at + 1 ? what : null;
            };
            try {
              for (const what of acts) {
                if (what === 'append') {
                  tried += 1;
                  if (journal.append(numberedPlay(tried)).ok) claimed.push(`item-${tried}`);
                } else if (what === 'seal') journal.seal();
                else if (what === 'context') journal.setContext({ ...context, screen: `screen-${tried}` });
                else if (what === 'reboot') journal = openJournal(files);
                else {
                  const next = journal.shelf.nextUnsent();
                  if (next) ignoreDiskErrors(() => journal.shelf.settle(next.ref, 'stored'));
                }
              }
            } catch (error) {
              if (!(error instanceof PowerCut) && !isDiskError(error)) throw error;
              files.faultOf = () => null;
              journal = openJournal(files);
            }
            files.faultOf = () => null;
            const there = itemsOf(files);
            expect(new Set(there).size).toBe(there.length);
            expect(there.filter((item) => claimed.includes(item))).toEqual(claimed);
          }
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });
});
