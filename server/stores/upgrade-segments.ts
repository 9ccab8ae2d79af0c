/** From version 3 to 4: stored segments are packed, each under its position in the log. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { readNumber } from './ledger-rows.ts';
import { ENTRY_TABLE, SEGMENT_TABLES } from './ledger-tables.ts';
import { createSegmentPacker } from './segment-packer.ts';
import { createSegmentWriter } from './sqlite-writers.ts';
import { StoreError } from './store-error.ts';

const segmentRow = z.object({
  position: z.int(),
  device: z.string(),
  epoch: z.int(),
  segment: z.int(),
  hash: z.string(),
  prev: z.string().nullable(),
  screen: z.string(),
  first_seq: z.int(),
  count: z.int(),
  first_at: z.int(),
  last_at: z.int(),
  received_at: z.int(),
  header: z.string(),
  signature: z.string(),
  body: z.string(),
});

/** The tables of then, out of the way of those of now; what others are named after them goes with them. */
const PUT_ASIDE = `
DROP INDEX IF EXISTS log_entries_by_hash; DROP INDEX IF EXISTS log_entries_alone;
DROP INDEX segments_by_time; DROP INDEX segments_by_screen; DROP INDEX segments_odd;
ALTER TABLE segments RENAME TO old_segments;
ALTER TABLE documents RENAME TO old_documents;
ALTER TABLE log_entries RENAME TO old_entries;
`;

/** Packs all segments within a transaction. Throws `StoreError` of kind `damaged` where one of them is not in the log. */
export function packStoredSegments(db: DatabaseSync): void {
  db.exec(`${PUT_ASIDE} ${ENTRY_TABLE} ${SEGMENT_TABLES}
    INSERT INTO documents (hash, kind, body) SELECT hash, kind, body FROM old_documents ORDER BY rowid;
    INSERT INTO log_entries (position, entry) SELECT position, iif(hash IS NULL, entry, NULL) FROM old_entries ORDER BY position;`);
  const write = createSegmentWriter(db, createSegmentPacker(db));
  const logged = db.prepare(
    'SELECT position, old_segments.* FROM old_entries JOIN old_segments USING (hash) ORDER BY position',
  );
  for (const row of logged.iterate()) {
    const { position, first_seq: firstSeq, first_at, last_at, received_at, ...segment } = segmentRow.parse(row);
    write(position, { ...segment, firstSeq, firstAtMs: first_at, lastAtMs: last_at, receivedAtMs: received_at });
  }
  const left = readNumber(
    db.prepare('SELECT (SELECT count(*) FROM old_segments) - (SELECT count(*) FROM segments) AS number').get(),
  );
  if (left > 0) throw new StoreError('damaged', `${left} stored segments are not in the log`);
  db.exec('DROP TABLE old_segments; DROP TABLE old_documents; DROP TABLE old_entries');
}
