/** A media is used only after its hash was checked; transfers go on where they stopped, and what is damaged is fetched again. */
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Incidents } from '../../main/incidents.ts';
import type { MediaCache } from '../../main/media-cache.ts';
import type { MediaFiles } from '../../main/media-files.ts';
import type { MediaSource } from '../../main/media-source.ts';
import { sha256Hex } from '../../main/sha256.ts';
import { type CacheRig, createCacheRig } from './support/cache-rig.ts';
import type { ManualTime } from './support/manual-time.ts';

const BYTES = Buffer.from('0123456789'.repeat(1000));
const SHA = sha256Hex(BYTES);
const WANTED = { sha: SHA, bytes: BYTES.length, isPromised: true };

let rig: CacheRig;
let folder: string;
let files: MediaFiles;
let time: ManualTime;
let incidents: Incidents;
beforeEach(() => {
  rig = createCacheRig(0);
  ({ folder, files, time, incidents } = rig);
});
afterEach(() => rig.remove());

type Transfer = { status?: number; bytes?: Buffer; cutAt?: number };

/** A source that answers one request after the other with what is listed, the last for ever. */
function source(...transfers: Transfer[]): Pick<MediaSource, 'media'> & { asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    async media(_sha, fromByte) {
      const { status, bytes = BYTES, cutAt } = transfers[Math.min(asked.length, transfers.length - 1)] ?? {};
      asked.push(fromByte);
      const part = bytes.subarray(status === 200 ? 0 : fromByte);
      return { status: status ?? (fromByte > 0 ? 206 : 200), chunks: chunksOf(part, cutAt) };
    },
  };
}

async function* chunksOf(bytes: Buffer, cutAt = bytes.length): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, cutAt);
  if (cutAt < bytes.length) throw new Error('connection lost');
}

function cacheOf(from: Pick<MediaSource, 'media'>): { cache: MediaCache; arrived: Promise<string> } {
  const { promise: arrived, resolve: onArrival } = Promise.withResolvers<string>();
  return { cache: rig.cacheOf(from, { onArrival }), arrived };
}

/** Real file work happens between the manual clock's steps. */
async function pass(condition: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!condition() && performance.now() < end) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    time.advance(1000);
  }
  expect(condition()).toBe(true);
}

describe('media cache', () => {
  test('[M1] a media is usable only after its hash was checked', async () => {
    const { cache, arrived } = cacheOf(source({}));
    cache.want([WANTED]);
    expect(cache.has(SHA)).toBe(false);
    expect(cache.fileOf(SHA)).toBeNull();
    await arrived;
    expect(cache.has(SHA)).toBe(true);
    expect(await readFile(files.pathOf(SHA))).toEqual(BYTES);
  });

  test('[M2] a transfer that breaks off goes on where it stopped', async () => {
    const from = source({ cutAt: 4000 }, {});
    const { cache, arrived } = cacheOf(from);
    cache.want([WANTED]);
    await pass(() => cache.has(SHA));
    await arrived;
    expect(from.asked).toEqual([0, 4000]);
    expect(incidents.list()).toEqual([]);
  });

  test('[M2] a server that ignores the range sends it all, and a refused range starts over', async () => {
    await writeFile(`${files.pathOf(SHA)}.part`, BYTES.subarray(0, 10));
    const from = source({ status: 416 }, { cutAt: 5000 }, { status: 200 });
    const { cache } = cacheOf(from);
    cache.want([WANTED]);
    await pass(() => cache.has(SHA));
    expect(from.asked).toEqual([10, 0, 5000]);
  });

  test('[M3] bytes of another hash are thrown away, an incident opens, and they are fetched again', async () => {
    const wrong = Buffer.from(BYTES);
    wrong[77] = 0;
    const from = source({ bytes: wrong }, {});
    const { cache } = cacheOf(from);
    cache.want([WANTED]);
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    await pass(() => cache.has(SHA));
    expect(from.asked).toEqual([0, 0]);
    expect(incidents.list()).toEqual([]);
  });

  test('[WD5] what is dropped is gone from the disk at once, also while it comes in, and is no trouble', async () => {
    const asked = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const slow = {
      async media() {
        asked.resolve();
        await held.promise;
        return { status: 200, chunks: chunksOf(BYTES) };
      },
    };
    const { cache } = cacheOf(slow);
    cache.want([WANTED]);
    await asked.promise;
    await writeFile(`${files.pathOf(SHA)}.part`, BYTES.subarray(0, 10));
    cache.want([]);
    expect(await cache.drop(SHA)).toBe(true);
    held.resolve();
    // What came after all was written and removed again when nothing more happens to the folder.
    let quiet = 0;
    for (let before = ''; quiet < 50; quiet += 1) {
      await new Promise<void>((resolve) => setTimeout(resolve, 1));
      const now = readdirSync(folder).join();
      if (now !== before) quiet = 0;
      before = now;
    }
    expect([await files.size(SHA, 'whole'), await files.size(SHA, 'part')]).toEqual([null, null]);
    expect([cache.has(SHA), incidents.list()]).toEqual([false, []]);
    expect(await cache.drop(SHA)).toBe(false);
  });

  test('[WD5] what was dropped comes again when it is wanted again', async () => {
    const { cache, arrived } = cacheOf(source({}));
    cache.want([WANTED]);
    await arrived;
    cache.want([]);
    expect(await cache.drop(SHA)).toBe(true);
    expect([cache.has(SHA), cache.fileOf(SHA), await files.size(SHA, 'whole')]).toEqual([false, null, null]);
    cache.want([WANTED]);
    await pass(() => cache.has(SHA));
    expect(cache.has(SHA)).toBe(true);
  });

  test('[M4] a cached file with a flipped bit is found at the next start and replaced', async () => {
    const damaged = Buffer.from(BYTES);
    damaged[5000] = 0;
    await writeFile(files.pathOf(SHA), damaged);
    const from = source({});
    const { cache } = cacheOf(from);
    cache.want([WANTED]);
    await pass(() => cache.has(SHA));
    expect(await readFile(files.pathOf(SHA))).toEqual(BYTES);
    expect(from.asked.length).toBe(1);
  });

  test('[M5] what is here is usable without a server', async () => {
    await writeFile(files.pathOf(SHA), BYTES);
    const from = source({});
    const { cache } = cacheOf(from);
    cache.setOnline(false);
    cache.want([WANTED]);
    await pass(() => cache.has(SHA));
    expect(from.asked).toEqual([]);
  });

  test('[M6] without a server what is missing waits, with no incident storm, and comes when there is one', async () => {
    const from = source({ status: 503 }, {});
    const { cache } = cacheOf(from);
    cache.want([WANTED]);
    await pass(() => cache.has(SHA));
    expect(from.asked.length).toBe(2);
  });
});
