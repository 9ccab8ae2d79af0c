/** Every statement that writes into the ledger's file; to be called within a transaction. */
import type { DatabaseSync } from 'node:sqlite';
import { bytesOf } from './ledger-rows.ts';
import type { BadSegment, IncidentRow, VerifiedSegment, VerifiedSegmentRow } from './ledger-store.ts';
import { dayCloseEntries, missingEntry, programEntry, quarantineEntry, segmentEntry } from './log-entries.ts';
import type { SegmentPacker } from './segment-packer.ts';
import { createLogWriter } from './sqlite-log.ts';

/** What can be written. What is accepted for good also joins the log, once. */
export type SqliteWriters = {
  segment(segment: VerifiedSegment): void;
  /** Notes that the numbers from `from` up to that of `segment` are no longer on its device. */
  missing(segment: VerifiedSegment, from: number): void;
  fork(segment: VerifiedSegment): void;
  quarantine(bad: BadSegment): void;
  document(hash: string, kind: string, body: string): void;
  screenDay(screen: string, date: string, counts: string, end: string | null): void;
  incident(incident: IncidentRow): void;
};

/** Writes a packed segment under its position in the log. */
export function createSegmentWriter(
  db: DatabaseSync,
  packer: SegmentPacker,
): (position: number, segment: VerifiedSegmentRow) => void {
  const insert = db.prepare(
    `INSERT INTO segments (id, device, epoch, segment, hash, prev, screen, first_seq, count, first_at, last_at, received_at,
       packed_with, signature, packed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (position, s) => {
    const { packed, packedWith } = packer.pack(s);
    insert.run(
      ...[position, bytesOf(s.device), s.epoch, s.segment, bytesOf(s.hash), s.prev && bytesOf(s.prev)],
      ...[s.screen, s.firstSeq, s.count, s.firstAtMs, s.lastAtMs, s.receivedAtMs],
      ...[packedWith, Buffer.from(s.signature, 'base64'), packed],
    );
  };
}

/** Prepares the statements. */
export function createSqliteWriters(db: DatabaseSync, packer: SegmentPacker): SqliteWriters {
  const log = createLogWriter(db);
  const segment = createSegmentWriter(db, packer);
  const fork = db.prepare(
    `INSERT INTO forks (hash, device, epoch, segment, header, signature, body, received_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const quarantine = db.prepare(
    `INSERT INTO quarantine (device, epoch, segment, hash, first_seq, count, reason, header, signature, body, received_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const document = db.prepare('INSERT INTO documents (hash, kind, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const screenDay = db.prepare(
    `INSERT INTO screen_days (screen, date, counts, end_of_day) VALUES (?, ?, ?, ?)
       ON CONFLICT (screen, date) DO UPDATE SET counts = excluded.counts, end_of_day = excluded.end_of_day`,
  );
  const incident = db.prepare(
    `INSERT INTO incidents (id, screen, kind, detail, opened_at, closed_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET screen = excluded.screen, kind = excluded.kind, detail = excluded.detail,
       opened_at = excluded.opened_at, closed_at = excluded.closed_at`,
  );

  return {
    segment(s) {
      segment(log.addSegment(), s);
      for (const entry of dayCloseEntries(s)) log.add(entry);
    },
    missing(s, from) {
      log.add(missingEntry(s, from));
    },
    fork(s) {
      const { changes } = fork.run(
        ...[s.hash, s.device, s.epoch, s.segment, s.header, s.signature, s.body, s.receivedAtMs],
      );
      if (changes > 0) log.add(segmentEntry('fork', s));
    },
    quarantine(b) {
      const { changes } = quarantine.run(
        ...[b.device, b.epoch, b.segment, b.hash, b.firstSeq, b.count],
        ...[b.reason, b.header, b.signature, b.body, b.receivedAtMs],
      );
      if (changes > 0) log.add(quarantineEntry(b));
    },
    document(hash, kind, body) {
      if (document.run(hash, kind, body).changes > 0) log.add(programEntry(hash));
    },
    screenDay(screen, date, counts, end) {
      screenDay.run(screen, date, counts, end);
    },
    incident(i) {
      incident.run(i.id, i.screenId, i.kind, i.detail, i.openedAtMs, i.closedAtMs);
    },
  };
}
