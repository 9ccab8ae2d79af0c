/** Takes an archive that electron-builder made into the releases of a data folder, and changes to whom releases are offered. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { compareVersions } from '../../domain/releases/offer.ts';
import { syncFolder } from '../stores/durable-file.ts';
import { StoreError } from '../stores/store-error.ts';
import { readReleases, type StoredRelease, writeReleases } from './release-index.ts';

/** To whom a release is offered: how many of 100 devices, and screens by id. */
export type Stage = { percent: number; screens: string[] };

const NAME = /^xunbo-player-(\d+\.\d+\.\d+)-linux-(x64|arm64)\.tar\.gz$/;

/**
 * Copies `archive` into `folder` and lists it. Rejects with `StoreError`: `faulty` where its name is not one electron-builder gives or it is no gzip
 * file, `conflict` where that version is there already with other bytes.
 */
export async function addRelease(folder: string, archive: string, stage: Stage, nowMs: number): Promise<StoredRelease> {
  const file = basename(archive);
  const [, version, arch] = NAME.exec(file) ?? [];
  if (version === undefined || (arch !== 'x64' && arch !== 'arm64')) {
    throw new StoreError(
      'faulty',
      `${file} is no release of the player: expected xunbo-player-VERSION-linux-ARCH.tar.gz`,
    );
  }
  if (!(await isGzip(archive))) throw new StoreError('faulty', `${file} is no gzip archive`);
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${file}.tmp`);
  try {
    await copyFile(archive, draft);
    const sha512 = await sha512Of(draft);
    const others = await readReleases(folder);
    const same = others.find((release) => release.file === file);
    if (same && same.sha512 !== sha512) {
      throw new StoreError(
        'conflict',
        `${version} is there already with other bytes; a version never changes, give this one a new number`,
      );
    }
    await syncFile(draft);
    await rename(draft, join(folder, file));
    await syncFolder(folder);
    const { size: bytes } = await stat(join(folder, file));
    const release: StoredRelease = { version, arch, file, sha512, bytes, addedAtMs: nowMs, ...stage };
    await writeReleases(folder, sorted([...others.filter((other) => other.file !== file), release]));
    return release;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Offers every build of `version` to others than before; gives how many there are. */
export async function stageRelease(folder: string, version: string, stage: Partial<Stage>): Promise<number> {
  const releases = await readReleases(folder);
  const count = releases.filter((release) => release.version === version).length;
  const changed = releases.map((release) => (release.version === version ? { ...release, ...stage } : release));
  if (count > 0) await writeReleases(folder, changed);
  return count;
}

/** Takes every build of `version` out of the list, then off the disk; gives how many there were. */
export async function removeRelease(folder: string, version: string): Promise<number> {
  const releases = await readReleases(folder);
  const gone = releases.filter((release) => release.version === version);
  if (gone.length === 0) return 0;
  await writeReleases(
    folder,
    releases.filter((release) => release.version !== version),
  );
  for (const { file } of gone) await rm(join(folder, file), { force: true });
  return gone.length;
}

const sorted = (releases: StoredRelease[]): StoredRelease[] =>
  releases.sort((a, b) => compareVersions(a.version, b.version) || a.arch.localeCompare(b.arch));

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE(0) === 0x1f8b;
  } finally {
    await handle.close();
  }
}

async function sha512Of(path: string): Promise<string> {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('base64');
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
