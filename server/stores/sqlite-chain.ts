/** What the ledger's file holds of a device's chain. */
import type { DatabaseSync } from 'node:sqlite';
import { type ChainLink, type ChainView, nextNumber } from '../../domain/proof/chain.ts';
import { bytesOf, readLink, readNumber } from './ledger-rows.ts';
import type { ChainPosition } from './ledger-store.ts';

/** Questions about chains, answered from the connection's present state. */
export type SqliteChain = {
  /** What is kept around a number of an epoch. */
  view(device: string, epoch: number, segment: number): ChainView;
  /** The highest epoch that anything is kept of from its beginning, and its next number. */
  position(device: string): ChainPosition | null;
};

const LINK = 'epoch, segment, first_seq, count, hash, prev';

/** Prepares the questions. */
export function createSqliteChain(db: DatabaseSync): SqliteChain {
  const last = db.prepare(`SELECT ${LINK} FROM segments WHERE device = ? AND epoch = ? ORDER BY segment DESC LIMIT 1`);
  const at = db.prepare(`SELECT ${LINK} FROM segments WHERE device = ? AND epoch = ? AND segment = ?`);
  const below = db.prepare(
    `SELECT ${LINK} FROM segments WHERE device = ? AND epoch = ? AND segment < ? ORDER BY segment DESC LIMIT 1`,
  );
  const above = db.prepare(
    `SELECT ${LINK} FROM segments WHERE device = ? AND epoch = ? AND segment > ? ORDER BY segment LIMIT 1`,
  );
  const quarantined = db.prepare(
    'SELECT segment AS number FROM quarantine WHERE device = ? AND epoch = ? AND segment >= ? ORDER BY segment',
  );
  const highestEpoch = db.prepare(
    `SELECT max(
       (SELECT coalesce(max(epoch), -1) FROM segments WHERE device = ?1),
       (SELECT coalesce(max(epoch), -1) FROM quarantine WHERE device = ?2 AND segment = 0)) + 1 AS number`,
  );

  function next(device: string, epoch: number, lastStored: number | null): number {
    const rows = quarantined.iterate(device, epoch, lastStored === null ? 0 : lastStored + 1);
    return nextNumber(lastStored, numbersOf(rows));
  }

  function view(device: string, epoch: number, segment: number): ChainView {
    const key = bytesOf(device);
    const end: ChainLink | null = readLink(last.get(key, epoch));
    // The common case costs this one question: the segment that follows the last stored one.
    if (end ? segment === end.segment + 1 : segment === 0)
      return { next: segment, same: null, before: end, after: null };
    const same = readLink(at.get(key, epoch, segment));
    if (same) return { next: segment, same, before: null, after: null };
    return {
      next: next(device, epoch, end?.segment ?? null),
      same,
      before: readLink(below.get(key, epoch, segment)),
      after: readLink(above.get(key, epoch, segment)),
    };
  }

  function position(device: string): ChainPosition | null {
    const key = bytesOf(device);
    const epoch = readNumber(highestEpoch.get(key, device)) - 1;
    if (epoch < 0) return null;
    const end = readLink(last.get(key, epoch));
    return { epoch, nextSegment: next(device, epoch, end?.segment ?? null) };
  }

  return { view, position };
}

function* numbersOf(rows: Iterable<unknown>): Iterable<number> {
  for (const row of rows) yield readNumber(row);
}
