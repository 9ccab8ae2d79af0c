/** How the suites of a ledger open one: each test gets its own, checked by a recount and closed at the end. */
import { expect, test } from 'vitest';
import type { Ledger, VerifiedSegment, VerifiedSegmentRow } from '../../server/stores/ledger-store.ts';
import { recountScreenDays } from '../../server/stores/recount.ts';
import { putChainProgram } from '../helpers/chain-builder.ts';

/** Gives an empty ledger; the suite closes it. */
export type OpenLedger = () => Promise<Ledger>;

/** Defines a test over a ledger that holds the chains' program. */
export type WithLedger = (name: string, body: (ledger: Ledger) => Promise<void>) => void;

/** Tests over ledgers that `open` gives. */
export const testsWith =
  (open: OpenLedger): WithLedger =>
  (name, body) => {
    test(name, async () => {
      const ledger = await open();
      try {
        await putChainProgram(ledger);
        await body(ledger);
        expect(await recountScreenDays(ledger)).toEqual([]);
      } finally {
        await ledger.close();
      }
    });
  };

/** The segment at `index` of a chain that has one. */
export function at(chain: readonly VerifiedSegment[], index: number): VerifiedSegment {
  const segment = chain[index];
  if (!segment) throw new RangeError(`no segment ${index}`);
  return segment;
}

/** All stored segments, in reading order. */
export async function storedSegments(ledger: Ledger, screen: string | null = null): Promise<VerifiedSegmentRow[]> {
  const query = { fromMs: Number.MIN_SAFE_INTEGER, toMs: Number.MAX_SAFE_INTEGER, screen };
  return Array.fromAsync(ledger.segments.segments(query));
}
