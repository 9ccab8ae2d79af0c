/** The releases on a player's disk: one folder each, beside the file that says which one runs. */
import { execFile } from 'node:child_process';
import { access, constants, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DurableFiles, syncFolder } from '../durable-files.ts';
import { parseReleaseState, releaseStateText } from './release-state.ts';
import type { ReleaseShelf } from './self-update.ts';

const run = promisify(execFile);
/** The program of a build, by which a folder is known to be one. */
const PROGRAM = 'xunbo-player';

/** The shelf in `folder`. */
export function createReleaseShelf(folder: string, files: DurableFiles): ReleaseShelf {
  const stateFile = join(folder, 'state');
  return {
    state() {
      const bytes = files.read(stateFile);
      return parseReleaseState(bytes === null ? null : Buffer.from(bytes).toString('utf8'));
    },
    keep: (state) => files.replace(stateFile, releaseStateText(state)),
    async unpack(version, archive) {
      const draft = join(folder, `${version}.new`);
      await rm(draft, { recursive: true, force: true });
      try {
        await mkdir(draft, { recursive: true });
        await run('tar', ['-xzf', archive, '-C', draft, '--strip-components=1', '--no-same-owner']);
        await access(join(draft, PROGRAM), constants.X_OK);
        await run('sync', ['-f', draft]);
        await rm(join(folder, version), { recursive: true, force: true });
        await rename(draft, join(folder, version));
        syncFolder(folder);
      } finally {
        await rm(draft, { recursive: true, force: true });
        await rm(archive, { force: true });
      }
    },
    async prune(kept) {
      const names = (await readdir(folder)).filter((name) => /^\d+\.\d+\.\d+(\.new)?$/.test(name));
      for (const name of names.filter((other) => !kept.includes(other))) {
        await rm(join(folder, name), { recursive: true, force: true });
      }
    },
  };
}
