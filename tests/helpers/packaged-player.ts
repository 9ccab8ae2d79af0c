/** The player as electron-builder packages it, out of the Electron that is on this machine instead of the pinned one. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const BUILDER = join(PROJECT, 'node_modules/electron-builder/cli.js');
const run = promisify(execFile);

/** What is packaged: `targets` of electron-builder, `version` in place of the product's, and more variables. */
export type PackageWish = {
  out: string;
  electron: string;
  targets?: string[];
  version?: string;
  env?: Record<string, string>;
};

/** Runs electron-builder; gives the folder of the unpacked build. */
export async function packagePlayer({
  out,
  electron,
  targets = ['dir'],
  version,
  env = {},
}: PackageWish): Promise<string> {
  const dist = dirname(electron);
  const electronVersion = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  const isOlder = Number.parseInt(electronVersion, 10) < 29;
  const text = readFileSync(join(PROJECT, 'electron-builder.yml'), 'utf8');
  const config = join(out, 'electron-builder.yml');
  // The last fuse came with Electron 29; before, what it takes away is given to pages of file:// only, and there are none.
  writeFileSync(config, isOlder ? text.replace(/^ +grantFileProtocolExtraPrivileges: .*\n/m, '') : text);
  const changes = {
    electronDist: dist,
    electronVersion,
    'directories.output': out,
    ...(version !== undefined && { 'extraMetadata.version': version }),
  };
  const flags = Object.entries(changes).map(([key, value]) => `-c.${key}=${value}`);
  const words = [
    BUILDER,
    '--linux',
    ...targets,
    '--publish',
    'never',
    '--projectDir',
    PROJECT,
    '--config',
    config,
    ...flags,
  ];
  await run(process.execPath, words, { cwd: PROJECT, env: { ...process.env, ...env }, maxBuffer: 1e8 });
  return join(out, 'linux-unpacked');
}
