/** How many plays a second the embedded ledger takes in, each acknowledged only once it is on the disk. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openLedgerFile } from '../../server/stores/ledger-schema.ts';
import type { VerifiedSegment } from '../../server/stores/ledger-store.ts';
import { segmentEntry } from '../../server/stores/log-entries.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../server/stores/store-log.ts';
import { type ChainEnd, chainStart, nextSegment, PLAY } from '../helpers/chain-builder.ts';
import { type BenchGroup, median } from './figure.ts';

const PLAYS_A_SEGMENT = 40;
const DEVICES = 100;
const SEGMENTS_A_DEVICE = 20;
const ROUNDS = 7;

/** Ingest of verified segments in groups of one from each device, and the same rows inserted by bare statements in batches of that size. */
export const ledgerGroup: BenchGroup = async (report) => {
  const batches = makeBatches();
  const plays = DEVICES * SEGMENTS_A_DEVICE * PLAYS_A_SEGMENT;
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await inFreshFile(async (file) => ingestAll(file, batches)));
    bare.push(await inFreshFile(async (file) => insertAll(file, batches)));
  }
  const [oursMs, bareMs] = [median(ours), median(bare)];
  report({
    name: 'ingest-plays-per-s',
    value: Math.round((plays / oursMs) * 1000),
    unit: 'plays/s',
    reference: `bare node:sqlite inserts of the same rows: ${Math.round((plays / bareMs) * 1000)} plays/s`,
    ratio: bareMs / oursMs,
  });
};

/** One batch a round of all devices: the next segment of each. */
function makeBatches(): VerifiedSegment[][] {
  const specs = Array.from({ length: PLAYS_A_SEGMENT }, () => PLAY);
  let ends: ChainEnd[] = Array.from({ length: DEVICES }, (_, i) => chainStart(`bench-${i}`));
  return Array.from({ length: SEGMENTS_A_DEVICE }, () => {
    const made = ends.map((end) => nextSegment(end, specs));
    ends = made.map(({ end }) => end);
    return made.map(({ segment }) => segment);
  });
}

async function inFreshFile(measure: (file: string) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'xunbo-bench-'));
  try {
    return await measure(join(folder, 'ledger.sqlite'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function ingestAll(file: string, batches: readonly VerifiedSegment[][]): Promise<number> {
  const ledger = await openSqliteLedger({ file, log: silentLog });
  const startMs = performance.now();
  for (const batch of batches) {
    // As they come from sockets: one call a segment, those of one moment together.
    const outcomes = await Promise.all(batch.map((segment) => ledger.segments.ingest([segment])));
    if (outcomes.flat().some((o) => o.kind !== 'stored' || o.again)) throw new Error('a segment was not stored');
  }
  const elapsedMs = performance.now() - startMs;
  await ledger.close();
  return elapsedMs;
}

/** The rows and nothing else: no chain rule, no counting; tables, indexes and durability are the same. */
function insertAll(file: string, batches: readonly VerifiedSegment[][]): number {
  openLedgerFile(file).close();
  const db = new DatabaseSync(file);
  db.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536');
  const segment = db.prepare('INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const log = db.prepare('INSERT INTO log_entries (entry, hash) VALUES (?, ?)');
  const day = db.prepare('INSERT OR REPLACE INTO screen_days VALUES (?, ?, ?, NULL)');
  const startMs = performance.now();
  let plays = 0;
  for (const batch of batches) {
    plays += PLAYS_A_SEGMENT;
    db.exec('BEGIN IMMEDIATE');
    for (const s of batch) {
      segment.run(
        ...[s.device, s.epoch, s.segment, s.hash, s.prev, s.screen, s.firstSeq, s.count],
        ...[s.firstAtMs, s.lastAtMs, s.receivedAtMs, s.header, s.signature, s.body],
      );
      log.run(segmentEntry('segment', s), s.hash);
      day.run(s.screen, '2026-07-01', `[["c1",${plays},0,${plays * 30_000}]]`);
    }
    db.exec('COMMIT');
  }
  const elapsedMs = performance.now() - startMs;
  db.close();
  return elapsedMs;
}
