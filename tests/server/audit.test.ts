/** Damages to a data folder, each of which an audit has to name. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logEntryText } from '../../domain/proof/log-entry.ts';
import { auditData } from '../../server/audit/audit-data.ts';
import { type Checked, type Difference, differenceLine, nothingChecked } from '../../server/audit/difference.ts';
import { type DataPaths, dataPaths } from '../../server/stores/data-folder.ts';
import { packSegment } from '../../server/stores/packed-segment.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../server/stores/store-log.ts';
import { beginNewLog } from '../../server/tlog/new-log.ts';
import { examineOldLog } from '../../server/tlog/old-log.ts';
import { storedSegments } from '../contracts/with-ledger.ts';
import { makeOldLedger } from '../helpers/old-ledger.ts';
import { storeTown } from '../helpers/stored-town.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { NOON_UTC_MS } from '../helpers/test-controller.ts';

const HOUR_MS = 3_600_000;
let whole: string;

beforeAll(async () => {
  whole = await mkdtemp(join(tmpdir(), 'xunbo-audit-'));
  const { server } = await storeTown(whole);
  await server.close();
});
afterAll(() => rm(whole, { recursive: true, force: true }));

async function auditOf(
  paths: DataPaths,
  nowMs = NOON_UTC_MS + HOUR_MS,
): Promise<{ found: string[]; kinds: string[]; checked: Checked }> {
  const checked = nothingChecked();
  const found: Difference[] = [];
  for await (const difference of auditData({ paths, nowMs, checked, onProgress: () => undefined }))
    found.push(difference);
  return { found: found.map(differenceLine), kinds: [...new Set(found.map(({ kind }) => kind))].sort(), checked };
}

/** A copy of the folder to be damaged. */
async function copyOfWhole(): Promise<DataPaths> {
  const folder = join(await tempFolder(), 'data');
  await cp(whole, folder, { recursive: true });
  return dataPaths(folder);
}

/** Somebody's hand in the file, past all rules. */
function edit(paths: DataPaths, sql: string, ...values: (string | number | Uint8Array | null)[]): void {
  const db = new DatabaseSync(paths.ledger);
  db.exec('PRAGMA foreign_keys = OFF');
  expect(db.prepare(sql).run(...values).changes).toBeGreaterThan(0);
  db.close();
}

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

/** What is done to the folder, what of the findings names it, and the kinds of all that is found. */
type Damage = { what: string; hand: (paths: DataPaths) => void | Promise<void>; named: RegExp[]; kinds: string[] };

const signatureOfNobody = Buffer.alloc(64, 7);

/** The stored segment of that number, packed again with other texts. */
async function repack(paths: DataPaths, number: number, change: (body: string) => string): Promise<void> {
  const ledger = await openSqliteLedger({ file: paths.ledger, log: silentLog });
  const row = (await storedSegments(ledger)).find(({ segment }) => segment === number);
  await ledger.close();
  if (!row) throw new RangeError(`no segment ${number}`);
  const packed = packSegment({ header: row.header, body: change(row.body) }, { ...row, program: null });
  edit(paths, 'UPDATE segments SET packed = ?, packed_with = NULL WHERE segment = ?', packed, number);
}

const damages: Damage[] = [
  {
    what: 'a counter that was raised',
    hand: (paths) =>
      edit(paths, 'UPDATE screen_days SET counts = replace(counts, \'"visits.min.f1",3\', \'"visits.min.f1",5\')'),
    named: [/^counters of screen-1 on 2026-07-01: visits.min.f1 has 5 plays where the segments say 3$/],
    kinds: ['counters'],
  },
  {
    what: 'counters of a day that nobody played',
    hand: (paths) =>
      edit(paths, "INSERT INTO screen_days VALUES ('screen-9', '2026-07-02', '[[\"c\",9,0,90000]]', NULL)"),
    named: [/^counters of screen-9 on 2026-07-02: c has 9 plays where the segments say 0/],
    kinds: ['counters'],
  },
  {
    what: 'an end of day that was taken away',
    hand: (paths) => edit(paths, 'UPDATE screen_days SET end_of_day = NULL'),
    named: [/^counters of screen-1 on 2026-07-01: its end of day is not the one that was signed$/],
    kinds: ['counters'],
  },
  {
    what: 'a changed record',
    hand: (paths) => repack(paths, 1, (body) => body.replace('"outcome":"complete"', '"outcome":"cut"')),
    named: [/^segment 1 of epoch 0 of device \w{16}: its records are not those that its header signs$/, /^counters/],
    kinds: ['counters', 'segment'],
  },
  {
    what: 'a body of other bytes',
    hand: (paths) => edit(paths, "UPDATE segments SET packed = X'00' WHERE segment = 1"),
    named: [/^segment 1 of epoch 0 of device \w{16}: what is stored of it cannot be unpacked$/],
    kinds: ['counters', 'segment'],
  },
  {
    what: 'a changed signature',
    hand: (paths) => edit(paths, 'UPDATE segments SET signature = ? WHERE segment = 0', signatureOfNobody),
    named: [/^segment 0 of epoch 0 .*: its signature is not by the key of its device$/],
    kinds: ['counters', 'segment'],
  },
  {
    what: 'a segment put at another time',
    hand: (paths) => edit(paths, 'UPDATE segments SET first_at = first_at - 1 WHERE segment = 0'),
    named: [/^segment 0 of epoch 0 .*: its firstAtMs in the ledger is not what it says itself$/],
    kinds: ['segment'],
  },
  {
    what: 'a segment that is gone',
    hand: (paths) => edit(paths, 'DELETE FROM segments WHERE segment = 1'),
    named: [
      /^entry 4 of the log: it is of a stored segment, and there is none$/,
      /^tile 0\/0: its entry 4 is not that of the stored entries$/,
      /^segment 3 of epoch 0 .*: 1 of the segments between it and number 0 are neither stored nor in quarantine$/,
    ],
    kinds: ['chain', 'checkpoint', 'counters', 'entry', 'tile'],
  },
  {
    what: 'a changed entry of the log',
    hand: (paths) =>
      edit(paths, "UPDATE log_entries SET entry = replace(entry, '1.0.300', '1.0.999') WHERE entry LIKE '%1.0.300\"%'"),
    named: [
      /^tile 0\/1: its entry \d+ is not that of the stored entries$/,
      /^the checkpoint of 530 entries: these entries have another root than was signed$/,
    ],
    kinds: ['checkpoint', 'tile'],
  },
  {
    what: 'an entry that is gone',
    hand: (paths) => edit(paths, "DELETE FROM log_entries WHERE entry LIKE '%1.0.300\"%'"),
    named: [/^entry \d+ of the log: it is missing$/],
    kinds: ['checkpoint', 'entry', 'tile'],
  },
  {
    what: 'an entry behind the others that nothing is stored of',
    hand: (paths) =>
      edit(paths, 'INSERT INTO log_entries (entry) VALUES (?)', `{"hash":"${'b'.repeat(64)}","kind":"program","v":1}`),
    named: [
      /^entry 530 of the log: it is of a program that is not stored$/,
      /^entries of kind program: the log has 2 where 1 are stored$/,
    ],
    kinds: ['entry'],
  },
  {
    what: 'an entry that is none',
    hand: (paths) => edit(paths, "INSERT INTO log_entries (entry) VALUES ('hello')"),
    named: [/^entry 530 of the log: it is no entry of the contract$/],
    kinds: ['entry'],
  },
  {
    what: 'a log that was cut off',
    hand: (paths) => edit(paths, 'DELETE FROM log_entries WHERE position > 500'),
    named: [/^the checkpoint of 530 entries: the log has 500 entries only$/, /^the tiles: 1 of them/],
    kinds: ['checkpoint', 'tile'],
  },
  {
    what: 'a changed tile',
    hand: (paths) => edit(paths, 'UPDATE log_tiles SET hashes = zeroblob(8192) WHERE tile = 1'),
    named: [/^tile 0\/1: its entry 256 is not that of the stored entries$/],
    kinds: ['tile'],
  },
  {
    what: 'a tile that is gone',
    hand: (paths) => edit(paths, 'DELETE FROM log_tiles WHERE tile = 1'),
    named: [/^tile 0\/1: it is not kept$/],
    kinds: ['tile'],
  },
  {
    what: 'a tile too many',
    hand: (paths) => edit(paths, 'INSERT INTO log_tiles VALUES (0, 7, zeroblob(8192))'),
    named: [/^the tiles: 1 of them hold more entries than there are$/],
    kinds: ['tile'],
  },
  {
    what: 'a changed program',
    hand: (paths) => edit(paths, 'UPDATE documents SET body = replace(body, \'"minPlays":3\', \'"minPlays":1\')'),
    named: [/^document \w{16}: its bytes have another hash$/],
    kinds: ['document'],
  },
  {
    what: 'a changed fork',
    hand: (paths) => edit(paths, "UPDATE forks SET body = replace(body, 'complete', 'cut')"),
    named: [/^the fork \w{16} of segment 1 of epoch 0 of device \w{16}: it was changed \(root-wrong\)$/],
    kinds: ['fork'],
  },
  {
    what: 'a fork that is gone',
    hand: (paths) => edit(paths, 'DELETE FROM forks'),
    named: [/^entry 5 of the log: it is of a fork that is not stored$/],
    kinds: ['entry'],
  },
  {
    what: 'another reason for a refusal',
    hand: (paths) => edit(paths, "UPDATE quarantine SET reason = 'root-wrong'"),
    named: [/^the refused segment 2 of epoch 0 of device \w{16}: it is not in the log$/],
    kinds: ['entry'],
  },
  {
    what: 'a changed refused segment',
    hand: (paths) => edit(paths, "UPDATE quarantine SET header = header || ' '"),
    named: [/^the refused segment 2 of epoch 0 .*: its header has another hash$/],
    kinds: ['quarantine'],
  },
  {
    what: 'another key of a device',
    hand: (paths) =>
      changeCatalogue(paths, (text) => text.replace(/"publicKey": ?"[^"]{10}/, '"publicKey":"AAAAAAAAAA')),
    named: [/^device \w{16} of screen-1: its key is another one’s$/, /its signature is not by the key of its device$/],
    kinds: ['counters', 'device', 'entry', 'fork', 'segment'],
  },
  {
    what: 'another screen of a device',
    hand: (paths) => changeCatalogue(paths, (text) => text.replace(/"screenId": ?"screen-1"/, '"screenId":"screen-2"')),
    named: [/^device \w{16} of screen-2: its binding or its release is not in the log$/],
    kinds: ['entry'],
  },
  {
    what: 'a last checkpoint that is gone',
    hand: (paths) => rm(paths.logHead),
    named: [/^the last signed checkpoint: it is missing, so that nothing says how far the log was signed$/],
    kinds: ['checkpoint'],
  },
  {
    what: 'a changed last checkpoint',
    hand: async (paths) =>
      writeFile(paths.logHead, (await readFile(paths.logHead, 'utf8')).replace('\n530\n', '\n529\n')),
    named: [/^the last signed checkpoint: a signature of the log does not verify$/],
    kinds: ['checkpoint'],
  },
  {
    what: 'a changed kept checkpoint',
    hand: (paths) =>
      edit(
        paths,
        'UPDATE log_checkpoints SET note = ? WHERE size = (SELECT max(size) FROM log_checkpoints)',
        'no note',
      ),
    named: [/^the kept checkpoint of 530 entries: it is not of the contract$/],
    kinds: ['checkpoint'],
  },
];

async function changeCatalogue(paths: DataPaths, change: (text: string) => string): Promise<void> {
  const text = await readFile(paths.catalogue, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(paths.catalogue, changed);
}

for (const { what, hand, named, kinds } of damages) {
  test(`[AU2] ${what} is named`, async () => {
    const paths = await copyOfWhole();
    await hand(paths);
    const { found, kinds: foundKinds } = await auditOf(paths);
    for (const name of named) expect(found).toContainEqual(expect.stringMatching(name));
    expect({ kinds: foundKinds, found }).toMatchObject({ kinds });
  });
}

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
  edit(paths, 'UPDATE segments SET signature = ? WHERE segment = 1', signatureOfNobody);
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
