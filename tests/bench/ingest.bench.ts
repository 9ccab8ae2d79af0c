/** How many plays a second a server takes in over Socket.IO, each acknowledged only once it was verified and is on the disk. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { bodyLines } from '../../domain/proof/segment.ts';
import { newDeviceKey } from '../helpers/test-device.ts';
import type { BenchGroup } from './figure.ts';
import { startOrdered } from './ordered-process.ts';
import { screenSegments } from './proof-load.ts';

const SCREENS = 50;
const SEGMENTS_EACH = 250;
const ROWS_A_TRANSACTION = 100;
const REFERENCE_SEGMENTS = 2000;

/** A server in a process of its own, fed by another that only sends what it has prepared; and the same plays inserted by bare statements, a row each. */
export const ingestGroup: BenchGroup = async (report) => {
  const data = await mkdtemp(join(tmpdir(), 'xunbo-bench-'));
  try {
    const ours = await ingestAll(data);
    const bare = insertPlays(join(data, 'bare.sqlite'));
    report({
      name: 'ingest-plays-per-s',
      value: Math.round(ours),
      unit: 'plays/s',
      reference: `bare node:sqlite inserts of such plays, a row each, ${ROWS_A_TRANSACTION} a transaction: ${Math.round(bare)} plays/s`,
      ratio: ours / bare,
    });
  } finally {
    await rm(data, { recursive: true, force: true });
  }
};

async function ingestAll(data: string): Promise<number> {
  const server = startOrdered('./ingest-server.ts', [data]);
  const url = await server.next();
  const clients = startOrdered('./ingest-clients.ts');
  try {
    const screens = Array.from({ length: SCREENS }, (_, k) => `bench-${k}`);
    const players = await clients.order({ do: 'prepare', screens, segmentsEach: SEGMENTS_EACH });
    await server.order({ do: 'enrol', players });
    await clients.order({ do: 'connect', url });
    const startMs = performance.now();
    const { plays } = z.object({ plays: z.int() }).parse(await clients.order({ do: 'send' }));
    const elapsedMs = performance.now() - startMs;
    await server.order({ do: 'close' });
    return (plays / elapsedMs) * 1000;
  } finally {
    await clients.end();
    await server.end();
  }
}

function insertPlays(file: string): number {
  const lines = screenSegments('bare', newDeviceKey(), 30)
    .take(REFERENCE_SEGMENTS)
    .flatMap(({ body }) => bodyLines(body))
    .toArray();
  const db = new DatabaseSync(file);
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536',
  );
  db.exec('CREATE TABLE plays (device TEXT, seq INTEGER, record TEXT, PRIMARY KEY (device, seq)) STRICT');
  const insert = db.prepare('INSERT INTO plays VALUES (?, ?, ?)');
  const device = 'd'.repeat(64);
  const startMs = performance.now();
  for (let at = 0; at < lines.length; at += ROWS_A_TRANSACTION) {
    db.exec('BEGIN IMMEDIATE');
    for (let seq = at; seq < Math.min(at + ROWS_A_TRANSACTION, lines.length); seq += 1)
      insert.run(device, seq, lines[seq] ?? '');
    db.exec('COMMIT');
  }
  const elapsedMs = performance.now() - startMs;
  db.close();
  return (lines.length / elapsedMs) * 1000;
}
