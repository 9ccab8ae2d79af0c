/** How every ledger gives back what it keeps: segments in order, documents, incidents. */
import { describe, expect } from 'vitest';
import { rowOf } from '../../server/stores/memory-segments.ts';
import { CHAIN_START_MS, chainStart, nextSegment, plainChain, shaOf } from '../helpers/chain-builder.ts';
import { storedSegments, type WithLedger } from './with-ledger.ts';

/** Makes the tests of one adapter. */
export function readingContract(adapter: string, withLedger: WithLedger): void {
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
