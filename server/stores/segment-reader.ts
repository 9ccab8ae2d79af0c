/** Stored segments of a span of time, read in pages so that no statement stays open while the caller works. */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { bytesOf, readSegment } from './ledger-rows.ts';
import type { VerifiedSegmentRow } from './ledger-store.ts';
import { IS_ODD, ODD_SPAN_MS } from './ledger-tables.ts';
import { comparePlaces } from './screen-day.ts';
import type { SegmentPacker } from './segment-packer.ts';

/** Which segments: those whose records lie in or around [fromMs, toMs), of one screen or of all. */
export type SegmentQuery = { fromMs: number; toMs: number; screen: string | null };

/** Segments in memory at once, of each of the two kinds. */
const PAGE_ROWS = 64;

/** Whether a segment spans a moment in [fromMs, toMs); a clock set back may have put its last record before its first. */
export function isInSpan(row: { firstAtMs: number; lastAtMs: number }, { fromMs, toMs }: SegmentQuery): boolean {
  return Math.min(row.firstAtMs, row.lastAtMs) < toMs && Math.max(row.firstAtMs, row.lastAtMs) >= fromMs;
}

const STORED = 'SELECT segments.*, documents.hash AS program FROM segments';
const PROGRAM = 'LEFT JOIN documents ON documents.id = packed_with';
const ORDER = 'ORDER BY first_at, device, epoch, segment LIMIT $rows';
const AFTER = '(first_at, device, epoch, segment) > ($firstAt, $device, $epoch, $segment)';
// The lower bound moves up with each page, so that no page looks at the entries of those before it.
const REGULAR = `first_at >= $low AND first_at < $to AND last_at >= $from AND NOT (${IS_ODD})`;
const ODD = `first_at >= $low AND min(first_at, last_at) < $to AND max(first_at, last_at) >= $from AND ${IS_ODD}`;

/** Reads segments from `db`; `assertOpen` is called before each page and throws once the ledger is closed. */
export function createSegmentReader(
  db: DatabaseSync,
  packer: SegmentPacker,
  assertOpen: () => void,
): (query: SegmentQuery) => AsyncIterable<VerifiedSegmentRow> {
  async function* pages(
    index: string,
    condition: string,
    lowest: number,
    query: SegmentQuery,
  ): AsyncGenerator<VerifiedSegmentRow> {
    const ofScreen = query.screen === null ? '' : 'screen = $screen AND';
    const sql = `${STORED} ${index} ${PROGRAM} WHERE ${ofScreen} ${condition} AND ${AFTER} ${ORDER}`;
    const fixed = { $from: query.fromMs, $to: query.toMs, $rows: PAGE_ROWS };
    const screen = query.screen === null ? {} : { $screen: query.screen };
    let key = { $low: lowest, $firstAt: lowest, $device: new Uint8Array(), $epoch: -1, $segment: -1 };
    for (;;) {
      assertOpen();
      const rows = db
        .prepare(sql)
        .all({ ...fixed, ...screen, ...key })
        .map((row) => readSegment(row, packer));
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE_ROWS) return;
      const { firstAtMs, device, epoch, segment } = last;
      key = { $low: firstAtMs, $firstAt: firstAtMs, $device: bytesOf(device), $epoch: epoch, $segment: segment };
      await nextTurn();
    }
  }

  return (query) =>
    merge(
      pages('', REGULAR, Math.max(query.fromMs - ODD_SPAN_MS, Number.MIN_SAFE_INTEGER), query),
      pages('INDEXED BY segments_odd', ODD, Number.MIN_SAFE_INTEGER, query),
    );
}

/** Two sorted streams as one. */
async function* merge(
  a: AsyncGenerator<VerifiedSegmentRow>,
  b: AsyncGenerator<VerifiedSegmentRow>,
): AsyncGenerator<VerifiedSegmentRow> {
  let [x, y] = [await a.next(), await b.next()];
  while (!x.done || !y.done) {
    if (y.done || (!x.done && comparePlaces(x.value, y.value) < 0)) {
      if (!x.done) yield x.value;
      x = await a.next();
    } else {
      yield y.value;
      y = await b.next();
    }
  }
}
