/** What the audit takes for a difference, what not, and beside what it runs. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logEntryText } from '../../domain/proof/log-entry.ts';
import { auditData } from '../../server/audit/audit-data.ts';
import { type Difference, nothingChecked } from '../../server/audit/difference.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../server/stores/store-log.ts';
import { beginNewLog } from '../../server/tlog/new-log.ts';
import { examineOldLog } from '../../server/tlog/old-log.ts';
import { storedSegments } from '../contracts/with-ledger.ts';
import { auditedTown, auditOf, changeCatalogue, edit, repack, SIGNATURE_OF_NOBODY } from '../helpers/audited-town.ts';
import { makeOldLedger } from '../helpers/old-ledger.ts';
import { storeTown } from '../helpers/stored-town.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { NOON_UTC_MS } from '../helpers/test-controller.ts';

const HOUR_MS = 3_600_000;
const copyOfWhole = auditedTown();

test('[AU1] a folder that nobody touched has no differences, and all of it was looked at', async () => {
  const { found, checked } = await auditOf(await copyOfWhole());
  expect(found).toEqual([]);
  expect(checked).toEqual({
    ...{
      segments: 4,
      dropped: 0,
      plays: 6,
      screens: 1,
      screenDays: 1,
      dayCloses: 1,
      documents: 1,
      forks: 1,
      quarantined: 1,
      devices: 1,
    },
    ...{ entries: 530, tiles: 2, checkpoints: expect.any(Number) },
  });
});

test('[AU1] [RT3] records dropped for their age are no difference where the end of day signs what is counted', async () => {
  const paths = await copyOfWhole();
  await repack(paths, 1, () => '');
  const { found, checked } = await auditOf(paths);
  expect(found).toEqual([]);
  expect(checked).toMatchObject({ segments: 4, dropped: 1, plays: 4 });
  edit(paths, 'UPDATE screen_days SET counts = replace(counts, \'"visits.min.f1",3\', \'"visits.min.f1",4\')');
  expect((await auditOf(paths)).found).toEqual([
    expect.stringMatching(/^counters of screen-1 on 2026-07-01: .*visits.min.f1 has 4 plays where/),
  ]);
});

test('[AU1] [S42] segments that the device itself says it has no more are no difference; others that lack still are', async () => {
  const paths = await copyOfWhole();
  const ledger = await openSqliteLedger({ file: paths.ledger, log: silentLog });
  const [row] = await storedSegments(ledger);
  await ledger.close();
  edit(paths, 'UPDATE segments SET segment = segment + 5, first_seq = first_seq + 50 WHERE segment = 4');
  const named = async (): Promise<boolean> =>
    (await auditOf(paths)).found.some((line) => line.includes('of the segments between it and number 3 are neither'));
  expect(await named()).toBe(true);
  const gap = { kind: 'missing', screen: 'screen-1', device: row?.device ?? '', epoch: 0 } as const;
  edit(paths, 'INSERT INTO log_entries (entry) VALUES (?)', logEntryText({ ...gap, from: 5, to: 9 }));
  expect(await named()).toBe(true);
  edit(paths, 'INSERT INTO log_entries (entry) VALUES (?)', logEntryText({ ...gap, from: 4, to: 9 }));
  expect(await named()).toBe(false);
});

test('[AU1] [SU2] a log that follows another has no differences; one that says so later has', async () => {
  const paths = await copyOfWhole();
  await rm(paths.logHead);
  const ledger = await openSqliteLedger({ file: paths.ledger, log: silentLog });
  const parts = { folder: paths, store: ledger.log, clock: { nowMs: () => NOON_UTC_MS } };
  await beginNewLog(await examineOldLog({ ...parts, lastCheckpoint: null }), parts);
  const [succession = ''] = await ledger.log.entries(0, 1);
  await ledger.close();
  const { found, checked } = await auditOf(paths);
  expect(found).toEqual([]);
  expect(checked.entries).toBe(531);
  edit(paths, 'INSERT INTO log_entries (entry) VALUES (?)', succession.replace('"size":530', '"size":529'));
  expect((await auditOf(paths)).found).toContainEqual(
    expect.stringMatching(/^entry 531 of the log: it says which log/),
  );
});

test('[AU2] [RT3] of a segment without its records the signature and the columns are checked all the same', async () => {
  const paths = await copyOfWhole();
  await repack(paths, 1, () => '');
  edit(paths, 'UPDATE segments SET signature = ? WHERE segment = 1', SIGNATURE_OF_NOBODY);
  expect((await auditOf(paths)).found).toEqual([
    expect.stringMatching(/its signature is not by the key of its device$/),
  ]);
  const other = await copyOfWhole();
  await repack(other, 4, () => '');
  expect((await auditOf(other)).kinds).toEqual(expect.arrayContaining(['counters', 'entry']));
});

test('[AU3] beside a running server the ledger is seen as it was when the audit began', async () => {
  const folder = join(await tempFolder(), 'data');
  const { server, paths, push } = await storeTown(folder);
  const checked = nothingChecked();
  const found: Difference[] = [];
  let pushed = 0;
  const meanwhile = async (): Promise<void> => {
    await push();
    await server.controller.services.jobs.run('log-signing');
    pushed += 1;
  };
  await meanwhile();
  const findings = auditData({ paths, nowMs: NOON_UTC_MS, checked, onProgress: () => undefined });
  const first = findings.next();
  await meanwhile();
  for (let next = await first; next.done !== true; next = await findings.next()) found.push(next.value);
  expect(found).toEqual([]);
  expect(checked.segments).toBeGreaterThanOrEqual(4 + 1);
  expect((await auditOf(paths)).checked.segments).toBe(4 + pushed);
  await server.close();
});

test('[AU3] a binding that is not in the log is a difference only once it has had ten minutes to get there', async () => {
  const paths = await copyOfWhole();
  await changeCatalogue(paths, (text) =>
    text.replace(/"retiredAtMs": ?null/, `"retiredAtMs":${NOON_UTC_MS + HOUR_MS}`),
  );
  const isNamed = async (nowMs: number): Promise<boolean> =>
    (await auditOf(paths, nowMs)).found.some((line) => line.includes('its release is not in the log'));
  expect(await isNamed(NOON_UTC_MS + HOUR_MS + 60_000)).toBe(false);
  expect(await isNamed(NOON_UTC_MS + HOUR_MS + 601_000)).toBe(true);
});

test('[AU3] nothing is written: the folder is the same, byte for byte, and a ledger of an older version is refused', async () => {
  const paths = await copyOfWhole();
  const before = await readFile(paths.ledger);
  await auditOf(paths);
  expect((await readFile(paths.ledger)).equals(before)).toBe(true);
  await makeOldLedger(paths.ledger, 3);
  await expect(auditOf(paths)).rejects.toMatchObject({
    kind: 'faulty',
    message: expect.stringContaining('data version 3'),
  });
});
