/** What every ledger keeps to; each adapter runs this suite. */
import { describe, expect, test } from 'vitest';
import { rowOf } from '../../server/stores/memory-segments.ts';
import {
  badOf,
  CHAIN_PROGRAM_HASH,
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
import { bodyContract } from './body-contract.ts';
import { logContract } from './log-contract.ts';
import { readingContract } from './reading-contract.ts';
import { at, type OpenLedger, storedSegments, testsWith } from './with-ledger.ts';

const STORED = { kind: 'stored', again: false };
const AGAIN = { kind: 'stored', again: true };
const DISCONTINUOUS = { kind: 'discontinuous' };
const DAY = { from: '2026-07-01', to: '2026-07-01', screen: 'screen-a' };

/** Makes the tests of one adapter. */
export function ledgerContract(adapter: string, open: OpenLedger): void {
  const withLedger = testsWith(open);
  logContract(adapter, withLedger);
  readingContract(adapter, withLedger);
  bodyContract(adapter, withLedger);

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

    withLedger(
      '[S42] a segment behind a gap that its device declares is stored, and the gap can still be filled',
      async (ledger) => {
        const chain = plainChain(chainStart(), 8);
        const behind = (index: number) => ({ ...at(chain, index), afterGap: true });
        expect(await ledger.segments.ingest([behind(2), at(chain, 3)])).toEqual([STORED, STORED]);
        expect(await ledger.segments.position(at(chain, 0).device)).toEqual({ epoch: 0, nextSegment: 4 });
        expect(await ledger.segments.ingest([behind(6), at(chain, 7)])).toEqual([STORED, STORED]);
        expect(await ledger.segments.ingest([behind(2), at(chain, 5)])).toEqual([AGAIN, STORED]);
        const apart = nextSegment({ ...nextSegment(chainStart()).end, segment: 4, seq: 2 }).segment;
        expect(await ledger.segments.ingest([{ ...apart, afterGap: true }])).toEqual([DISCONTINUOUS]);
        expect(await ledger.segments.ingest([at(chain, 4), at(chain, 1), at(chain, 0)])).toEqual([
          STORED,
          STORED,
          STORED,
        ]);
        expect(await storedSegments(ledger)).toEqual(chain.map(rowOf));
        expect((await ledger.segments.counters(DAY))[0]?.plays).toEqual({ c1: 8 });
        const { screen, device } = at(chain, 0);
        const gap = { kind: 'missing', screen, device, epoch: 0, v: 1 };
        const entries = (await ledger.log.entries(0, 100)).map((entry): { kind: string } => JSON.parse(entry));
        expect(entries.filter(({ kind }) => kind === 'missing')).toEqual([
          { ...gap, from: 0, to: 2 },
          { ...gap, from: 4, to: 6 },
        ]);
      },
    );

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
      expect(day?.closed).toEqual({ short: { c2: 'booked-out' }, plays: {} });
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
}
