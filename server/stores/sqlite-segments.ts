/** Segments, quarantine and counters in the ledger's file. */
import type { DatabaseSync } from 'node:sqlite';
import { decideChain } from '../../domain/proof/chain.ts';
import type { GroupCommit } from './group-commit.ts';
import { readScreenDayRow } from './ledger-rows.ts';
import type { BadSegment, IngestOutcome, SegmentLedger, VerifiedSegment } from './ledger-store.ts';
import {
  addToScreenDay,
  changesByDate,
  decodeScreenDay,
  emptyScreenDay,
  encodeCounts,
  encodeEnd,
  toCounters,
} from './screen-day.ts';
import type { SegmentPacker } from './segment-packer.ts';
import { createSegmentReader } from './segment-reader.ts';
import { createSqliteChain } from './sqlite-chain.ts';
import type { SqliteWriters } from './sqlite-writers.ts';

/** The segment ledger over one connection; `assertOpen` throws once it is closed. */
export function createSqliteSegments(
  db: DatabaseSync,
  { packer, writers, commits }: { packer: SegmentPacker; writers: SqliteWriters; commits: GroupCommit },
  assertOpen: () => void,
): SegmentLedger {
  const chain = createSqliteChain(db);
  const dayAt = db.prepare('SELECT screen, date, counts, end_of_day FROM screen_days WHERE screen = ? AND date = ?');
  const daysOfAll = db.prepare(
    'SELECT screen, date, counts, end_of_day FROM screen_days WHERE date BETWEEN ? AND ? ORDER BY date, screen',
  );
  const daysOfOne = db.prepare(
    'SELECT screen, date, counts, end_of_day FROM screen_days WHERE screen = ? AND date BETWEEN ? AND ? ORDER BY date',
  );
  const read = createSegmentReader(db, packer, assertOpen);

  function ingestOne(segment: VerifiedSegment): IngestOutcome {
    const view = chain.view(segment.device, segment.epoch, segment.segment);
    const decision = decideChain(segment, view);
    switch (decision.kind) {
      case 'again':
        return { kind: 'stored', again: true };
      case 'rewind':
        return decision;
      case 'fork':
        writers.fork(segment);
        return decision;
      case 'discontinuous':
        writers.quarantine({ ...segment, reason: decision.reason });
        return { kind: 'discontinuous' };
      case 'store':
        if (segment.segment > view.next) writers.missing(segment, view.next);
        writers.segment(segment);
        count(segment);
        return { kind: 'stored', again: false };
    }
  }

  function count(segment: VerifiedSegment): void {
    const { screen, deltas, dayCloses } = segment;
    for (const change of changesByDate(deltas, dayCloses)) {
      const row = dayAt.get(screen, change.date);
      const known = row === undefined ? null : readScreenDayRow(row);
      const day = known ? decodeScreenDay(known.counts, known.end) : emptyScreenDay();
      addToScreenDay(day, change, segment);
      writers.screenDay(screen, change.date, encodeCounts(day), encodeEnd(day));
    }
  }

  return {
    ingest: (batch) => commits.run(() => batch.map(ingestOne)),
    quarantine: (bad: BadSegment) => commits.run(() => writers.quarantine(bad)),
    async position(device) {
      assertOpen();
      return chain.position(device);
    },
    async counters({ from, to, screen }) {
      assertOpen();
      const rows = screen === null ? daysOfAll.all(from, to) : daysOfOne.all(screen, from, to);
      return rows.map((row) => {
        const { screen: of, date, counts, end } = readScreenDayRow(row);
        return toCounters(of, date, decodeScreenDay(counts, end));
      });
    },
    segments: read,
  };
}
