/** The embedded ledger passes the contract, and keeps what only a file can keep. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { LEDGER_VERSION, openLedgerFile } from '../../../server/stores/ledger-schema.ts';
import type { Ledger, VerifiedSegment } from '../../../server/stores/ledger-store.ts';
import { rowOf } from '../../../server/stores/memory-segments.ts';
import { packSegment } from '../../../server/stores/packed-segment.ts';
import { recountScreenDays } from '../../../server/stores/recount.ts';
import { openSqliteLedger } from '../../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../../server/stores/store-log.ts';
import { ledgerContract } from '../../contracts/ledger-contract.ts';
import { storedSegments } from '../../contracts/with-ledger.ts';
import {
  badOf,
  CHAIN_PROGRAM_HASH,
  CHAIN_PROGRAM_TEXT,
  chainOf,
  chainStart,
  nextSegment,
  PLAY,
  plainChain,
  putChainProgram,
  shaOf,
} from '../../helpers/chain-builder.ts';
import { makeOldLedger } from '../../helpers/old-ledger.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const log = silentLog;

ledgerContract('embedded ledger', async () => openSqliteLedger({ file: await ledgerFile(), log }));

async function ledgerFile(): Promise<string> {
  return join(await tempFolder(), 'ledger.sqlite');
}

/** What a ledger gives when it is read. */
const contentOf = async (ledger: Ledger): Promise<{ segments: unknown[]; entries: string[]; counters: unknown[] }> => ({
  segments: await storedSegments(ledger),
  entries: await ledger.log.entries(0, 100),
  counters: await ledger.segments.counters({ from: '2026-01-01', to: '2026-12-31', screen: null }),
});

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
    const entries = await ledger.log.entries(0, 100);
    await ledger.close();
    expect(entries.map((entry): unknown => JSON.parse(entry))).toMatchObject([
      { kind: 'program', hash: shaOf('{}') },
      { kind: 'segment', hash: first.hash, screen: first.screen, device: first.device, epoch: 0, segment: 0, v: 1 },
      { kind: 'fork', hash: fork.hash },
      { kind: 'quarantine', hash: badOf(second, 'header').hash, reason: 'signature-wrong' },
      { kind: 'quarantine', hash: apart.hash },
      { kind: 'segment', hash: third.hash },
    ]);
  });

  for (const version of [1, 2, 3, 4] as const) {
    test(`[S38] a ledger of version ${version} becomes one of this version that holds the same, in the same order`, async () => {
      const file = await ledgerFile();
      const ledger = await openSqliteLedger({ file, log });
      const chain = chainOf(chainStart(), [
        [PLAY, PLAY],
        [PLAY],
        [PLAY, { kind: 'play', commitment: null, cut: true }],
      ]);
      const [first] = chain;
      if (!first) throw new RangeError('a segment');
      await putChainProgram(ledger);
      await ledger.segments.ingest([...chain, nextSegment(chainStart(), [PLAY]).segment]);
      await ledger.segments.quarantine(badOf(first, 'header'));
      await ledger.documents.put(shaOf('{}'), 'program', '{}');
      const before = await contentOf(ledger);
      await ledger.close();
      await makeOldLedger(file, version);
      const again = await openSqliteLedger({ file, log });
      expect(await contentOf(again)).toEqual(before);
      expect(before.entries).toHaveLength(7);
      expect(await again.log.indexOf(first.hash)).toBe(1);
      expect(await recountScreenDays(again)).toEqual([]);
      await again.close();
      expect(rowsOf(file, 'PRAGMA user_version')).toEqual([{ user_version: LEDGER_VERSION }]);
      expect(rowsOf(file, "SELECT name FROM sqlite_schema WHERE name LIKE 'old%' OR name = 'log_queue'")).toEqual([]);
    });
  }

  test('[S38] a ledger of which a stored segment is not in the log stays as it was', async () => {
    const file = await ledgerFile();
    const ledger = await openSqliteLedger({ file, log });
    await ledger.segments.ingest(plainChain(chainStart(), 2));
    await ledger.close();
    await makeOldLedger(file, 3);
    const db = new DatabaseSync(file);
    db.exec('DELETE FROM log_entries WHERE position = 2');
    db.close();
    await expect(openSqliteLedger({ file, log })).rejects.toMatchObject({ kind: 'damaged' });
    expect(rowsOf(file, 'PRAGMA user_version')).toEqual([{ user_version: 3 }]);
    expect(rowsOf(file, 'SELECT count(*) AS n FROM segments')).toEqual([{ n: 2 }]);
  });

  test('[S38] a ledger of version 2 keeps checkpoints from now on', async () => {
    const file = await ledgerFile();
    await (await openSqliteLedger({ file, log })).close();
    await makeOldLedger(file, 2);
    const again = await openSqliteLedger({ file, log });
    await again.log.keepCheckpoint({ size: 3, atMs: 4, note: 'a note' });
    expect(await again.log.checkpointsSince(0)).toEqual([{ size: 3, atMs: 4, note: 'a note' }]);
    await again.close();
  });

  test('[S38] a ledger of version 4 is looked through for old bodies from its beginning', async () => {
    const file = await ledgerFile();
    const ledger = await openSqliteLedger({ file, log });
    await ledger.segments.ingest(plainChain(chainStart(), 2));
    await ledger.close();
    await makeOldLedger(file, 4);
    const again = await openSqliteLedger({ file, log });
    expect(await again.bodies.lookedUpTo()).toBe(0);
    expect(await again.bodies.loggedIn(0, 9)).toHaveLength(2);
    await again.close();
  });

  test('[S41] segments that were packed by whoever verified them come back byte for byte, whatever is stored of their program', async () => {
    const file = await ledgerFile();
    const ledger = await openSqliteLedger({ file, log });
    const program = { hash: CHAIN_PROGRAM_HASH, text: Buffer.from(CHAIN_PROGRAM_TEXT) };
    const packed = (segment: VerifiedSegment, by: typeof program | null): VerifiedSegment => ({
      ...segment,
      packed: { bytes: packSegment(segment, { ...segment, program: by }), program: by?.hash ?? null },
    });
    const [a, b, c, d] = plainChain(chainStart(), 4);
    if (!a || !b || !c || !d) throw new RangeError('four segments');
    // The program is not stored yet: what was packed with it could not be unpacked.
    await ledger.segments.ingest([packed(a, program), packed(b, null)]);
    await putChainProgram(ledger);
    await ledger.segments.ingest([packed(c, program), packed(d, null)]);
    await ledger.close();
    const again = await openSqliteLedger({ file, log });
    expect(await storedSegments(again)).toEqual([a, b, c, d].map(rowOf));
    await again.close();
    expect(
      rowsOf(file, 'SELECT packed_with FROM segments ORDER BY id').map((row) => Object.values(row ?? {})[0]),
    ).toEqual([null, null, 1, null]);
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
