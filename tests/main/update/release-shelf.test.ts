/** Releases on the disk: an archive becomes a build in one step, and one that is none changes nothing. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDurableFiles } from '../../../main/durable-files.ts';
import { createReleaseShelf } from '../../../main/update/release-shelf.ts';
import { INSTALLED, onTrial } from '../../../main/update/release-state.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

/** A shelf on the real disk, and archives to be put on it. */
async function shelfRig() {
  const folder = await tempFolder();
  const releases = join(folder, 'releases');
  mkdirSync(releases);
  const archive = (version: string, program: string, mode = 0o755): string => {
    const name = `xunbo-player-${version}-linux-x64`;
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, program), version, { mode });
    const path = join(folder, `${name}.tar.gz`);
    execFileSync('tar', ['-czf', path, '-C', folder, name]);
    return path;
  };
  return { releases, archive, shelf: createReleaseShelf(releases, createDurableFiles()) };
}

test('[UP3] an archive becomes a build of its own in one step, and is gone', async () => {
  const { releases, archive, shelf } = await shelfRig();
  const path = archive('0.2.0', 'xunbo-player');
  await shelf.unpack('0.2.0', path);
  expect(readFileSync(join(releases, '0.2.0/xunbo-player'), 'utf8')).toBe('0.2.0');
  expect([readdirSync(releases), existsSync(path)]).toEqual([['0.2.0'], false]);
});

test('[UP3] what is no build, or no archive, leaves everything as it was', async () => {
  const { releases, archive, shelf } = await shelfRig();
  await shelf.unpack('0.2.0', archive('0.2.0', 'xunbo-player'));
  await expect(shelf.unpack('0.3.0', archive('0.3.0', 'something'))).rejects.toThrow('xunbo-player');
  await expect(shelf.unpack('0.4.0', archive('0.4.0', 'xunbo-player', 0o644))).rejects.toThrow('EACCES');
  const torn = archive('0.5.0', 'xunbo-player');
  writeFileSync(torn, 'no archive');
  await expect(shelf.unpack('0.5.0', torn)).rejects.toThrow('tar');
  expect(readdirSync(releases)).toEqual(['0.2.0']);
});

test('[UP4] releases that are not kept go, notes stay', async () => {
  const { releases, archive, shelf } = await shelfRig();
  expect(shelf.state()).toEqual(INSTALLED);
  for (const version of ['0.2.0', '0.3.0', '0.4.0']) await shelf.unpack(version, archive(version, 'xunbo-player'));
  const state = onTrial(INSTALLED, '0.4.0');
  shelf.keep(state);
  await shelf.prune(['0.4.0', '0.3.0']);
  expect(readdirSync(releases).sort()).toEqual(['0.3.0', '0.4.0', 'state']);
  expect(shelf.state()).toEqual(state);
});
