/** Pictures of screens in the data folder, a folder a screen, each named by its SHA-256. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Schema } from '../../protocol/common.ts';
import { newId } from '../clock.ts';
import { Failure } from '../failure.ts';
import { syncFolder, writeSynced } from '../stores/durable-file.ts';
import { diskError, errnoOf } from '../stores/store-error.ts';

/** Which plays have a picture taken (see `shotEveryPlays` of a welcome), and for how many days pictures are kept. */
export type ShotSettings = { everyPlays: number; keepDays: number };

/** What the store offers. Screens are named by ids that are safe as names of folders. */
export type ShotStore = {
  /** Keeps a picture, durably once it resolves. Fails with `bad-request` where it is no WebP or not what its hash says, or `disk-full`. */
  keep(screenId: string, sha: string, webp: Uint8Array): Promise<void>;
  /** Folder and name of a picture of a screen, or null where there is none. */
  find(screenId: string, sha: string): Promise<{ folder: string; name: string } | null>;
  /** Removes pictures that came before `beforeMs` (epoch milliseconds); gives how many. */
  expire(beforeMs: number): Promise<number>;
};

/** Most pictures of one screen; beyond it the oldest give way, whatever their age. */
const MOST_PER_SCREEN = 5000;

/** The store in `folder`. */
export function createShotStore(folder: string, mostPerScreen = MOST_PER_SCREEN): ShotStore {
  async function makeRoom(screenId: string): Promise<void> {
    const own = join(folder, screenId);
    const names = await readdir(own);
    if (names.length <= mostPerScreen) return;
    const dated = await Promise.all(names.map(async (name) => ({ name, atMs: (await stat(join(own, name))).mtimeMs })));
    const oldest = dated.sort((a, b) => a.atMs - b.atMs).slice(0, names.length - mostPerScreen);
    for (const { name } of oldest) await rm(join(own, name), { force: true });
  }

  return {
    async keep(screenId, sha, webp) {
      if (!isWebp(webp)) throw new Failure('bad-request', 'the picture is no WebP');
      if (createHash('sha256').update(webp).digest('hex') !== sha)
        throw new Failure('bad-request', 'the picture is not the one its hash names');
      const own = join(folder, screenId);
      const draft = join(folder, `${newId()}.tmp`);
      const target = join(own, `${sha}.webp`);
      try {
        await mkdir(own, { recursive: true });
        await writeSynced(draft, webp, 0o644);
        await rename(draft, target);
        await syncFolder(own);
        // The screen's first picture made its folder.
        await syncFolder(folder);
        await makeRoom(screenId);
      } catch (error) {
        await rm(draft, { force: true });
        throw diskError(error, target);
      }
    },
    async find(screenId, sha) {
      const own = join(folder, screenId);
      const name = `${sha}.webp`;
      if (!sha256Schema.safeParse(sha).success || (await ageOf(join(own, name))) === null) return null;
      return { folder: own, name };
    },
    async expire(beforeMs) {
      let removed = 0;
      for (const path of await filesIn(folder)) {
        if (((await ageOf(path)) ?? beforeMs) >= beforeMs) continue;
        await rm(path, { force: true });
        removed += 1;
      }
      return removed;
    },
  };
}

const isWebp = (bytes: Uint8Array): boolean =>
  /^RIFF[\s\S]{4}WEBP$/.test(Buffer.from(bytes.subarray(0, 12)).toString('latin1'));

/** Pictures, and drafts that a stop left behind. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function ageOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
