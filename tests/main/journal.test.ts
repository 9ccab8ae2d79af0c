/** A journal in good order: its numbers, its chain, when a segment is sealed, and when an epoch begins. */
import { describe, expect, test } from 'vitest';
import { context, fill, itemsOf, namesOf, openJournal, recordsOf, time } from './support/journal-rig.ts';
import { createMemoryFiles } from './support/memory-files.ts';

describe('journal', () => {
  test('[J1] records are numbered without a gap and segments are chained and signed', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    fill(journal, 0, 200);
    journal.seal();
    expect(recordsOf(files).length).toBe(200);
    expect(journal.shelf.unsentCount()).toBe(4);
  });

  test('[J2] a segment is sealed at 64 records', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    fill(journal, 0, 64);
    expect(namesOf(files)).toEqual(['00000000.sealed']);
  });

  test('[J2] a segment is sealed once its records have 65,536 characters', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    const plays = Object.fromEntries(Array.from({ length: 1100 }, (_, k) => [`campaign-${k}.min.flight-1`, k]));
    const evidence = { date: '2026-07-01', plays, makeGoods: {}, short: {} };
    const close = { kind: 'dayclose', t0: 1, t1: 1, m0: 1, m1: 1, reason: 'closed', evidence } as const;
    fill(journal, 0, 1);
    expect(journal.append(close).ok).toBe(true);
    expect(namesOf(files)).toEqual(['00000000.open']);
    expect(journal.append(close).ok).toBe(true);
    expect(namesOf(files)).toEqual(['00000000.sealed']);
    fill(journal, 1, 1);
    expect(recordsOf(files).map(({ kind }) => kind)).toEqual(['play', 'dayclose', 'dayclose', 'play']);
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

  test('[J6] a server that has more of this journal makes it go on in a new epoch', () => {
    const files = createMemoryFiles();
    const journal = openJournal(files);
    fill(journal, 0, 1);
    const { epoch } = journal.position();
    journal.startEpoch(epoch + 5);
    fill(journal, 1, 1);
    expect(recordsOf(files).map((r) => [r.epoch, r.seq])).toEqual([
      [epoch, 0],
      [epoch + 5, 0],
    ]);
  });
});
