/** Backup and restore of a data folder, also of one that is being written to. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { backUp } from '../../../server/backup/back-up.ts';
import { restore } from '../../../server/backup/restore.ts';
import { dataPaths, openDataFolder } from '../../../server/stores/data-folder.ts';
import { openLowdbCatalogue } from '../../../server/stores/lowdb-catalogue.ts';
import { recountScreenDays } from '../../../server/stores/recount.ts';
import { openSqliteLedger } from '../../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../../server/stores/store-log.ts';
import { storedSegments } from '../../contracts/with-ledger.ts';
import { chainStart, plainChain, putChainProgram, shaOf } from '../../helpers/chain-builder.ts';
import { PUT_ALL } from '../../helpers/sample-entities.ts';
import { mountSmallDisk } from '../../helpers/small-disk.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const PUSHER = fileURLToPath(new URL('../stores/ingest-until-killed.ts', import.meta.url));
const log = silentLog;
const NOW = Date.UTC(2026, 6, 1);

/** A data folder with something in every part; the sample media's content is `film`. */
async function fullFolder(): Promise<string> {
  const folder = join(await tempFolder(), 'data');
  const data = await openDataFolder(folder);
  const catalogue = await openLowdbCatalogue({ folder, log });
  await catalogue.apply(PUT_ALL);
  await catalogue.close();
  const ledger = await openSqliteLedger({ file: data.paths.ledger, log });
  await putChainProgram(ledger);
  await ledger.segments.ingest(plainChain(chainStart(), 20));
  await ledger.close();
  await writeFile(data.paths.mediaFile(shaOf('film')), 'film');
  await writeFile(data.paths.stillFile(shaOf('film')), 'still');
  await writeFile(join(data.paths.keys, 'log.key'), 'secret', { mode: 0o600 });
  await writeFile(join(data.paths.uploads, 'half'), 'half a film');
  await writeFile(join(data.paths.player, 'journal'), 'records');
  data.close();
  return folder;
}

const quiet = { log, nowMs: NOW, onProgress: () => {} };

async function backedUp(): Promise<{ data: string; target: string }> {
  const data = await fullFolder();
  const target = join(await tempFolder(), 'backup');
  await backUp({ data, target, ...quiet });
  return { data, target };
}

const newFolder = async (): Promise<string> => join(await tempFolder(), 'restored');

const restoring = (source: string, data: string) => restore({ source, data, onProgress: () => {} });

describe('there and back', () => {
  test('[S30] [S34] what is restored is what was backed up, without uploads and the demo player', async () => {
    const { data, target } = await backedUp();
    const restored = await newFolder();
    await restoring(target, restored);
    const [from, to] = [dataPaths(data), dataPaths(restored)];
    const folder = await openDataFolder(restored);
    const [before, after] = await Promise.all([data, restored].map((at) => openLowdbCatalogue({ folder: at, log })));
    expect(after?.snapshot()).toEqual(before?.snapshot());
    const ledger = await openSqliteLedger({ file: to.ledger, log });
    const original = await openSqliteLedger({ file: from.ledger, log });
    expect(await storedSegments(ledger)).toEqual(await storedSegments(original));
    expect(await recountScreenDays(ledger)).toEqual([]);
    await Promise.all([ledger.close(), original.close()]);
    expect(await readFile(to.mediaFile(shaOf('film')), 'utf8')).toBe('film');
    expect(await readFile(to.stillFile(shaOf('film')), 'utf8')).toBe('still');
    expect((await stat(join(to.keys, 'log.key'))).mode & 0o777).toBe(0o600);
    expect([await readdir(to.uploads), await readdir(to.player)]).toEqual([[], []]);
    folder.close();
  });

  test('[S31] the manifest names every file with its size and hash', async () => {
    const { target } = await backedUp();
    const manifest: unknown = JSON.parse(await readFile(join(target, 'manifest.json'), 'utf8'));
    const film = shaOf('film');
    expect(manifest).toMatchObject({
      format: 'xunbo-backup',
      version: 1,
      dataVersion: 1,
      createdAt: '2026-07-01T00:00:00.000Z',
      leftOut: [],
    });
    expect(manifest).toMatchObject({
      files: [
        { path: 'catalogue.json' },
        { path: 'keys/log.key', bytes: 6, sha256: shaOf('secret') },
        { path: 'ledger.sqlite' },
        { path: `media/${film}`, bytes: 4, sha256: film },
        { path: `stills/${film}.webp`, bytes: 5, sha256: shaOf('still') },
      ],
    });
    const mode = async (path: string): Promise<number> => (await stat(join(target, path))).mode & 0o777;
    expect(await Promise.all(['keys/log.key', 'keys', 'ledger.sqlite', 'catalogue.json'].map(mode))).toEqual([
      0o600, 0o700, 0o600, 0o600,
    ]);
    expect(await readdir(target)).toEqual([
      'catalogue.json',
      'keys',
      'ledger.sqlite',
      'manifest.json',
      'media',
      'stills',
    ]);
  });

  test('[S30] [I1] a backup taken while another process ingests holds whole transactions, all that was acknowledged before it', async () => {
    const data = await fullFolder();
    const child = spawn(process.execPath, [PUSHER, dataPaths(data).ledger, '4'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const exited = once(child, 'exit');
    const acknowledged: string[] = [];
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => acknowledged.push(line));
    await once(lines, 'line');
    const target = join(await tempFolder(), 'backup');
    const before = [...acknowledged];
    await backUp({ data, target, ...quiet });
    // It was pushing before, and still is.
    await once(lines, 'line');
    child.kill('SIGKILL');
    await exited;
    const restored = await newFolder();
    await restoring(target, restored);
    const ledger = await openSqliteLedger({ file: dataPaths(restored).ledger, log });
    const hashes = new Set((await storedSegments(ledger)).map((s) => s.hash));
    expect(before.filter((hash) => !hashes.has(hash))).toEqual([]);
    expect(await recountScreenDays(ledger)).toEqual([]);
    await ledger.close();
  });
});

describe('what a backup refuses or leaves out', () => {
  test('[S32] media that are missing or damaged are named, and the rest is a whole backup', async () => {
    const data = await fullFolder();
    const damaged = shaOf('other film');
    await rm(dataPaths(data).mediaFile(shaOf('film')));
    await writeFile(dataPaths(data).mediaFile(damaged), 'other fi1m');
    const target = join(await tempFolder(), 'backup');
    const { leftOut } = await backUp({ data, target, ...quiet });
    expect(leftOut).toEqual([
      { path: `media/${damaged}`, reason: expect.stringContaining('damaged') },
      { path: `media/${shaOf('film')}`, reason: expect.stringContaining('not in the media folder') },
    ]);
    expect((await restoring(target, await newFolder())).leftOut).toEqual(leftOut);
  });

  test('[S33] a folder without data, a target in use and a restore cut off are refused by name', async () => {
    const empty = await tempFolder();
    const data = await fullFolder();
    const into = (target: string, from = data) => backUp({ data: from, target, ...quiet });
    await expect(into(join(empty, 'x'), empty)).rejects.toMatchObject({
      kind: 'faulty',
      message: expect.stringContaining(empty),
    });
    await expect(into(data)).rejects.toMatchObject({
      kind: 'conflict',
      message: `${data} is not empty: a new or empty folder is allowed`,
    });
    await writeFile(dataPaths(data).restoring, '');
    await expect(into(join(empty, 'x'))).rejects.toMatchObject({ kind: 'damaged' });
  });
});

describe('what a restore refuses', () => {
  const flip = async (file: string): Promise<void> => {
    const bytes = await readFile(file);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await chmod(file, 0o600);
    await writeFile(file, bytes);
  };

  test.each([
    'catalogue.json',
    'ledger.sqlite',
    `media/${shaOf('film')}`,
    `stills/${shaOf('film')}.webp`,
    'keys/log.key',
  ])('[S35] one flipped bit in %s is refused by name, and nothing is written', async (path) => {
    const { target } = await backedUp();
    await flip(join(target, path));
    const data = await newFolder();
    const message = `the backup ${target} is damaged: ${path} has another SHA-256 than the manifest says`;
    await expect(restoring(target, data)).rejects.toMatchObject({ kind: 'damaged', message });
    await expect(stat(data)).rejects.toThrow('ENOENT');
  });

  test('[S35] missing and cut files are all named together', async () => {
    const { target } = await backedUp();
    await rm(join(target, 'keys/log.key'));
    await writeFile(join(target, 'catalogue.json'), '{}');
    await expect(restoring(target, await newFolder())).rejects.toThrow(
      /catalogue\.json has 2 bytes where \d+ are allowed; keys\/log\.key is missing$/,
    );
  });

  test('[S35] a folder without a manifest is no backup; a manifest with faults is refused by place', async () => {
    const { target } = await backedUp();
    const manifest = join(target, 'manifest.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('keys/log.key', '../escape'));
    await expect(restoring(target, await newFolder())).rejects.toMatchObject({
      kind: 'faulty',
      faults: [{ place: 'files.1.path', value: '"../escape"' }],
    });
    await writeFile(manifest, text.slice(0, 50));
    await expect(restoring(target, await newFolder())).rejects.toMatchObject({ kind: 'damaged' });
    await rm(manifest);
    await expect(restoring(target, await newFolder())).rejects.toMatchObject({
      kind: 'damaged',
      message: expect.stringContaining('no backup'),
    });
  });

  test.each(['version', 'dataVersion'])('[S35] a backup of a newer %s is refused by name', async (field) => {
    const { target } = await backedUp();
    const manifest = join(target, 'manifest.json');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace(`"${field}": 1`, `"${field}": 2`));
    await expect(restoring(target, await newFolder())).rejects.toMatchObject({
      kind: 'newer-version',
      message: expect.stringContaining('2 found, up to 1 allowed'),
    });
  });

  test('[S36] a data folder that is not empty is refused and left alone', async () => {
    const { target, data } = await backedUp();
    const before = await readdir(data);
    await expect(restoring(target, data)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('catalogue.json'),
    });
    expect(await readdir(data)).toEqual(before);
  });

  test('[S36] a disk that fills up in the middle leaves an empty folder, into which a second try succeeds', async (context) => {
    const { target } = await backedUp();
    const disk = await mountSmallDisk(2);
    if ('reason' in disk) {
      console.warn(`skipped: ${context.task.name}: ${disk.reason}`);
      return context.skip(disk.reason);
    }
    try {
      const data = join(disk.folder, 'data');
      await mkdir(data);
      disk.fill(64 * 1024);
      await expect(restoring(target, data)).rejects.toMatchObject({ kind: 'disk-full' });
      expect((await readdir(data)).filter((name) => !name.startsWith('server.lock'))).toEqual([]);
      disk.free();
      await restoring(target, data);
      (await openDataFolder(data)).close();
    } finally {
      await disk.unmount();
    }
  });
});
