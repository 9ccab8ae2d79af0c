/** What proofs cost: taking them in, storing them, keeping them, recording them, and checking all of them again. */

import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as playerClock } from '../../main/clock.ts';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { createDurableFiles } from '../../main/durable-files.ts';
import { createJournal } from '../../main/journal/journal.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import { auditData } from '../../server/audit/audit-data.ts';
import { nothingChecked } from '../../server/audit/difference.ts';
import { systemClock } from '../../server/clock.ts';
import { createIngestService } from '../../server/ingest/ingest-service.ts';
import { silentLog } from '../../server/log.ts';
import { type DataPaths, openDataFolder } from '../../server/stores/data-folder.ts';
import { openLowdbCatalogue } from '../../server/stores/lowdb-catalogue.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { openLogService } from '../../server/tlog/log-service.ts';
import { fillCatalogue } from '../helpers/small-town.ts';
import { newDeviceKey } from '../helpers/test-device.ts';
import { numberedPlay } from '../main/support/journal-check.ts';
import { type BenchGroup, median } from './figure.ts';
import { ingestGroup } from './ingest.bench.ts';
import { ledgerGroup } from './ledger.bench.ts';
import { LOAD_PROGRAM_HASH, LOAD_PROGRAM_TEXT, screenSegments } from './proof-load.ts';

type Report = Parameters<BenchGroup>[0];

const MONTH_DAYS = 30;
const SIGN_EACH = 200;
const APPENDS = 300;

/** Ingest, the ledger alone, what a play takes on the disk, a record on a player's disk, and the audit of a month. */
export const proofGroup: BenchGroup = async (report) => {
  await ingestGroup(report);
  await ledgerGroup(report);
  await reportMonth(report);
  await reportAlone(report);
  await reportJournal(report);
};

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'xunbo-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A month of one screen whose segments are sealed after ten minutes, and its audit. */
const reportMonth = (report: Report): Promise<void> =>
  inFolder(async (data) => {
    const { plays, rawBytes, paths } = await storeScreen(data, MONTH_DAYS, 40);
    reportBytes(report, 'bytes-per-play', plays, rawBytes, await sizeOf(paths));
    const checked = nothingChecked();
    const startMs = performance.now();
    const differences = await Array.fromAsync(
      auditData({ paths, nowMs: systemClock.nowMs(), checked, onProgress: () => undefined }),
    );
    const elapsedMs = performance.now() - startMs;
    if (differences.length > 0) throw new Error(`the audit found ${JSON.stringify(differences[0])}`);
    const value = Math.round((checked.plays / elapsedMs) * 1000);
    report({ name: 'audit-plays-per-s', value, unit: 'plays/s', reference: null, ratio: null });
  });

/** Three days of one screen that has a server for itself, which asks it to seal every ten seconds. */
const reportAlone = (report: Report): Promise<void> =>
  inFolder(async (data) => {
    const { plays, rawBytes, paths } = await storeScreen(data, 3, 1);
    reportBytes(report, 'bytes-per-play-sealed-10s', plays, rawBytes, await sizeOf(paths));
  });

function reportBytes(report: Report, name: string, plays: number, rawBytes: number, bytes: number): void {
  const reference = `raw NDJSON of the records: ${(rawBytes / plays).toFixed(0)} bytes a play`;
  report({ name, value: bytes / plays, unit: 'bytes', reference, ratio: bytes / rawBytes });
}

/** Everything that a closed data folder holds of proofs. */
const sizeOf = async ({ ledger, logHead }: DataPaths): Promise<number> =>
  (await stat(ledger)).size + (await stat(logHead)).size;

async function storeScreen(
  data: string,
  days: number,
  playsEach: number,
): Promise<{ plays: number; rawBytes: number; paths: DataPaths }> {
  const folder = await openDataFolder(data);
  const { paths } = folder;
  const key = newDeviceKey();
  const catalogue = await openLowdbCatalogue({ folder: data, log: silentLog });
  await fillCatalogue(catalogue);
  const bound = { screenId: 'screen-1', assurance: 'C', enrolledAtMs: systemClock.nowMs(), retiredAtMs: null } as const;
  await catalogue.apply([
    { op: 'put', collection: 'devices', entity: { id: key.id, publicKey: key.publicKey, ...bound } },
  ]);
  await catalogue.close();
  const ledger = await openSqliteLedger({ file: paths.ledger, log: silentLog });
  await ledger.documents.put(LOAD_PROGRAM_HASH, 'program', LOAD_PROGRAM_TEXT);
  const running = { clock: systemClock, log: silentLog };
  const ingest = createIngestService({ ledger, ...running });
  const headFile = paths.logHead;
  const log = await openLogService({
    store: ledger.log,
    keysFolder: paths.keys,
    headFile,
    origin: null,
    cosigners: null,
    ...running,
  });
  const sender = { device: key.id, screen: 'screen-1', publicKey: key.publicKey };
  const sum = { plays: 0, rawBytes: 0, segments: 0 };
  for (const segment of screenSegments('screen-1', key, days, playsEach)) {
    const answer = await ingest.push(segment, sender);
    if (answer.kind !== 'stored') throw new Error(`not stored: ${JSON.stringify(answer)}`);
    sum.plays += segment.body.split('"kind":"play"').length - 1;
    sum.rawBytes += segment.body.length;
    sum.segments += 1;
    if (sum.segments % SIGN_EACH === 0) await log.turn();
  }
  await log.turn();
  await ledger.close();
  folder.close();
  return { ...sum, paths };
}

/** A record on the disk of a player, against as many bytes appended and synced by bare calls. */
const reportJournal = (report: Report): Promise<void> =>
  inFolder(async (folder) => {
    const files = createDurableFiles();
    const clock = createDisciplinedClock(playerClock);
    const key = loadDeviceKey(files, join(folder, 'key.pem'));
    const journal = createJournal(
      { files: createSegmentFiles(files, join(folder, 'journal')), key, clock, boot: 'bench', build: 'bench' },
      { screen: 'screen-1', program: null, manifest: null },
    );
    const times: number[] = [];
    const bare: number[] = [];
    const line = Buffer.from(`${JSON.stringify({ ...numberedPlay(1), seq: 1 })}\n`);
    const fd = openSync(join(folder, 'bare'), 'a');
    // In turns, so that both see the same disk.
    for (let n = 0; n < APPENDS; n += 1) {
      times.push(timeOf(() => journal.append(numberedPlay(n))));
      bare.push(
        timeOf(() => {
          writeSync(fd, line);
          fsyncSync(fd);
        }),
      );
    }
    closeSync(fd);
    const reference = 'a bare append of such a line, synced';
    report({
      name: 'journal-append-ms',
      value: median(times),
      unit: 'ms',
      reference,
      ratio: median(times) / median(bare),
    });
  });

function timeOf(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}
