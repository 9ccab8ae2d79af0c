/** The embedded ledger passes the contract, and keeps what only a file can keep. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LEDGER_VERSION, openLedgerFile } from '../../../server/stores/ledger-schema.ts';
import { openSqliteLedger } from '../../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../../server/stores/store-log.ts';
import { ledgerContract } from '../../contracts/ledger-contract.ts';
import { rowOf, storedSegments } from '../../contracts/with-ledger.ts';
import { badOf, chainStart, nextSegment, PLAY, plainChain, shaOf } from '../../helpers/chain-builder.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const log = silentLog;

ledgerContract('embedded ledger', async () => openSqliteLedger({ file: await ledgerFile(), log }));

async function ledgerFile(): Promise<string> {
  return join(await tempFolder(), 'ledger.sqlite');
}

/** Rows of a query over the file, read by another connection. */
function rowsOf(file: string, sql: string): unknown[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return db
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    db.close();
  }
}

describe('embedded ledger: file', () => {
  test('[S25] commits are on the disk when they return: WAL, synchronous FULL, foreign keys', async () => {
    const db = openLedgerFile(await ledgerFile());
    const value = (pragma: string): unknown => Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
    expect(['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'user_version'].map(value)).toEqual([
      'wal',
      2,
      1,
      5000,
      LEDGER_VERSION,
    ]);
    db.close();
  });

  test('[S26] a ledger of a newer version is refused by name and left alone', async () => {
    const file = await ledgerFile();
    const db = openLedgerFile(file);
    db.exec(`PRAGMA user_version = ${LEDGER_VERSION + 1}`);
    db.close();
    const opening = openSqliteLedger({ file, log });
    await expect(opening).rejects.toMatchObject({ kind: 'newer-version' });
    await expect(opening).rejects.toThrow(
      `${file} was written by a newer version of Xunbo: data version ${LEDGER_VERSION + 1} found, up to ${LEDGER_VERSION} allowed`,
    );
    expect(rowsOf(file, 'PRAGMA user_version')).toEqual([{ user_version: LEDGER_VERSION + 1 }]);
  });

  test('[S26] a file that is no database, or a database of something else, is refused by name', async () => {
    const file = await ledgerFile();
    await writeFile(file, 'x'.repeat(10_000));
    await expect(openSqliteLedger({ file, log })).rejects.toMatchObject({
      kind: 'damaged',
      message: expect.stringContaining(file),
    });
    const other = await ledgerFile();
    const db = new DatabaseSync(other);
    db.exec('CREATE TABLE songs (name TEXT)');
    db.close();
    await expect(openSqliteLedger({ file: other, log })).rejects.toMatchObject({ kind: 'damaged' });
    expect(rowsOf(other, 'SELECT name FROM sqlite_schema')).toEqual([{ name: 'songs' }]);
  });

  test('[S26] a file that cannot be opened is refused by name', async () => {
    const folder = await tempFolder();
    await expect(openSqliteLedger({ file: folder, log })).rejects.toMatchObject({ kind: 'disk-failed' });
  });

  test('[S10] [I1] everything is there after the ledger is opened again', async () => {
    const file = await ledgerFile();
    const first = await openSqliteLedger({ file, log });
    const chain = plainChain(chainStart(), 3);
    await first.segments.ingest(chain.slice(0, 2));
    await first.segments.quarantine(badOf(chain[2] ?? nextSegment(chainStart()).segment));
    await first.incidents.save({
      id: 'i',
      screenId: 's',
      kind: 'offline',
      detail: 'x',
      openedAtMs: 1,
      closedAtMs: null,
    });
    const counters = await first.segments.counters({ from: '2026-07-01', to: '2026-07-01', screen: null });
    await first.close();
    const second = await openSqliteLedger({ file, log });
    expect(await storedSegments(second)).toEqual(chain.slice(0, 2).map(rowOf));
    expect(await second.segments.position(chainStart().device)).toEqual({ epoch: 0, nextSegment: 3 });
    expect(await second.segments.counters({ from: '2026-07-01', to: '2026-07-01', screen: null })).toEqual(counters);
    expect(await second.incidents.list(0)).toHaveLength(1);
    await second.close();
  });

  test('[S19] whatever is accepted joins the log queue once, in order', async () => {
    const file = await ledgerFile();
    const ledger = await openSqliteLedger({ file, log });
    const [first, second, third] = plainChain(chainStart(), 3);
    const fork = nextSegment(chainStart(), [PLAY, PLAY]).segment;
    if (!first || !second || !third) throw new RangeError('three segments');
    const apart = nextSegment({ ...nextSegment(chainStart()).end, prev: shaOf('x') }).segment;
    await ledger.documents.put(shaOf('{}'), 'program', '{}');
    for (const _ of [1, 2]) {
      await ledger.segments.ingest([first, fork, third]);
      await ledger.segments.quarantine(badOf(second, 'header'));
      await ledger.segments.ingest([apart]);
      await ledger.documents.put(shaOf('{}'), 'program', '{}');
    }
    await ledger.close();
    const rows = rowsOf(file, 'SELECT entry FROM log_entries ORDER BY position');
    expect(rows.map((row) => JSON.parse(z.object({ entry: z.string() }).parse(row).entry))).toMatchObject([
      { kind: 'program', hash: shaOf('{}') },
      { kind: 'segment', hash: first.hash, screen: first.screen, device: first.device, epoch: 0, segment: 0, v: 1 },
      { kind: 'fork', hash: fork.hash },
      { kind: 'quarantine', hash: badOf(second, 'header').hash, reason: 'signature-wrong' },
      { kind: 'quarantine', hash: apart.hash },
      { kind: 'segment', hash: third.hash },
    ]);
  });

  test('[S38] a ledger of version 1 becomes one with a log: what its queue held, in the same order', async () => {
    const file = await ledgerFile();
    const ledger = await openSqliteLedger({ file, log });
    const chain = plainChain(chainStart(), 3);
    const fork = nextSegment(chainStart(), [PLAY, PLAY]).segment;
    await ledger.documents.put(shaOf('{}'), 'program', '{}');
    await ledger.segments.ingest([...chain, fork]);
    const [first] = chain;
    if (!first) throw new RangeError('a segment');
    await ledger.segments.quarantine(badOf(first, 'header'));
    const before = await ledger.log.entries(0, 100);
    await ledger.close();
    const db = new DatabaseSync(file);
    db.exec(`CREATE TABLE log_queue (position INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
      INSERT INTO log_queue (kind, hash) SELECT CASE json_extract(entry, '$.kind') WHEN 'program' THEN 'document'
        ELSE json_extract(entry, '$.kind') END, json_extract(entry, '$.hash') FROM log_entries ORDER BY position;
      DROP TABLE log_entries; DROP TABLE log_tiles; DROP TABLE assignments; DROP TABLE log_checkpoints; PRAGMA user_version = 1`);
    db.close();
    const again = await openSqliteLedger({ file, log });
    expect(await again.log.entries(0, 100)).toEqual(before);
    expect(before).toHaveLength(6);
    expect(await again.log.indexOf(first.hash)).toBe(1);
    await again.close();
    expect(rowsOf(file, 'PRAGMA user_version')).toEqual([{ user_version: LEDGER_VERSION }]);
  });

  test('[S38] a ledger of version 2 keeps checkpoints from now on', async () => {
    const file = await ledgerFile();
    await (await openSqliteLedger({ file, log })).close();
    const db = new DatabaseSync(file);
    db.exec('DROP TABLE log_checkpoints; PRAGMA user_version = 2');
    db.close();
    const again = await openSqliteLedger({ file, log });
    await again.log.keepCheckpoint({ size: 3, atMs: 4, note: 'a note' });
    expect(await again.log.checkpointsSince(0)).toEqual([{ size: 3, atMs: 4, note: 'a note' }]);
    await again.close();
  });

  test('[S20] a call that the file refuses fails alone; those of the same commit are kept', async () => {
    const ledger = await openSqliteLedger({ file: await ledgerFile(), log });
    const [first, second] = plainChain(chainStart('a'), 2);
    if (!first || !second) throw new RangeError('two segments');
    const stolen = { ...first, device: shaOf('thief') };
    const settled = await Promise.allSettled(
      [first, stolen, second].map((segment) => ledger.segments.ingest([segment])),
    );
    expect(settled.map((s) => s.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(settled[1]).toMatchObject({ reason: { kind: 'conflict' } });
    expect(await storedSegments(ledger)).toEqual([first, second].map(rowOf));
    await ledger.close();
  });
});
