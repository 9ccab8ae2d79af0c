/** The media cache keeps what is needed soonest, and what is promised always. */
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ManifestItem, Program } from '../../domain/plan/program.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import type { Incidents } from '../../main/incidents.ts';
import type { MediaCache, WantedMedia } from '../../main/media-cache.ts';
import type { MediaFiles } from '../../main/media-files.ts';
import { mediaNeeds } from '../../main/media-needs.ts';
import { type CachedFile, defaultBudget, planCache } from '../../main/plan-cache.ts';
import { createProgramStore } from '../../main/program-store.ts';
import { sha256Hex } from '../../main/sha256.ts';
import { type CacheRig, createCacheRig } from './support/cache-rig.ts';
import { createMemoryFiles } from './support/memory-files.ts';
import { sampleCommitment, sampleProgram } from './support/sample-program.ts';

const TODAY = '2026-07-01';
const film = (name: string): ManifestItem => ({
  type: 'video',
  sha: sha256Hex(name),
  bytes: 1000,
  mime: 'video/mp4',
  durationMs: 10_000,
  name,
});
const flight = (item: string, from: string, to = '2026-12-31', weekdays = sampleCommitment().weekdays) =>
  sampleCommitment({ id: item, from, to, weekdays, items: [{ item, durationMs: 10_000, weight: 1 }] });

/** A program of films that are needed at different times. */
const staggered: Program = sampleProgram({
  commitments: [
    flight('in-20-days', '2026-07-21'),
    flight('in-8-days', '2026-07-09'),
    flight('in-7-days', '2026-07-08'),
    flight('on-sunday', '2026-06-01', '2026-12-31', ['sun']),
    flight('today', '2026-06-01'),
    flight('over', '2026-01-01', '2026-06-30'),
  ],
  loop: [
    { item: 'loop-august', durationMs: 10_000, from: '2026-08-01' },
    { item: 'loop', durationMs: 10_000 },
    { item: 'today', durationMs: 10_000 },
    { item: 'loop-over', durationMs: 10_000, to: '2026-06-01' },
  ],
  manifest: Object.fromEntries(
    ['in-20-days', 'in-8-days', 'in-7-days', 'on-sunday', 'today', 'over', 'loop', 'loop-august', 'loop-over'].map(
      (name) => [name, film(name)],
    ),
  ),
});

const nameOf = (sha: string): string =>
  Object.values(staggered.manifest).find((item) => item.sha === sha)?.name ?? sha.slice(0, 8);

describe('what is needed when', () => {
  test('[M7] promised today, the loop of today, promised within 7 days, then by the day of the first use', () => {
    const needs = mediaNeeds(staggered, TODAY);
    expect(needs.map(({ sha }) => nameOf(sha))).toEqual([
      'today',
      'loop',
      'on-sunday',
      'in-7-days',
      'in-8-days',
      'in-20-days',
      'loop-august',
    ]);
    expect(needs.filter(({ isPromised }) => isPromised).map(({ sha }) => nameOf(sha))).toEqual([
      'today',
      'on-sunday',
      'in-7-days',
    ]);
  });

  test('[M7] while the date is not known, whatever is promised may be needed', () => {
    const needs = mediaNeeds(staggered, null);
    expect(needs.filter(({ isPromised }) => isPromised).length).toBe(6);
    expect(needs.length).toBe(9);
  });
});

describe('the budget', () => {
  const wanted = (name: string, bytes: number, isPromised = false): WantedMedia => ({ sha: name, bytes, isPromised });
  const file = (sha: string, bytes: number, usedMs = 0): CachedFile => ({ sha, kind: 'whole', bytes, usedMs });

  test('[M8] what is not asked for goes first, longest unused first, and only as far as it has to', () => {
    const present = [file('old', 40, 1), file('new', 40, 3), file('mid', 40, 2), file('a', 50)];
    const plan = planCache([wanted('a', 50, true), wanted('b', 30)], present, 130);
    expect(plan.admitted.map(({ sha }) => sha)).toEqual(['a', 'b']);
    expect(plan.evict.map(({ sha }) => sha)).toEqual(['old', 'mid']);
  });

  test('[M8] what is needed later goes before the loop of today, and what is promised never does', () => {
    const all = [wanted('p', 60, true), wanted('loop', 30), wanted('late', 30), wanted('q', 20, true)];
    const present = all.map(({ sha, bytes }) => file(sha, bytes));
    expect(planCache(all, present, 110).evict.map(({ sha }) => sha)).toEqual(['late']);
    const tight = planCache(all, present, 70);
    expect(tight.evict.map(({ sha }) => sha).sort()).toEqual(['late', 'loop']);
    expect(tight.overBytes).toBe(10);
    expect(tight.admitted.map(({ sha }) => sha)).toEqual(['p', 'q']);
  });

  test('[M8] without a setting a tenth of the disk, at most 1 GiB, is left to others', () => {
    const GiB = 1024 ** 3;
    expect(defaultBudget({ freeBytes: 3 * GiB, totalBytes: 5 * GiB }, GiB)).toBe(3.5 * GiB);
    expect(defaultBudget({ freeBytes: 100 * GiB, totalBytes: 128 * GiB }, GiB)).toBe(100 * GiB);
    expect(defaultBudget({ freeBytes: 0, totalBytes: 8 * GiB }, 0.1 * GiB)).toBe(0);
  });
});

describe('the cache on its disk', () => {
  let rig: CacheRig;
  let folder: string;
  let files: MediaFiles;
  let incidents: Incidents;
  const lost: string[] = [];
  const media = new Map<string, Buffer>();
  let asked: string[] = [];
  let gate: Promise<void> | null = null;

  beforeEach(() => {
    rig = createCacheRig(Date.UTC(2026, 6, 1));
    ({ folder, files, incidents } = rig);
    lost.length = 0;
    media.clear();
    asked = [];
    gate = null;
  });
  afterEach(() => rig.remove());

  function add(name: string, isPromised = false): WantedMedia {
    const bytes = Buffer.from(name.padEnd(1000, '.'));
    const sha = sha256Hex(bytes);
    media.set(sha, bytes);
    return { sha, bytes: bytes.length, isPromised };
  }

  async function* chunksOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, 100);
    if (gate) await gate;
    yield bytes.subarray(100, 200);
    yield bytes.subarray(200);
  }

  function cacheOf(budgetBytes: number): MediaCache {
    const source = {
      async media(sha: string, fromByte: number) {
        asked.push(sha);
        const bytes = media.get(sha) ?? Buffer.alloc(0);
        return { status: fromByte > 0 ? 206 : 200, chunks: chunksOf(bytes.subarray(fromByte)) };
      },
    };
    return rig.cacheOf(source, { budgetBytes, onLoss: (sha) => lost.push(sha) });
  }

  /** Real file work takes turns of the event loop; a bound on their number, not on time. */
  async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    for (let turn = 0; turn < 200_000; turn += 1) {
      if (await condition()) return;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    throw new Error('waited in vain');
  }

  test('[M8] a new program pushes out what was asked for longest ago, and no more', async () => {
    const [old, mid, fresh] = [add('old'), add('mid'), add('fresh')];
    for (const [k, { sha }] of [old, mid].entries()) {
      await writeFile(files.pathOf(sha), media.get(sha) ?? '');
      await utimes(files.pathOf(sha), 1000 + k, 1000 + k);
    }
    const cache = cacheOf(2500);
    cache.want([fresh]);
    await until(() => cache.has(fresh.sha));
    expect((await readdir(folder)).sort()).toEqual([mid.sha, fresh.sha].sort());
  });

  test('[M8] promised media are kept beyond the budget, and an incident says so until they fit', async () => {
    const [one, two, loop] = [add('one', true), add('two', true), add('loop')];
    const cache = cacheOf(1500);
    cache.want([one, two, loop]);
    await until(() => cache.has(one.sha) && cache.has(two.sha));
    expect(incidents.list()).toEqual([{ kind: 'disk-full', detail: expect.stringContaining('promised') }]);
    expect(asked).not.toContain(loop.sha);
    cache.want([one]);
    await until(() => incidents.list().length === 0);
    await until(async () => (await readdir(folder)).length === 1);
    expect(cache.has(two.sha)).toBe(false);
    expect(lost).toEqual([two.sha]);
  });

  test('[M9] a push while a download runs is not kept waiting by it, and what came of it is used later', async () => {
    const [slow, urgent] = [add('slow'), add('urgent', true)];
    let open = (): void => undefined;
    gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const cache = cacheOf(1e6);
    cache.want([slow]);
    await until(async () => ((await files.size(slow.sha, 'part')) ?? 0) > 0);
    cache.want([urgent, slow]);
    open();
    await until(() => cache.has(slow.sha));
    expect(asked).toEqual([slow.sha, urgent.sha, slow.sha]);
    expect(incidents.list()).toEqual([]);
    expect(await readFile(files.pathOf(slow.sha))).toEqual(media.get(slow.sha));
  });

  test('[M4] a bit that flips in a checked file is found by the scrub and the file is fetched again', async () => {
    const wanted = [add('a', true), add('b', true)];
    const cache = cacheOf(1e6);
    cache.want(wanted);
    await until(() => wanted.every(({ sha }) => cache.has(sha)));
    const [, b] = wanted;
    const path = files.pathOf(b?.sha ?? '');
    const damaged = await readFile(path);
    damaged[77] = (damaged[77] ?? 0) ^ 1;
    await writeFile(path, damaged);
    asked = [];
    cache.scrub();
    cache.scrub();
    await until(() => lost.length > 0 && cache.has(b?.sha ?? ''));
    expect(lost).toEqual([b?.sha]);
    expect(asked).toEqual([b?.sha]);
    expect(await readFile(path)).toEqual(media.get(b?.sha ?? ''));
    expect(incidents.list()).toEqual([]);
  });

  test('[M4] a file that did not play is looked at at once; without a server it stays out of the plan', async () => {
    const a = add('a', true);
    const cache = cacheOf(1e6);
    cache.want([a]);
    await until(() => cache.has(a.sha));
    cache.suspect(a.sha);
    await until(async () => (await readdir(folder)).length === 1);
    expect(cache.has(a.sha)).toBe(true);
    cache.setOnline(false);
    await writeFile(files.pathOf(a.sha), 'truncated');
    cache.suspect(a.sha);
    await until(() => !cache.has(a.sha));
    expect(cache.fileOf(a.sha)).toBeNull();
    expect(incidents.list()).toEqual([{ kind: 'media-missing', detail: expect.stringContaining('damaged') }]);
    cache.setOnline(true);
    await until(() => cache.has(a.sha));
    expect(incidents.list()).toEqual([]);
  });
});

test('[L10] of the stored programs the one in force and the one before are kept', () => {
  const files = createMemoryFiles();
  const store = createProgramStore(files, '/data/programs');
  const hashes = ['08:00', '09:00', '09:30'].map((from) => {
    const text = canonicalJson(sampleProgram({ openingHours: [{ days: ['mon'], from, to: '10:00' }] }));
    const hash = sha256Hex(text);
    expect(store.accept(hash, text).ok).toBe(true);
    return hash;
  });
  store.keepOnly([hashes[2], hashes[1]]);
  expect([...files.content.keys()].sort()).toEqual(
    [hashes[1], hashes[2]].flatMap((h) => [`/data/programs/${h}.json`, `/data/programs/${h}.json.copy`]).sort(),
  );
  expect(store.load(hashes[2] ?? '')).not.toBeNull();
});
