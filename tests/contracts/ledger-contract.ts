/** What every ledger keeps to; each adapter runs this suite. */
import { describe, expect, test } from 'vitest';
import type { Ledger, VerifiedSegment, VerifiedSegmentRow } from '../../server/stores/ledger-store.ts';
import { recountScreenDays } from '../../server/stores/recount.ts';
import {
  badOf,
  CHAIN_PROGRAM_HASH,
  CHAIN_PROGRAM_TEXT,
  CHAIN_START_MS,
  chainOf,
  chainStart,
  nextSegment,
  PLAY,
  plainChain,
  type Spec,
  shaOf,
} from '../helpers/chain-builder.ts';
import { faultyLedger } from '../helpers/faulty-stores.ts';

/** Gives an empty ledger; the suite closes it. */
export type OpenLedger = () => Promise<Ledger>;

/** All stored segments, in reading order. */
export async function storedSegments(ledger: Ledger, screen: string | null = null): Promise<VerifiedSegmentRow[]> {
  const query = { fromMs: Number.MIN_SAFE_INTEGER, toMs: Number.MAX_SAFE_INTEGER, screen };
  return Array.fromAsync(ledger.segments.segments(query));
}

/** A segment as it is read back. */
export function rowOf({ deltas: _, dayCloses: __, ...row }: VerifiedSegment): VerifiedSegmentRow {
  return row;
}

const STORED = { kind: 'stored', again: false };
const AGAIN = { kind: 'stored', again: true };
const DISCONTINUOUS = { kind: 'discontinuous' };
const DAY = { from: '2026-07-01', to: '2026-07-01', screen: 'screen-a' };

/** Makes the tests of one adapter. */
export function ledgerContract(adapter: string, open: OpenLedger): void {
  const withLedger = (name: string, body: (ledger: Ledger) => Promise<void>): void => {
    test(name, async () => {
      const ledger = await open();
      try {
        await ledger.documents.put(CHAIN_PROGRAM_HASH, 'program', CHAIN_PROGRAM_TEXT);
        await body(ledger);
        expect(await recountScreenDays(ledger)).toEqual([]);
      } finally {
        await ledger.close();
      }
    });
  };
  const at = (chain: readonly VerifiedSegment[], index: number): VerifiedSegment => {
    const segment = chain[index];
    if (!segment) throw new RangeError(`no segment ${index}`);
    return segment;
  };

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
  });

  describe(`${adapter}: chains`, () => {
    withLedger('[S10] a segment is stored once and acknowledged again under the same hash', async (ledger) => {
      const chain = plainChain(chainStart(), 3);
      expect(await ledger.segments.ingest(chain)).toEqual([STORED, STORED, STORED]);
      expect(await ledger.segments.ingest(chain)).toEqual([AGAIN, AGAIN, AGAIN]);
      expect(await storedSegments(ledger)).toEqual(chain.map(rowOf));
      expect(await ledger.segments.position(at(chain, 0).device)).toEqual({ epoch: 0, nextSegment: 3 });
    });

    withLedger('[S10] the same segment twice in one batch is stored once', async (ledger) => {
      const [first] = plainChain(chainStart(), 1);
      expect(await ledger.segments.ingest(first ? [first, first] : [])).toEqual([STORED, AGAIN]);
    });

    withLedger('[S11] another hash under a stored number is a fork, which counts nothing', async (ledger) => {
      const chain = plainChain(chainStart(), 2);
      const fork = nextSegment(chainStart(), [PLAY, PLAY]).segment;
      await ledger.segments.ingest(chain);
      const before = await ledger.segments.counters(DAY);
      expect(await ledger.segments.ingest([fork])).toEqual([{ kind: 'fork', storedHash: at(chain, 0).hash }]);
      expect(await ledger.segments.ingest([fork])).toEqual([{ kind: 'fork', storedHash: at(chain, 0).hash }]);
      expect(await ledger.segments.counters(DAY)).toEqual(before);
      expect(await storedSegments(ledger)).toEqual(chain.map(rowOf));
    });

    withLedger(
      '[S12] a segment ahead of the chain is answered with the number expected, and kept nowhere',
      async (ledger) => {
        const chain = plainChain(chainStart(), 5);
        await ledger.segments.ingest(chain.slice(0, 2));
        const rewind = { kind: 'rewind', epoch: 0, segment: 2 };
        expect(await ledger.segments.ingest([at(chain, 4), at(chain, 3)])).toEqual([rewind, rewind]);
        expect(await ledger.segments.ingest(chain.slice(2))).toEqual([STORED, STORED, STORED]);
      },
    );

    withLedger('[S13] a new epoch begins at segment 0, and the one before goes on in its own chain', async (ledger) => {
      const old = plainChain(chainStart('a', 3), 3);
      const young = plainChain(chainStart('a', 8, CHAIN_START_MS + 3_600_000), 2);
      await ledger.segments.ingest(old.slice(0, 2));
      expect(await ledger.segments.ingest([at(young, 1)])).toEqual([{ kind: 'rewind', epoch: 8, segment: 0 }]);
      expect(await ledger.segments.ingest(young)).toEqual([STORED, STORED]);
      expect(await ledger.segments.ingest([at(old, 2)])).toEqual([STORED]);
      expect(await ledger.segments.position(at(old, 0).device)).toEqual({ epoch: 8, nextSegment: 2 });
    });

    withLedger('[S13] nothing is known of a device that has sent nothing', async (ledger) => {
      expect(await ledger.segments.position(shaOf('nobody'))).toBeNull();
    });

    withLedger(
      '[S14] a segment that does not follow the one before is kept aside and the chain goes on after it',
      async (ledger) => {
        const start = chainStart();
        const first = nextSegment(start);
        const wrongPrev = nextSegment({ ...first.end, prev: shaOf('other') });
        const wrongSeq = nextSegment({ ...first.end, seq: 7 });
        const after = nextSegment(wrongPrev.end);
        expect(await ledger.segments.ingest([first.segment, wrongPrev.segment])).toEqual([STORED, DISCONTINUOUS]);
        expect(await ledger.segments.ingest([wrongSeq.segment])).toEqual([DISCONTINUOUS]);
        expect(await ledger.segments.ingest([after.segment])).toEqual([STORED]);
        expect(await storedSegments(ledger)).toEqual([rowOf(first.segment), rowOf(after.segment)]);
        expect(await ledger.segments.position(start.device)).toEqual({ epoch: 0, nextSegment: 3 });
      },
    );

    withLedger('[S14] an epoch that begins with a prev or a seq above 0 is kept aside', async (ledger) => {
      const prev = nextSegment({ ...chainStart('a'), prev: shaOf('x') }).segment;
      const seq = nextSegment({ ...chainStart('b'), seq: 3 }).segment;
      expect(await ledger.segments.ingest([prev, seq])).toEqual([DISCONTINUOUS, DISCONTINUOUS]);
    });

    for (const damage of ['body', 'header'] as const) {
      withLedger(
        `[S15] [I12] a segment with a bad ${damage} stands for its place and blocks nothing after it`,
        async (ledger) => {
          const chain = plainChain(chainStart(), 4);
          await ledger.segments.ingest(chain.slice(0, 1));
          await ledger.segments.quarantine(badOf(at(chain, 1), damage));
          await ledger.segments.quarantine(badOf(at(chain, 1), damage));
          expect(await ledger.segments.position(at(chain, 0).device)).toEqual({ epoch: 0, nextSegment: 2 });
          expect(await ledger.segments.ingest(chain.slice(2))).toEqual([STORED, STORED]);
          expect(await storedSegments(ledger)).toEqual([at(chain, 0), at(chain, 2), at(chain, 3)].map(rowOf));
        },
      );

      withLedger(`[S16] the good segment that comes after its bad ${damage} fills its place`, async (ledger) => {
        const chain = plainChain(chainStart(), 3);
        for (const [index, segment] of chain.entries()) {
          if (index === 1) await ledger.segments.quarantine(badOf(segment, damage));
          else expect(await ledger.segments.ingest([segment])).toEqual([STORED]);
        }
        expect(await ledger.segments.ingest([at(chain, 1)])).toEqual([STORED]);
        expect(await ledger.segments.ingest(chain)).toEqual([AGAIN, AGAIN, AGAIN]);
        expect(await storedSegments(ledger)).toEqual(chain.map(rowOf));
      });
    }

    withLedger('[S16] what comes late and does not fit before its stored neighbour is kept aside', async (ledger) => {
      const chain = plainChain(chainStart(), 3);
      await ledger.segments.ingest(chain.slice(0, 1));
      await ledger.segments.quarantine(badOf(at(chain, 1)));
      await ledger.segments.ingest(chain.slice(2));
      const invented = nextSegment(nextSegment(chainStart()).end, [PLAY, PLAY]).segment;
      expect(await ledger.segments.ingest([invented])).toEqual([DISCONTINUOUS]);
      expect(await storedSegments(ledger)).toHaveLength(2);
    });

    withLedger('[S15] a bad segment far ahead takes no place until the chain has come to it', async (ledger) => {
      const chain = plainChain(chainStart(), 4);
      await ledger.segments.quarantine(badOf(at(chain, 2)));
      expect(await ledger.segments.position(at(chain, 0).device)).toBeNull();
      expect(await ledger.segments.ingest([at(chain, 3)])).toEqual([{ kind: 'rewind', epoch: 0, segment: 0 }]);
      expect(await ledger.segments.ingest(chain.slice(0, 2))).toEqual([STORED, STORED]);
      expect(await ledger.segments.position(at(chain, 0).device)).toEqual({ epoch: 0, nextSegment: 3 });
      expect(await ledger.segments.ingest([at(chain, 3)])).toEqual([STORED]);
    });

    withLedger('[S15] a segment whose header could not be read takes no place', async (ledger) => {
      const [segment] = plainChain(chainStart(), 1);
      if (!segment) return;
      await ledger.segments.quarantine({ ...badOf(segment), epoch: -1, segment: -1, firstSeq: 0, count: 0 });
      expect(await ledger.segments.position(segment.device)).toBeNull();
      expect(await ledger.segments.ingest([segment])).toEqual([STORED]);
    });
  });

  describe(`${adapter}: counters`, () => {
    withLedger(
      '[S17] counters add up plays, make-goods and airtime by commitment, filler under the empty id',
      async (ledger) => {
        const specs: Spec[] = [
          PLAY,
          { kind: 'play', commitment: 'c1', makeGood: true },
          { kind: 'play', commitment: 'c2', cut: true },
          { kind: 'play', commitment: null },
        ];
        await ledger.segments.ingest(chainOf(chainStart(), [specs, [PLAY]]));
        expect(await ledger.segments.counters(DAY)).toEqual([
          {
            screen: 'screen-a',
            date: '2026-07-01',
            plays: { c1: 3, '': 1 },
            makeGoods: { c1: 1, '': 0 },
            airtimeMs: { c1: 90_000, '': 15_000 },
            closed: null,
          },
        ]);
      },
    );

    withLedger('[S17] counters are asked for by date and screen', async (ledger) => {
      const dates = ['2026-06-30', '2026-07-01', '2026-07-02'];
      const lists = dates.map((date): Spec[] => [{ ...PLAY, date }]);
      for (const name of ['a', 'b']) await ledger.segments.ingest(chainOf(chainStart(name), lists));
      const of = async (from: string, to: string, screen: string | null): Promise<string[]> =>
        (await ledger.segments.counters({ from, to, screen })).map((day) => `${day.date} ${day.screen}`);
      expect(await of('2026-07-01', '2026-07-02', 'screen-b')).toEqual(['2026-07-01 screen-b', '2026-07-02 screen-b']);
      expect(await of('2026-07-01', '2026-07-01', null)).toEqual(['2026-07-01 screen-a', '2026-07-01 screen-b']);
      expect(await of('2027-01-01', '2027-12-31', null)).toEqual([]);
    });

    withLedger('[S18] a signed end of day closes it only with every play that it signs', async (ledger) => {
      const [first, second, end] = chainOf(chainStart(), [[PLAY], [PLAY], [{ kind: 'end', plays: { c1: 2 } }]]);
      if (!first || !second || !end) throw new Error('a chain of three was asked for');
      await ledger.segments.ingest([first]);
      await ledger.segments.quarantine(badOf(second));
      await ledger.segments.ingest([end]);
      expect(await ledger.segments.counters(DAY)).toMatchObject([{ plays: { c1: 1 }, closed: null }]);
      await ledger.segments.ingest([second]);
      expect(await ledger.segments.counters(DAY)).toMatchObject([{ plays: { c1: 2 }, closed: { short: {} } }]);
    });

    withLedger('[S18] a signed end of day closes it; of several the last in order of time holds', async (ledger) => {
      const ends: Spec[][] = [
        [PLAY, { kind: 'end', short: { c1: 'player-down' } }],
        [PLAY, { kind: 'end', short: { c2: 'booked-out' } }],
        [PLAY],
      ];
      const chain = chainOf(chainStart(), ends);
      await ledger.segments.quarantine(badOf(at(chain, 0)));
      await ledger.segments.ingest(chain.slice(1));
      await ledger.segments.ingest(chain.slice(0, 1));
      const [day] = await ledger.segments.counters(DAY);
      expect(day?.closed).toEqual({ short: { c2: 'booked-out' } });
      expect(day?.plays).toEqual({ c1: 3 });
    });
  });

  describe(`${adapter}: faults`, () => {
    for (const twin of ['applied', 'not-applied'] as const) {
      withLedger(`[S10] [I2] a push whose answer was lost (${twin}) is sent again and counted once`, async (ledger) => {
        const chain = plainChain(chainStart(), 2);
        const faulty = faultyLedger(ledger);
        faulty.failNext(twin);
        await expect(faulty.ledger.segments.ingest(chain)).rejects.toMatchObject({ kind: 'disk-full' });
        const outcome = twin === 'applied' ? AGAIN : STORED;
        expect(await faulty.ledger.segments.ingest(chain)).toEqual([outcome, outcome]);
        expect((await ledger.segments.counters(DAY))[0]?.plays).toEqual({ c1: 2 });
      });
    }

    withLedger('[S20] calls made at the same time are carried out in their order', async (ledger) => {
      const chain = plainChain(chainStart(), 6);
      const outcomes = await Promise.all([
        ledger.segments.ingest(chain.slice(0, 2)),
        ledger.segments.quarantine(badOf(at(chain, 2))),
        ledger.segments.ingest([at(chain, 5)]),
        ledger.segments.ingest(chain.slice(3, 6)),
      ]);
      const rewind = { kind: 'rewind', epoch: 0, segment: 3 };
      expect(outcomes).toEqual([[STORED, STORED], undefined, [rewind], [STORED, STORED, STORED]]);
    });

    test('[S20] what was asked for before close is kept; later calls reject', async () => {
      const ledger = await open();
      const chain = plainChain(chainStart(), 2);
      const pending = ledger.segments.ingest(chain.slice(0, 1));
      await ledger.close();
      expect(await pending).toEqual([STORED]);
      await expect(ledger.segments.ingest(chain.slice(1))).rejects.toMatchObject({ kind: 'closed' });
      await expect(ledger.segments.position(at(chain, 0).device)).rejects.toMatchObject({ kind: 'closed' });
      await expect(ledger.segments.counters(DAY)).rejects.toMatchObject({ kind: 'closed' });
      await expect(storedSegments(ledger)).rejects.toMatchObject({ kind: 'closed' });
      await expect(ledger.documents.get(CHAIN_PROGRAM_HASH)).rejects.toMatchObject({ kind: 'closed' });
      await expect(ledger.incidents.list(1)).rejects.toMatchObject({ kind: 'closed' });
      await ledger.close();
    });
  });

  describe(`${adapter}: reading`, () => {
    withLedger(
      '[S22] segments are read by time, device, epoch and number, whatever order they came in',
      async (ledger) => {
        const chains = [
          plainChain(chainStart('a'), 150),
          plainChain(chainStart('b'), 150),
          plainChain(chainStart('a', 1), 40),
        ];
        for (const chain of chains) await ledger.segments.ingest(chain);
        const read = await storedSegments(ledger);
        const keys = read.map((s) => [s.firstAtMs, s.device, s.epoch, s.segment] as const);
        const sorted = [...keys].sort(
          (x, y) => x[0] - y[0] || (x[1] < y[1] ? -1 : x[1] > y[1] ? 1 : 0) || x[2] - y[2] || x[3] - y[3],
        );
        expect(read).toHaveLength(340);
        expect(keys).toEqual(sorted);
        expect(await storedSegments(ledger, 'screen-b')).toEqual(chains[1]?.map(rowOf));
      },
    );

    withLedger(
      '[S22] a span finds every segment that holds a record in it, also over a stepped clock',
      async (ledger) => {
        const hour = 3_600_000;
        const [plain, long, backwards] = ['a', 'b', 'c'].map((name) => nextSegment(chainStart(name)).segment);
        if (!plain || !long || !backwards) return;
        const stored = [
          { ...plain, firstAtMs: CHAIN_START_MS + 5 * hour, lastAtMs: CHAIN_START_MS + 5 * hour + 1000 },
          { ...long, firstAtMs: CHAIN_START_MS, lastAtMs: CHAIN_START_MS + 9 * hour },
          { ...backwards, firstAtMs: CHAIN_START_MS + 9 * hour, lastAtMs: CHAIN_START_MS + 4 * hour },
        ];
        await ledger.segments.ingest(stored);
        const find = async (fromMs: number, toMs: number, screen: string | null = null): Promise<string[]> => {
          const query = { fromMs: CHAIN_START_MS + fromMs, toMs: CHAIN_START_MS + toMs, screen };
          return (await Array.fromAsync(ledger.segments.segments(query))).map((s) => s.screen);
        };
        expect(await find(5 * hour, 5 * hour + 1)).toEqual(['screen-b', 'screen-a', 'screen-c']);
        expect(await find(5 * hour, 5 * hour + 1, 'screen-c')).toEqual(['screen-c']);
        expect(await find(5 * hour + 1000, 6 * hour, 'screen-a')).toEqual(['screen-a']);
        expect(await find(5 * hour + 1001, 6 * hour, 'screen-a')).toEqual([]);
        expect(await find(4 * hour, 5 * hour)).toEqual(['screen-b', 'screen-c']);
        expect(await find(10 * hour, 11 * hour)).toEqual([]);
      },
    );
  });

  describe(`${adapter}: documents and incidents`, () => {
    withLedger('[S23] a document is kept under the hash of its bytes and no other', async (ledger) => {
      const body = '{"name":"循播"}';
      await ledger.documents.put(shaOf(body), 'program', body);
      await ledger.documents.put(shaOf(body), 'program', body);
      expect(await ledger.documents.get(shaOf(body))).toBe(body);
      expect(await ledger.documents.get(shaOf('other'))).toBeNull();
      await expect(ledger.documents.put(shaOf('other'), 'program', body)).rejects.toMatchObject({ kind: 'faulty' });
      expect(await ledger.documents.get(shaOf('other'))).toBeNull();
    });

    withLedger('[S24] incidents are listed newest first: all open ones and the latest closed ones', async (ledger) => {
      const incident = (id: string, openedAtMs: number, closedAtMs: number | null) =>
        ({ id, screenId: `s-${id}`, kind: 'offline', detail: '', openedAtMs, closedAtMs }) as const;
      const rows = [incident('i1', 1, null), incident('i2', 2, 90), incident('i3', 3, 20), incident('i4', 4, null)];
      for (const row of rows) await ledger.incidents.save(row);
      const ids = async (limit: number): Promise<string[]> => (await ledger.incidents.list(limit)).map((i) => i.id);
      expect(await ids(0)).toEqual(['i4', 'i1']);
      expect(await ids(1)).toEqual(['i4', 'i2', 'i1']);
      expect(await ids(9)).toEqual(['i4', 'i3', 'i2', 'i1']);
      await ledger.incidents.save(incident('i4', 4, 100));
      expect(await ledger.incidents.list(1)).toEqual([incident('i4', 4, 100), incident('i1', 1, null)]);
    });

    withLedger('[S24] a second open incident of a kind on a screen is a conflict', async (ledger) => {
      const incident = { screenId: 's1', kind: 'offline', detail: '', openedAtMs: 1, closedAtMs: null } as const;
      await ledger.incidents.save({ id: 'i1', ...incident });
      await expect(ledger.incidents.save({ id: 'i2', ...incident })).rejects.toMatchObject({ kind: 'conflict' });
      await ledger.incidents.save({ id: 'i3', ...incident, kind: 'at-risk' });
      await ledger.incidents.save({ id: 'i1', ...incident, closedAtMs: 5 });
      await ledger.incidents.save({ id: 'i2', ...incident });
      expect((await ledger.incidents.list(0)).map((i) => i.id).sort()).toEqual(['i2', 'i3']);
    });
  });
}
