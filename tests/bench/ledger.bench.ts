/** How many plays a second the embedded ledger alone takes in, verified and packed before as threads do it, each acknowledged only once it is on the disk. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { VerifiedSegment } from '../../server/stores/ledger-store.ts';
import { segmentEntry } from '../../server/stores/log-entries.ts';
import { type PackedTexts, packSegment } from '../../server/stores/packed-segment.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../server/stores/store-log.ts';
import {
  CHAIN_PROGRAM_HASH,
  CHAIN_PROGRAM_TEXT,
  type ChainEnd,
  chainStart,
  nextSegment,
  PLAY,
  putChainProgram,
} from '../helpers/chain-builder.ts';
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
    name: 'store-plays-per-s',
    value: Math.round((plays / oursMs) * 1000),
    unit: 'plays/s',
    reference: `bare node:sqlite inserts of the same segments, a row each, not packed: ${Math.round((plays / bareMs) * 1000)} plays/s`,
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
    return made.map(({ segment }) => ({ ...segment, packed: packed(segment) }));
  });
}

const program = { hash: CHAIN_PROGRAM_HASH, text: Buffer.from(CHAIN_PROGRAM_TEXT) };

const packed = (segment: VerifiedSegment): PackedTexts => ({
  bytes: packSegment(segment, { ...segment, program }),
  program: program.hash,
});

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
  await putChainProgram(ledger);
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

/** The rows and nothing else: no chain rule, no counting, nothing packed; the indexes, the log and durability are the same. */
const PLAIN_TABLES = `
PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536;
CREATE TABLE segments (
  device TEXT, epoch INTEGER, segment INTEGER, hash TEXT UNIQUE, prev TEXT, screen TEXT, first_seq INTEGER, count INTEGER,
  first_at INTEGER, last_at INTEGER, received_at INTEGER, header TEXT, signature TEXT, body TEXT, PRIMARY KEY (device, epoch, segment)
) STRICT;
CREATE INDEX segments_by_time ON segments (first_at, last_at);
CREATE INDEX segments_by_screen ON segments (screen, first_at);
CREATE TABLE log_entries (position INTEGER PRIMARY KEY, entry TEXT) STRICT;
CREATE TABLE screen_days (screen TEXT, date TEXT, counts TEXT, PRIMARY KEY (screen, date)) STRICT, WITHOUT ROWID;
`;

function insertAll(file: string, batches: readonly VerifiedSegment[][]): number {
  const db = new DatabaseSync(file);
  db.exec(PLAIN_TABLES);
  const segment = db.prepare('INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const log = db.prepare('INSERT INTO log_entries (entry) VALUES (?)');
  const day = db.prepare('INSERT OR REPLACE INTO screen_days VALUES (?, ?, ?)');
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
      log.run(segmentEntry('segment', s));
      day.run(s.screen, '2026-07-01', `[["c1",${plays},0,${plays * 30_000}]]`);
    }
    db.exec('COMMIT');
  }
  const elapsedMs = performance.now() - startMs;
  db.close();
  return elapsedMs;
}
