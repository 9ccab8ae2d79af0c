/** Brings the media of a program into the cache and vouches for them: nothing is played that was not checked since the start. */
import type { Timers } from './clock.ts';
import { errnoOf } from './durable-files.ts';
import { createFetchRetries } from './fetch-retries.ts';
import type { Incidents } from './incidents.ts';
import { type Log, messageOf } from './log.ts';
import type { MediaFiles } from './media-files.ts';
import type { MediaSource } from './media-source.ts';
import { defaultBudget, planCache } from './plan-cache.ts';

/** A media by its SHA-256, with its size; `isPromised`: a promise of the next days needs it. */
export type WantedMedia = { sha: string; bytes: number; isPromised: boolean };

/** The cache. */
export type MediaCache = {
  /** What is needed, the most urgent first; replaces what was wanted before. */
  want(media: readonly WantedMedia[]): void;
  /** Whether a media is here and was checked since the start. */
  has(sha: string): boolean;
  /** The file of a checked media, or null. */
  fileOf(sha: string): string | null;
  /** Takes a media out of the cache, also one that is just coming in; gives whether any of it was there. Wanted again it comes again. */
  drop(sha: string): Promise<boolean>;
  /** Looks at a checked media again: it did not play. */
  suspect(sha: string): void;
  /** Looks at one checked media again, the next time at another. */
  scrub(): void;
  /** Brings the cache within its budget as the disk now is. */
  arrange(): void;
  /** Whether there is a server to fetch from; coming back, everything missing is tried at once. */
  setOnline(isOnline: boolean): void;
  stop(): void;
};

/**
 * What the cache needs; `random` gives [0, 1). `budgetBytes`: most it may take on the disk, null for what the disk allows.
 * `onArrival` is called with each media that has become usable, `onLoss` with one that was and is no more.
 */
export type MediaCacheDeps = {
  files: MediaFiles;
  source: Pick<MediaSource, 'media'>;
  timers: Timers;
  wallMs: () => number;
  random: () => number;
  log: Log;
  incidents: Incidents;
  budgetBytes: number | null;
  onArrival: (sha: string) => void;
  onLoss: (sha: string) => void;
};

/** Thrown within a transfer that something more urgent has overtaken: what came is kept. */
class Overtaken extends Error {}

/** Creates an empty view of the cache; files are looked at when they are wanted. */
export function createMediaCache(deps: MediaCacheDeps): MediaCache {
  const { files, source, log, incidents } = deps;
  /** In the order in which they are looked at again. */
  const checked = new Set<string>();
  const absent = new Set<string>();
  const suspects = new Set<string>();
  const dropped = new Set<string>();
  const retries = createFetchRetries(deps.timers, deps.random, () => void run());
  let wanted: readonly WantedMedia[] = [];
  let admitted: readonly WantedMedia[] = [];
  let mustArrange = false;
  let isOnline = false;
  let isRunning = false;
  let isStopped = false;

  const missing = (media: readonly WantedMedia[]): WantedMedia[] => media.filter(({ sha }) => !checked.has(sha));

  /** What can be done now: first look at all that may be here already, then fetch. */
  function nextTask(): { sha: string; act: () => Promise<void> } | null {
    if (mustArrange) return { sha: '', act: arrange };
    const open = missing(admitted);
    const local = open.find(({ sha }) => !absent.has(sha));
    if (local) return { sha: local.sha, act: () => lookFor(local) };
    const [suspect] = suspects;
    if (suspect !== undefined) return { sha: suspect, act: () => lookAgain(suspect) };
    const remote = isOnline ? open.find(({ sha }) => !retries.isWaiting(sha)) : undefined;
    return remote ? { sha: remote.sha, act: () => fetchMedia(remote) } : null;
  }

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    for (let task = nextTask(); task && !isStopped; task = nextTask()) {
      const { sha, act } = task;
      await act().catch((error: unknown) => {
        if (!(error instanceof Overtaken)) failed(sha, messageOf(error), errnoOf(error));
      });
      if (dropped.has(sha)) await erase(sha).catch((error: unknown) => failed(sha, messageOf(error), errnoOf(error)));
    }
    isRunning = false;
  }

  async function arrange(): Promise<void> {
    mustArrange = false;
    admitted = wanted;
    const present = await files.list();
    const cachedBytes = present.reduce((sum, { bytes }) => sum + bytes, 0);
    const disk = deps.budgetBytes === null ? await files.space() : null;
    const budget = deps.budgetBytes ?? (disk ? defaultBudget(disk, cachedBytes) : Number.POSITIVE_INFINITY);
    const plan = planCache(wanted, present, budget);
    admitted = plan.admitted;
    if (plan.overBytes > 0) incidents.open('disk-full', 'budget', overText(budget, plan.overBytes));
    else incidents.close('disk-full', 'budget');
    for (const { sha, kind } of plan.evict) {
      log('info', 'media given up for want of room', { sha, kind });
      suspects.delete(sha);
      if (kind === 'whole' && checked.delete(sha)) deps.onLoss(sha);
      await files.discard(sha, kind);
    }
    const isHere = new Set(present.filter(({ kind }) => kind === 'whole').map(({ sha }) => sha));
    for (const { sha } of admitted) if (isHere.has(sha)) await files.touch(sha, deps.wallMs());
  }

  async function erase(sha: string): Promise<boolean> {
    suspects.delete(sha);
    checked.delete(sha);
    const sizes = [await files.size(sha, 'whole'), await files.size(sha, 'part')];
    await files.discard(sha, 'whole');
    await files.discard(sha, 'part');
    return sizes.some((size) => size !== null);
  }

  async function lookFor({ sha }: WantedMedia): Promise<void> {
    absent.add(sha);
    if ((await files.size(sha, 'whole')) === null) return;
    if (await files.isIntact(sha, 'whole')) return arrived(sha);
    log('warn', 'cached media is damaged and will be fetched again', { sha });
    await files.discard(sha, 'whole');
  }

  async function lookAgain(sha: string): Promise<void> {
    suspects.delete(sha);
    const isFine = (await files.size(sha, 'whole')) !== null && (await files.isIntact(sha, 'whole').catch(() => false));
    if (isFine || !checked.delete(sha)) return;
    log('warn', 'checked media has been damaged since and will be fetched again', { sha });
    incidents.open('media-missing', sha, `${sha}: damaged on the disk`);
    deps.onLoss(sha);
    await files.discard(sha, 'whole');
  }

  async function fetchMedia({ sha, bytes }: WantedMedia): Promise<void> {
    const there = (await files.size(sha, 'part')) ?? 0;
    // A part as long as the whole (a stop just before the check) needs no transfer; a longer one is no part of it.
    if (there > bytes) await files.discard(sha, 'part');
    if (there !== bytes || bytes === 0) await transfer(sha, there > bytes ? 0 : there);
    const received = (await files.size(sha, 'part')) ?? 0;
    if (received < bytes) throw new Error(`${received} of ${bytes} bytes came`);
    if (!(await files.isIntact(sha, 'part'))) {
      await files.discard(sha, 'part');
      throw new Error('what came has another hash');
    }
    await files.keep(sha);
    arrived(sha);
  }

  async function transfer(sha: string, fromByte: number): Promise<void> {
    const response = await source.media(sha, fromByte);
    const chunks = whileMostUrgent(sha, response.chunks);
    if (response.status === 206 && fromByte > 0) return files.receive(sha, chunks, 'append');
    if (response.status === 200) return files.receive(sha, chunks, 'restart');
    if (response.status === 416) await files.discard(sha, 'part');
    throw new Error(`the server answered ${response.status}`);
  }

  /** A new program need not wait for the films of the old one. */
  async function* whileMostUrgent(sha: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      yield chunk;
      if (mustArrange && missing(wanted)[0]?.sha !== sha) throw new Overtaken();
    }
  }

  function arrived(sha: string): void {
    checked.add(sha);
    retries.forget(sha);
    incidents.close('media-missing', sha);
    incidents.close('disk-full', 'media');
    log('info', 'media ready', { sha });
    deps.onArrival(sha);
  }

  function failed(sha: string, reason: string, errno: string | null): void {
    if (sha === '') {
      log('warn', 'the media cache could not be looked through', { reason });
      return;
    }
    retries.failed(sha);
    if (errno === 'ENOSPC' || errno === 'EDQUOT') incidents.open('disk-full', 'media', `no space for media ${sha}`);
    if (wanted.some((media) => media.sha === sha)) incidents.open('media-missing', sha, `${sha}: ${reason}`);
  }

  function arrangeSoon(): void {
    mustArrange = true;
    void run();
  }

  return {
    want(media) {
      wanted = [...media];
      for (const { sha } of wanted) dropped.delete(sha);
      incidents.closeWhere('media-missing', (sha) => !wanted.some((w) => w.sha === sha));
      arrangeSoon();
    },
    has: (sha) => checked.has(sha),
    fileOf: (sha) => (checked.has(sha) ? files.pathOf(sha) : null),
    drop(sha) {
      dropped.add(sha);
      return erase(sha);
    },
    suspect(sha) {
      if (!checked.has(sha)) return;
      suspects.add(sha);
      void run();
    },
    scrub() {
      const [next] = checked;
      if (next === undefined) return;
      checked.delete(next);
      checked.add(next);
      suspects.add(next);
      void run();
    },
    arrange: arrangeSoon,
    setOnline(online) {
      isOnline = online;
      if (!online) return;
      retries.tryAll();
      void run();
    },
    stop() {
      isStopped = true;
      retries.stop();
    },
  };
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;

const overText = (budget: number, overBytes: number): string =>
  `media promised within 7 days take ${megabytes(overBytes)} more than the cache may have (${megabytes(budget)})`;
