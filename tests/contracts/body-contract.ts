/** What every ledger keeps to about the bodies of its segments. */
import { describe, expect } from 'vitest';
import { DROPPED_BODY } from '../../server/stores/body-store.ts';
import { rowOf } from '../../server/stores/memory-segments.ts';
import { chainOf, chainStart, PLAY, plainChain } from '../helpers/chain-builder.ts';
import { at, storedSegments, type WithLedger } from './with-ledger.ts';

/** Makes the tests of one adapter. */
export function bodyContract(adapter: string, withLedger: WithLedger): void {
  describe(`${adapter}: bodies`, () => {
    withLedger('[RT1] segments are found by their places in the log, in order, whole', async (ledger) => {
      const one = plainChain(chainStart('a'), 3);
      const other = plainChain(chainStart('b'), 2);
      await ledger.segments.ingest([at(one, 0), at(other, 0), at(one, 1)]);
      await ledger.log.append(['something else']);
      await ledger.segments.ingest([at(one, 2), at(other, 1)]);
      // The program of the chains is the first entry.
      expect(await ledger.bodies.loggedIn(0, 100)).toEqual(
        [at(one, 0), at(other, 0), at(one, 1), at(one, 2), at(other, 1)].map((segment, k) => ({
          index: k < 3 ? k + 1 : k + 2,
          row: rowOf(segment),
        })),
      );
      expect((await ledger.bodies.loggedIn(2, 4)).map(({ index }) => index)).toEqual([2, 3]);
      expect(await ledger.bodies.loggedIn(6, 6)).toEqual([]);
    });

    withLedger(
      '[RT1] [RT3] a dropped body leaves header, signature, counters and entries; the same segment again changes nothing',
      async (ledger) => {
        const end = { kind: 'end', plays: { c1: 2 } } as const;
        const chain = chainOf(chainStart(), [[PLAY], [PLAY], [end]]);
        await ledger.segments.ingest(chain);
        const before = {
          entries: await ledger.log.entries(0, 100),
          counters: await ledger.segments.counters({ from: '2026-07-01', to: '2026-07-01', screen: null }),
          position: await ledger.segments.position(at(chain, 0).device),
        };
        await ledger.bodies.drop([at(chain, 0).hash, at(chain, 1).hash], 3);
        expect(await ledger.bodies.lookedUpTo()).toBe(3);
        expect(await storedSegments(ledger)).toEqual([
          { ...rowOf(at(chain, 0)), body: DROPPED_BODY },
          { ...rowOf(at(chain, 1)), body: DROPPED_BODY },
          rowOf(at(chain, 2)),
        ]);
        expect(await ledger.segments.ingest(chain)).toEqual(chain.map(() => ({ kind: 'stored', again: true })));
        expect(await storedSegments(ledger)).toHaveLength(3);
        expect({
          entries: await ledger.log.entries(0, 100),
          counters: await ledger.segments.counters({ from: '2026-07-01', to: '2026-07-01', screen: null }),
          position: await ledger.segments.position(at(chain, 0).device),
        }).toEqual(before);
      },
    );
  });
}
