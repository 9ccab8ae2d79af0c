/** What the server has stored lies in packs; nothing is removed before it is logged and old enough. */
import { describe, expect, test } from 'vitest';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock, type DisciplinedClock } from '../../main/disciplined-clock.ts';
import { recordsSince } from '../../main/journal/history.ts';
import { createJournal, type Journal } from '../../main/journal/journal.ts';
import { pruneJournal } from '../../main/journal/prune-journal.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import { checkJournal, numberedPlay } from './support/journal-check.ts';
import { createManualTime, type ManualTime } from './support/manual-time.ts';
import { createMemoryFiles, type MemoryFiles } from './support/memory-files.ts';

const START_MS = Date.UTC(2026, 6, 1);
const DAY_MS = 86_400_000;
const FOLDER = '/data/journal';
const key = loadDeviceKey(createMemoryFiles(), '/data/key');
const context = { screen: 'screen-1', program: 'b'.repeat(64), manifest: 'c'.repeat(64) };

type Rig = { time: ManualTime; clock: DisciplinedClock; files: MemoryFiles; open: () => Journal };

function rig(startMs = START_MS, isSynchronised = true): Rig {
  const time = createManualTime(startMs);
  const clock = createDisciplinedClock(time.raw);
  if (isSynchronised) synchronise(clock, startMs);
  const files = createMemoryFiles();
  let boots = 0;
  const open = (): Journal => {
    boots += 1;
    const deps = { files: createSegmentFiles(files, FOLDER), key, clock, boot: `boot-${boots}`, build: 'test' };
    return createJournal(deps, context);
  };
  return { time, clock, files, open };
}

function synchronise(clock: DisciplinedClock, serverMs: number): void {
  clock.offer({ serverMs, monoMs: clock.monoMs(), errorMs: 1 });
  clock.settle();
}

/** A day of service with `count` plays of a promise and its end, sealed every `perSegment` plays, and stored. */
function storeDay(journal: Journal, date: string, count: number, perSegment = 1): void {
  for (let n = 0; n < count; n += 1) {
    const play = numberedPlay(n);
    if (play.kind !== 'play') continue;
    journal.append({ ...play, commitment: 'c1', campaign: 'k1', slot: `${date}/${1000 * n}` });
    if ((n + 1) % perSegment === 0) journal.seal();
  }
  const evidence = { date, plays: { c1: count }, makeGoods: {}, short: {} };
  journal.append({ kind: 'dayclose', reason: 'closed', t0: 1, t1: 1, m0: 1, m1: 1, evidence });
  journal.seal();
  storeAll(journal);
}

function storeAll(journal: Journal): void {
  for (let next = journal.shelf.nextUnsent(); next; next = journal.shelf.nextUnsent()) {
    journal.shelf.settle(next.ref, 'stored');
  }
}

const dateOf = (day: number): string => new Date(START_MS + day * DAY_MS).toISOString().slice(0, 10);
const names = (files: MemoryFiles): string[] => [...files.content.keys()].map((path) => path.slice(FOLDER.length + 1));
const packs = (files: MemoryFiles): string[] => names(files).filter((name) => name.endsWith('.pack'));

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

/** Keeps receipts of all packed segments that have none, or of those that `isLogged`. */
function logAll(files: MemoryFiles, isLogged: (at: { pack: number; segment: number }) => boolean = () => true): void {
  const segments = createSegmentFiles(files, FOLDER);
  for (const pack of segments.packs()) {
    const known = segments.loggedOf(pack);
    const receipts = segments
      .readPack(pack)
      .filter(({ segment }) => !known.has(segment) && isLogged({ pack: pack.pack, segment }))
      .map(({ segment }) => ({ segment, index: segment, proof: [] }));
    if (receipts.length > 0) segments.addLogged(pack, { checkpoint: 'a checkpoint', receipts });
  }
}

function checkPackedPlays(files: MemoryFiles): { slot: string }[] {
  const segments = createSegmentFiles(files, FOLDER);
  return segments
    .packs()
    .flatMap((pack) => segments.readPack(pack))
    .flatMap(({ value }) => value.body.trimEnd().split('\n'))
    .map((line) => JSON.parse(line))
    .filter((record) => record.kind === 'play');
}
