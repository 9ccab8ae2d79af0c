/** What the transparency log of every ledger keeps to. */
import { describe, expect } from 'vitest';
import { badOf, CHAIN_PROGRAM_HASH, chainOf, chainStart, nextSegment, PLAY } from '../helpers/chain-builder.ts';
import type { WithLedger } from './with-ledger.ts';

/** Makes the tests of one adapter. */
export function logContract(adapter: string, withLedger: WithLedger): void {
  describe(`${adapter}: log`, () => {
    withLedger(
      '[S39] what is stored, refused or a fork joins the log once, in order, with the ends of days',
      async (ledger) => {
        const [first, second] = chainOf(chainStart(), [[PLAY], [PLAY, { kind: 'end' }]]);
        if (!first || !second) throw new RangeError('two segments');
        const fork = nextSegment(chainStart(), [PLAY, PLAY]).segment;
        const bad = badOf(second, 'header');
        for (const _ of [1, 2]) {
          await ledger.segments.ingest([first, fork]);
          await ledger.segments.quarantine(bad);
          await ledger.segments.ingest([second]);
        }
        const entries = (await ledger.log.entries(0, 100)).map((entry): unknown => JSON.parse(entry));
        const place = { screen: first.screen, device: first.device, epoch: 0, v: 1 };
        expect(entries).toEqual([
          { kind: 'program', hash: CHAIN_PROGRAM_HASH, v: 1 },
          { kind: 'segment', ...place, segment: 0, hash: first.hash },
          { kind: 'fork', ...place, segment: 0, hash: fork.hash },
          { kind: 'quarantine', device: first.device, epoch: 0, segment: 1, hash: bad.hash, reason: bad.reason, v: 1 },
          { kind: 'segment', ...place, segment: 1, hash: second.hash },
          {
            kind: 'dayclose',
            screen: first.screen,
            device: first.device,
            date: '2026-07-01',
            hash: second.hash,
            record: second.dayCloses[0]?.record,
            v: 1,
          },
        ]);
        expect(await ledger.log.size()).toBe(6);
        expect(await ledger.log.indexOf(second.hash)).toBe(4);
        expect(await ledger.log.indexOf(bad.hash)).toBeNull();
        expect(await ledger.log.indexOf(fork.hash)).toBeNull();
      },
    );

    withLedger('[S39] a screen that gets another program is noted, one that keeps its own is not', async (ledger) => {
      await ledger.log.assign([
        { screen: 'a', program: 'p', atMs: 1 },
        { screen: 'b', program: 'p', atMs: 1 },
      ]);
      await ledger.log.assign([
        { screen: 'a', program: 'p', atMs: 2 },
        { screen: 'b', program: 'q', atMs: 2 },
      ]);
      await ledger.log.assign([{ screen: 'b', program: 'p', atMs: 3 }]);
      const entries = (await ledger.log.entries(1, 10)).map((entry): unknown => JSON.parse(entry));
      expect(entries).toEqual([
        { kind: 'assignment', screen: 'a', program: 'p', atMs: 1, v: 1 },
        { kind: 'assignment', screen: 'b', program: 'p', atMs: 1, v: 1 },
        { kind: 'assignment', screen: 'b', program: 'q', atMs: 2, v: 1 },
        { kind: 'assignment', screen: 'b', program: 'p', atMs: 3, v: 1 },
      ]);
    });

    withLedger(
      '[S39] other entries are added once and keep their places; tiles are kept as they first came',
      async (ledger) => {
        await ledger.log.append(['a', 'b', 'a']);
        await ledger.log.append(['b', 'c']);
        expect(await ledger.log.entries(0, 10)).toEqual([expect.stringContaining('program'), 'a', 'b', 'c']);
        expect(await ledger.log.entries(2, 3)).toEqual(['b']);
        expect(await ledger.log.entries(4, 9)).toEqual([]);
        const hashes = new Uint8Array(8192).fill(7);
        expect(await ledger.log.tile(0, 0)).toBeNull();
        await ledger.log.keepTiles([{ level: 0, index: 0, hashes }]);
        await ledger.log.keepTiles([{ level: 0, index: 0, hashes: new Uint8Array(8192) }]);
        expect(Buffer.from((await ledger.log.tile(0, 0)) ?? []).equals(hashes)).toBe(true);
        expect(await ledger.log.tile(1, 0)).toBeNull();
      },
    );

    withLedger('[S40] of the kept checkpoints the newest stays, and one an hour of those before it', async (ledger) => {
      const minute = 60_000;
      for (const at of [0, 10, 20, 59, 61, 70, 140, 150]) {
        await ledger.log.keepCheckpoint({ size: 100 + at, atMs: at * minute, note: `note ${at}` });
      }
      const kept = await ledger.log.checkpointsSince(0);
      expect(kept.map(({ atMs }) => atMs / minute)).toEqual([0, 61, 140, 150]);
      expect(kept.at(-1)).toEqual({ size: 250, atMs: 150 * minute, note: 'note 150' });
      await ledger.log.keepCheckpoint({ size: 250, atMs: 151 * minute, note: 'cosigned once more' });
      const since = await ledger.log.checkpointsSince(62 * minute);
      expect(since.map(({ size, note }) => [size, note])).toEqual([
        [161, 'note 61'],
        [240, 'note 140'],
        [250, 'cosigned once more'],
      ]);
    });

    withLedger('[UE7] entries are found by how they begin, in order, page by page', async (ledger) => {
      const [segment] = chainOf(chainStart(), [[PLAY]]);
      if (!segment) throw new RangeError('a segment');
      await ledger.segments.ingest([segment]);
      await ledger.log.append(['{"b":2}', '{"a":3}', '{"b":1}', '{"b":1}x', '{"b":10}', '{"c"']);
      expect(await ledger.log.beginningWith('{"b":', null, 9)).toEqual(
        ['{"b":1}', '{"b":1}x', '{"b":10}', '{"b":2}'].sort(),
      );
      expect(await ledger.log.beginningWith('{"b":1}', null, 9)).toEqual(['{"b":1}', '{"b":1}x']);
      expect(await ledger.log.beginningWith('{"b":1}', null, 1)).toEqual(['{"b":1}']);
      expect(await ledger.log.beginningWith('{"b":1}', '{"b":1}', 9)).toEqual(['{"b":1}x']);
      expect(await ledger.log.beginningWith('{"d"', null, 9)).toEqual([]);
      expect(await ledger.log.beginningWith('{"device":', null, 9)).toEqual([]);
    });

    withLedger(
      '[SU2] another log begins with other entries, and those there were follow them with all that hangs on them',
      async (ledger) => {
        const [first, second, third] = chainOf(chainStart(), [[PLAY], [PLAY], [PLAY]]);
        if (!first || !second || !third) throw new RangeError('three segments');
        await ledger.log.append(['old beginning']);
        await ledger.segments.ingest([first, second]);
        await ledger.log.keepTiles([{ level: 0, index: 0, hashes: new Uint8Array(8192) }]);
        await ledger.log.keepCheckpoint({ size: 3, atMs: 1, note: 'note' });
        await ledger.bodies.drop([], 2);
        const before = await ledger.log.entries(0, 100);
        for (const [begin, from] of [
          [['a', 'b', 'c'], 0],
          [['a', 'x'], 3],
        ] as const) {
          await ledger.log.beginAnew(begin, from);
          expect(await ledger.log.entries(0, 100)).toEqual([...begin, ...before]);
          expect(await ledger.log.indexOf(second.hash)).toBe(begin.length + 3);
          expect((await ledger.bodies.loggedIn(0, 100)).map(({ index }) => index - begin.length)).toEqual([2, 3]);
        }
        expect(await ledger.log.tile(0, 0)).toBeNull();
        expect(await ledger.log.checkpointsSince(0)).toEqual([]);
        expect(await ledger.bodies.lookedUpTo()).toBe(0);
        await ledger.log.append(['x', 'old beginning', 'y']);
        await ledger.segments.ingest([first, third]);
        expect((await ledger.log.entries(6, 100)).map((entry) => (entry.startsWith('{') ? 'segment' : entry))).toEqual([
          'y',
          'segment',
        ]);
        await ledger.log.beginAnew([], 2);
        expect(await ledger.log.indexOf(third.hash)).toBe(5);
        expect(await ledger.log.size()).toBe(6);
      },
    );
  });
}
