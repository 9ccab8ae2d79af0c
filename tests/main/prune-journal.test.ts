/** Nothing of the journal is removed before it is logged and old enough, and a day partly removed stays closed. */
import { describe, expect, test } from 'vitest';
import { recordsSince } from '../../main/journal/history.ts';
import { pruneJournal } from '../../main/journal/prune-journal.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import { numberedPlay } from './support/journal-check.ts';
import type { MemoryFiles } from './support/memory-files.ts';
import {
  DAY_MS,
  dateOf,
  FOLDER,
  logAll,
  names,
  packs,
  rig,
  START_MS,
  storeDay,
  synchronise,
} from './support/retention-rig.ts';

describe('pruning', () => {
  /** Passes as long as there is something to remove, after the receipts of all packs have come. */
  const prune = (files: MemoryFiles, beforeMs: number): number => {
    let total = 0;
    logAll(files);
    for (let pass = 0; pass < 50; pass += 1) total += pruneJournal(createSegmentFiles(files, FOLDER), beforeMs);
    return total;
  };

  test('[J12] what is left of a day of which something was removed is not read back, so that it is not closed once more', () => {
    const { files, open, time, clock } = rig();
    const journal = open();
    const kept = numberedPlay(0);
    if (kept.kind !== 'play') throw new Error('no play');
    journal.append({ ...kept, commitment: 'c1', campaign: 'k1', slot: `${dateOf(0)}/0` });
    journal.seal();
    const fork = journal.shelf.nextUnsent();
    if (!fork) throw new Error('nothing sealed');
    journal.shelf.settle(fork.ref, 'forked');
    journal.startEpoch(0);
    // Taken for a day to come, by a clock far ahead.
    journal.append({ ...kept, slot: `${dateOf(200)}/0` });
    storeDay(journal, dateOf(0), 3);
    time.advance(100 * DAY_MS);
    journal.startEpoch(0);
    storeDay(journal, dateOf(100), 3);
    const playsOn = (day: number): number =>
      recordsSince(open(), '1969-12-31').filter((r) => r.kind === 'play' && r.slot.startsWith(dateOf(day))).length;
    expect(prune(files, clock.nowMs() - 90 * DAY_MS)).toBe(1);
    expect(names(files).filter((name) => name.endsWith('.forked')).length).toBe(1);
    expect([playsOn(0), playsOn(100)]).toEqual([0, 3]);
    journal.append({ ...kept, slot: `${dateOf(200)}/0` });
    journal.seal();
    expect(playsOn(200)).toBe(1);
  });

  test('[J12] a disk too full for the note lets go all the same, and notes it then', () => {
    const { files, open, time, clock } = rig();
    const journal = open();
    storeDay(journal, dateOf(0), 300);
    logAll(files);
    time.advance(100 * DAY_MS);
    files.faultOf = ({ op, path }) =>
      op === 'append' && path.endsWith('let-go') && packs(files).length > 1
        ? { how: 'not-applied', as: 'ENOSPC' }
        : null;
    const segments = createSegmentFiles(files, FOLDER);
    expect(pruneJournal(segments, clock.nowMs() - 90 * DAY_MS)).toBe(1);
    expect([...segments.datesLetGo()]).toEqual([dateOf(0)]);
  });

  test('[J10] packs go once all in them is more than 90 days old, never a day sooner', () => {
    const { files, open, time, clock } = rig();
    const journal = open();
    for (let day = 0; day < 100; day += 1) {
      storeDay(journal, dateOf(day), 64);
      time.advance(DAY_MS);
      if (day % 10 === 9) prune(files, clock.nowMs() - 90 * DAY_MS);
    }
    const dates = new Set(checkPackedPlays(files).map(({ slot }) => slot.slice(0, 10)));
    for (let day = 10; day < 100; day += 1) expect(dates.has(dateOf(day))).toBe(true);
    // A pack holds four of these days, and goes whole.
    expect(dates.has(dateOf(5))).toBe(false);
    expect(open().position()).toEqual(journal.position());
  });

  test('[J10][I11] a pack of which one segment is not logged stays, and with it all that came after', () => {
    const { files, open, time, clock } = rig();
    const journal = open();
    for (let day = 0; day < 20; day += 1) storeDay(journal, dateOf(day), 64);
    time.advance(200 * DAY_MS);
    const segments = createSegmentFiles(files, FOLDER);
    const before = packs(files).length;
    expect(pruneJournal(segments, clock.nowMs())).toBe(0);
    logAll(files, ({ pack, segment }) => pack !== 1 || segment !== 300);
    for (let pass = 0; pass < 10; pass += 1) pruneJournal(segments, clock.nowMs());
    expect(packs(files).length).toBe(before - 1);
    logAll(files);
    for (let pass = 0; pass < 10; pass += 1) pruneJournal(segments, clock.nowMs());
    expect(packs(files).length).toBe(1);
    expect(names(files).filter((name) => name.endsWith('.receipts')).length).toBe(1);
  });

  test('[J10] the last pack stays however old it is: a restart goes on behind it', () => {
    const { files, open, time, clock } = rig();
    storeDay(open(), dateOf(0), 600);
    time.advance(400 * DAY_MS);
    prune(files, clock.nowMs());
    expect(packs(files).length).toBe(1);
    const journal = open();
    expect(journal.position().segment).toBe(601);
  });

  test('[J10][I11] what the server has not stored is never removed, nor what it refused, nor what is damaged', () => {
    const { files, open, time, clock } = rig();
    const journal = open();
    for (let n = 0; n < 5; n += 1) {
      journal.append(numberedPlay(n));
      journal.seal();
    }
    const { epoch } = journal.position();
    journal.shelf.settle({ epoch, segment: 0 }, 'quarantined');
    journal.shelf.settle({ epoch, segment: 1 }, 'forked');
    journal.shelf.settle({ epoch, segment: 2 }, 'stored');
    const segments = createSegmentFiles(files, FOLDER);
    segments.move({ epoch, segment: 4, state: 'sealed' }, 'damaged');
    journal.startEpoch(epoch + 1);
    journal.append(numberedPlay(9));
    journal.seal();
    time.advance(1000 * DAY_MS);
    prune(files, clock.nowMs());
    expect(
      names(files)
        .flatMap((name) => name.split('.').slice(1))
        .sort(),
    ).toEqual(['damaged', 'forked', 'quarantined', 'sealed', 'sealed']);
  });

  test('[J10] what was closed while the clock had never been set is as old as what follows it', () => {
    const { files, open, clock, time } = rig(0, false);
    const journal = open();
    storeDay(journal, '1970-01-01', 512);
    synchronise(clock, START_MS);
    storeDay(journal, dateOf(0), 512);
    time.advance(10 * DAY_MS);
    expect(prune(files, clock.nowMs() - 90 * DAY_MS)).toBe(0);
    time.advance(100 * DAY_MS);
    expect(prune(files, clock.nowMs() - 90 * DAY_MS)).toBeGreaterThanOrEqual(3);
  });
});

function checkPackedPlays(files: MemoryFiles): { slot: string }[] {
  const segments = createSegmentFiles(files, FOLDER);
  return segments
    .packs()
    .flatMap((pack) => segments.readPack(pack))
    .flatMap(({ value }) => value.body.trimEnd().split('\n'))
    .map((line) => JSON.parse(line))
    .filter((record) => record.kind === 'play');
}
