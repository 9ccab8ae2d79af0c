import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headerHash } from '../../domain/proof/segment.ts';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { createJournal, type Journal } from '../../main/journal/journal.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import { sha256 } from '../../main/sha256.ts';
import { segmentHeaderSchema } from '../../protocol/proof.ts';
import { checkJournal, numberedPlay } from './support/journal-check.ts';
import { createManualTime } from './support/manual-time.ts';
import { createMemoryFiles, type Fault, type MemoryFiles, PowerCut } from './support/memory-files.ts';

const START_MS = Date.UTC(2026, 6, 1);
const FOLDER = '/data/journal';
const time = createManualTime(START_MS);
const clock = createDisciplinedClock(time.raw);
const key = loadDeviceKey(createMemoryFiles(), '/data/key');
const context = { screen: 'screen-1', program: 'b'.repeat(64), manifest: 'c'.repeat(64) };
let boots = 0;

function openJournal(files: MemoryFiles): Journal {
  boots += 1;
  return createJournal(
    { files: createSegmentFiles(files, FOLDER), key, clock, boot: `boot-${boots}`, build: 'test' },
    context,
  );
}

const fill = (journal: Journal, from: number, count: number): void => {
  for (let n = from; n < from + count; n += 1) expect(journal.append(numberedPlay(n)).ok).toBe(true);
};
const itemsOf = (files: MemoryFiles): string[] =>
  checkJournal(files, FOLDER, key).flatMap((r) => (r.kind === 'play' ? [r.item] : []));
const names = (files: MemoryFiles): string[] =>
  [...files.content.keys()].map((path) => path.split('/').at(-1) ?? '').sort();

describe('journal', () => {
  test('[J1] records are numbered without a gap and segments are chained and signed', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    fill(journal, 0, 200);
    journal.seal();
    expect(checkJournal(files, FOLDER, key).length).toBe(200);
    expect(journal.shelf.unsentCount()).toBe(4);
  });

  test('[J2] a segment is sealed at 64 records', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    fill(journal, 0, 64);
    expect(names(files)).toEqual(['00000000.sealed']);
  });

  test('[J2] a segment is sealed once its records have 65,536 characters', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    const plays = Object.fromEntries(Array.from({ length: 1100 }, (_, k) => [`campaign-${k}.min.flight-1`, k]));
    const evidence = { date: '2026-07-01', plays, makeGoods: {}, short: {} };
    const close = { kind: 'dayclose', t0: 1, t1: 1, m0: 1, m1: 1, reason: 'closed', evidence } as const;
    fill(journal, 0, 1);
    expect(journal.append(close).ok).toBe(true);
    expect(names(files)).toEqual(['00000000.open']);
    expect(journal.append(close).ok).toBe(true);
    expect(names(files)).toEqual(['00000000.sealed']);
    fill(journal, 1, 1);
    expect(checkJournal(files, FOLDER, key).map(({ kind }) => kind)).toEqual(['play', 'dayclose', 'dayclose', 'play']);
  });

  test('[J2] a segment is sealed when it is old enough, and when its context changes', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    fill(journal, 0, 1);
    journal.sealOlderThan(10_000);
    expect(journal.shelf.unsentCount()).toBe(0);
    time.advance(10_000);
    journal.sealOlderThan(10_000);
    expect(journal.shelf.unsentCount()).toBe(1);
    fill(journal, 1, 1);
    journal.setContext({ ...context, program: 'd'.repeat(64) });
    fill(journal, 2, 1);
    expect(journal.shelf.unsentCount()).toBe(2);
    expect(itemsOf(files)).toEqual(['item-0', 'item-1', 'item-2']);
  });

  test('[J3] a torn tail is cut off at the last whole record and the next start goes on behind it', () => {
    const files = createMemoryFiles();
    fill(openJournal(files), 0, 3);
    const path = [...files.content.keys()].find((p) => p.endsWith('.open')) ?? '';
    files.content.set(path, Buffer.concat([files.content.get(path) ?? Buffer.alloc(0), Buffer.from('{"kind":"pl')]));
    const journal = openJournal(files);
    expect(journal.tornBytes).toBe(11);
    fill(journal, 3, 1);
    expect(itemsOf(files)).toEqual(['item-0', 'item-1', 'item-2', 'item-3']);
    expect(new Set(checkJournal(files, FOLDER, key).map((r) => r.epoch)).size).toBe(1);
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
    expect(names(files)).toContain('00000000.damaged');
    expect(new Set(checkJournal(files, FOLDER, key).map((r) => r.epoch)).size).toBe(2);
    // And it stays that way.
    fill(openJournal(files), 12, 1);
    expect(itemsOf(files)).toEqual(['item-0', 'item-1', 'item-10', 'item-11', 'item-12']);
  });

  test('[J5] a crash between seal and removal of the open file doubles nothing', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    fill(journal, 0, 3);
    files.faultOf = ({ op }) => (op === 'remove' ? { how: 'not-applied', as: 'crash' } : null);
    expect(() => journal.seal()).toThrow(PowerCut);
    files.faultOf = () => null;
    expect(names(files)).toEqual(['00000000.open', '00000000.sealed']);
    fill(openJournal(files), 3, 1);
    expect(itemsOf(files)).toEqual(['item-0', 'item-1', 'item-2', 'item-3']);
    expect(names(files)).not.toContain('00000000.open');
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
      expect(names(files)).toContain('00000002.sealed');
      expect(next.position().epoch).toBeGreaterThan(epoch);
      const { epoch: second } = next.position();
      next.seal();
      fill(next, 7, 1);
      expect(next.position().epoch).toBe(second);
      if (state !== 'damaged') expect(itemsOf(files)).toEqual(Array.from({ length: 8 }, (_, n) => `item-${n}`));
    }
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
    expect(new Set(checkJournal(files, FOLDER, key).map((r) => r.epoch)).size).toBe(2);
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
      expect(names(files).filter((name) => name.endsWith('.damaged')).length).toBe(place === 'pack' ? 0 : 1);
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
    const path = [...files.content.keys()].find((name) => name.endsWith('.sealed')) ?? '';
    files.content.set(path, (files.content.get(path) ?? Buffer.alloc(0)).subarray(1));
    const next = openJournal(files);
    fill(next, 5, 1);
    const [last] = [...next.shelf.newestFirst()].map(({ header }) => segmentHeaderSchema.parse(JSON.parse(header)));
    expect(last).toMatchObject({ epoch, segment: 1, firstSeq: 2, count: 3, boot: `boot-${boots - 1}` });
    expect(last?.prev).toBe(headerHash(sealed?.header ?? '', sha256));
    expect(next.position().epoch).toBeGreaterThan(epoch);
    expect(names(files)).toEqual(['00000000.damaged', '00000000.open', '00000001.sealed']);
  });

  test('[J6] a server that has more of this journal makes it go on in a new epoch', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    fill(journal, 0, 1);
    const { epoch } = journal.position();
    journal.startEpoch(epoch + 5);
    fill(journal, 1, 1);
    expect(checkJournal(files, FOLDER, key).map((r) => [r.epoch, r.seq])).toEqual([
      [epoch, 0],
      [epoch + 5, 0],
    ]);
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
      const records = checkJournal(files, FOLDER, key);
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
