/** A data folder is opened by one server at a time, also after a crash. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { dataPaths, openDataFolder } from '../../../server/stores/data-folder.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const HOLDER = fileURLToPath(new URL('./hold-until-killed.ts', import.meta.url));

test('[S28] opening makes the folders; keys are for their owner only', async () => {
  const folder = join(await tempFolder(), 'new', 'data');
  const data = await openDataFolder(folder);
  for (const part of [data.paths.media, data.paths.stills, data.paths.uploads, data.paths.player]) {
    expect((await stat(part)).isDirectory()).toBe(true);
  }
  expect((await stat(data.paths.keys)).mode & 0o777).toBe(0o700);
  data.close();
});

test('[S28] a folder that is open is refused by name; once closed it opens again', async () => {
  const folder = await tempFolder();
  const data = await openDataFolder(folder);
  await expect(openDataFolder(folder)).rejects.toMatchObject({
    kind: 'in-use',
    message: `${folder} is in use by another server (process ${process.pid}): stop it, or choose another data folder`,
  });
  data.close();
  data.close();
  (await openDataFolder(folder)).close();
});

test('[S28] a folder held by another process is refused until that process is killed', async () => {
  const folder = await tempFolder();
  const child = spawn(process.execPath, [HOLDER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  await expect(openDataFolder(folder)).rejects.toMatchObject({
    kind: 'in-use',
    message: expect.stringContaining(`process ${child.pid}`),
  });
  child.kill('SIGKILL');
  await exited;
  (await openDataFolder(folder)).close();
});

test('[S29] a folder whose restore was cut off is not opened', async () => {
  const folder = await tempFolder();
  await writeFile(dataPaths(folder).restoring, '');
  await expect(openDataFolder(folder)).rejects.toMatchObject({
    kind: 'damaged',
    message: expect.stringContaining(folder),
  });
});

test('[S28] a path that is a file is refused by name', async () => {
  const file = join(await tempFolder(), 'data');
  await writeFile(file, '');
  await expect(openDataFolder(file)).rejects.toMatchObject({
    kind: 'disk-failed',
    message: expect.stringContaining(file),
  });
});
