/** A town's data folder to be audited: whole, copied, or with somebody's hand in it. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect } from 'vitest';
import { auditData } from '../../server/audit/audit-data.ts';
import { type Checked, type Difference, differenceLine, nothingChecked } from '../../server/audit/difference.ts';
import { type DataPaths, dataPaths } from '../../server/stores/data-folder.ts';
import { packSegment } from '../../server/stores/packed-segment.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../server/stores/store-log.ts';
import { storedSegments } from '../contracts/with-ledger.ts';
import { storeTown } from './stored-town.ts';
import { tempFolder } from './temp-folder.ts';
import { NOON_UTC_MS } from './test-controller.ts';

const HOUR_MS = 3_600_000;

/** What an audit found: lines, their kinds, and how much was looked at. */
export type Audited = { found: string[]; kinds: string[]; checked: Checked };

/** Makes the town before the tests of a file; gives a function that copies its folder, to be damaged. */
export function auditedTown(): () => Promise<DataPaths> {
  let whole: string;
  beforeAll(async () => {
    whole = await mkdtemp(join(tmpdir(), 'xunbo-audit-'));
    const { server } = await storeTown(whole);
    await server.close();
  });
  afterAll(() => rm(whole, { recursive: true, force: true }));
  return async () => {
    const folder = join(await tempFolder(), 'data');
    await cp(whole, folder, { recursive: true });
    return dataPaths(folder);
  };
}

/** Audits a folder, an hour after the town's noon where nothing else is said. */
export async function auditOf(paths: DataPaths, nowMs = NOON_UTC_MS + HOUR_MS): Promise<Audited> {
  const checked = nothingChecked();
  const found: Difference[] = [];
  for await (const difference of auditData({ paths, nowMs, checked, onProgress: () => undefined }))
    found.push(difference);
  return { found: found.map(differenceLine), kinds: [...new Set(found.map(({ kind }) => kind))].sort(), checked };
}

/** Somebody's hand in the file, past all rules. */
export function edit(paths: DataPaths, sql: string, ...values: (string | number | Uint8Array | null)[]): void {
  const db = new DatabaseSync(paths.ledger);
  db.exec('PRAGMA foreign_keys = OFF');
  expect(db.prepare(sql).run(...values).changes).toBeGreaterThan(0);
  db.close();
}

/** A signature that no key made. */
export const SIGNATURE_OF_NOBODY = Buffer.alloc(64, 7);

/** The stored segment of that number, packed again with other texts. */
export async function repack(paths: DataPaths, number: number, change: (body: string) => string): Promise<void> {
  const ledger = await openSqliteLedger({ file: paths.ledger, log: silentLog });
  const row = (await storedSegments(ledger)).find(({ segment }) => segment === number);
  await ledger.close();
  if (!row) throw new RangeError(`no segment ${number}`);
  const packed = packSegment({ header: row.header, body: change(row.body) }, { ...row, program: null });
  edit(paths, 'UPDATE segments SET packed = ?, packed_with = NULL WHERE segment = ?', packed, number);
}

/** The catalogue's file with another text. */
export async function changeCatalogue(paths: DataPaths, change: (text: string) => string): Promise<void> {
  const text = await readFile(paths.catalogue, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(paths.catalogue, changed);
}
