/** The words, messages and exit codes of `xunbo backup` and `xunbo restore`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runBackup } from '../../cli/backup.ts';
import type { CommandStreams } from '../../cli/command.ts';
import { runRestore } from '../../cli/restore.ts';
import { dataPaths, openDataFolder } from '../../server/stores/data-folder.ts';
import { openLowdbCatalogue } from '../../server/stores/lowdb-catalogue.ts';
import { silentLog } from '../../server/stores/store-log.ts';
import { shaOf } from '../helpers/chain-builder.ts';
import { PUT_ALL } from '../helpers/sample-entities.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

type Run = (argv: string[], io: CommandStreams) => Promise<number>;

async function call(run: Run, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await run(argv, { stdin, stdout, stderr });
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

async function dataFolder(): Promise<string> {
  const folder = join(await tempFolder(), 'data');
  const data = await openDataFolder(folder);
  const catalogue = await openLowdbCatalogue({ folder, log: silentLog });
  await catalogue.apply(PUT_ALL);
  await catalogue.close();
  await writeFile(data.paths.mediaFile(shaOf('film')), 'film');
  data.close();
  return folder;
}

test('[S37] help goes to standard output with exit code 0', async () => {
  for (const [name, run] of [
    ['backup', runBackup],
    ['restore', runRestore],
  ] as const) {
    const { code, out, err } = await call(run, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Usage: xunbo ${name} DIR [--data DIR]`);
    expect(out).toContain('Exit codes');
  }
});

test.each([[[]], [['a', 'b']], [['a', '--colour']]])(
  '[S37] the words %j are refused with exit code 1',
  async (argv) => {
    for (const run of [runBackup, runRestore]) {
      const { code, out, err } = await call(run, ...argv);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toContain('Usage:');
    }
  },
);

test('[S37] backup and restore tell what they did on standard error and end with 0', async () => {
  const data = await dataFolder();
  const root = await tempFolder();
  const made = await call(runBackup, join(root, 'b'), '--data', data);
  expect(made).toMatchObject({ code: 0, out: '' });
  expect(made.err).toMatch(/^media: 1\n2 files, \d+ bytes in .*\/b\n$/);
  const back = await call(runRestore, join(root, 'b'), '--data', join(root, 'new'));
  expect(back).toMatchObject({ code: 0, out: '' });
  expect(back.err).toMatch(/checking: 2\ncopying: 2\n2 files of \S+Z in /);
});

test('[S37] bad input ends with 1, a backup with media left out with 3', async () => {
  const data = await dataFolder();
  const root = await tempFolder();
  expect(await call(runBackup, data, '--data', data)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is not empty'),
  });
  expect(await call(runRestore, root, '--data', join(root, 'new'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('no backup'),
  });
  await writeFile(dataPaths(data).mediaFile(shaOf('film')), 'torn');
  const partly = await call(runBackup, join(root, 'b'), '--data', data);
  expect(partly).toMatchObject({ code: 3, err: expect.stringContaining(`left out: media/${shaOf('film')}: damaged`) });
});
