/** Brings the media of a program into the cache and vouches for them: nothing is played that was not checked since the start. */
import type { Timers } from './clock.ts';
import { errnoOf } from './durable-files.ts';
import type { Incidents } from './incidents.ts';
import { type Log, messageOf } from './log.ts';
import type { MediaFiles } from './media-files.ts';
import type { MediaSource } from './media-source.ts';

const FIRST_PAUSE_MS = 2000;
const MOST_PAUSE_MS = 300_000;

/** A media by its SHA-256, with its size. */
export type WantedMedia = { sha: string; bytes: number };

/** The cache. */
export type MediaCache = {
  /** What is needed, the most urgent first; replaces what was wanted before. */
  want(media: readonly WantedMedia[]): void;
  /** Whether a media is here and was checked since the start. */
  has(sha: string): boolean;
  /** The file of a checked media, or null. */
  fileOf(sha: string): string | null;
  /** Whether there is a server to fetch from; coming back, everything missing is tried at once. */
  setOnline(isOnline: boolean): void;
  stop(): void;
};

/** What the cache needs; `random` gives [0, 1). `onArrival` is called with each media that has become usable. */
export type MediaCacheDeps = {
  files: MediaFiles;
  source: Pick<MediaSource, 'media'>;
  timers: Timers;
  random: () => number;
  log: Log;
  incidents: Incidents;
  onArrival: (sha: string) => void;
};

type Retry = { failures: number; isWaiting: boolean; cancel: () => void };

/** Creates an empty view of the cache; files are looked at when they are wanted. */
export function createMediaCache(deps: MediaCacheDeps): MediaCache {
  const { files, source, timers, random, log, incidents, onArrival } = deps;
  const checked = new Set<string>();
  const absent = new Set<string>();
  const retries = new Map<string, Retry>();
  let wanted: readonly WantedMedia[] = [];
  let isOnline = false;
  let isRunning = false;
  let isStopped = false;

  /** What can be done now: first look at all that may be here already, then fetch. */
  function nextTask(): { media: WantedMedia; act: (media: WantedMedia) => Promise<void> } | null {
    const open = wanted.filter(({ sha }) => !checked.has(sha));
    const local = open.find(({ sha }) => !absent.has(sha));
    if (local) return { media: local, act: lookFor };
    const remote = isOnline ? open.find(({ sha }) => !retries.get(sha)?.isWaiting) : undefined;
    return remote ? { media: remote, act: fetchMedia } : null;
  }

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    for (let task = nextTask(); task && !isStopped; task = nextTask()) {
      const { media, act } = task;
      await act(media).catch((error: unknown) => failed(media, messageOf(error), errnoOf(error)));
    }
    isRunning = false;
  }

  async function lookFor({ sha }: WantedMedia): Promise<void> {
    absent.add(sha);
    if ((await files.size(sha, 'whole')) === null) return;
    if (await files.isIntact(sha, 'whole')) return arrived(sha);
    log('warn', 'cached media is damaged and will be fetched again', { sha });
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
    if (response.status === 206 && fromByte > 0) return files.receive(sha, response.chunks, 'append');
    if (response.status === 200) return files.receive(sha, response.chunks, 'restart');
    if (response.status === 416) await files.discard(sha, 'part');
    throw new Error(`the server answered ${response.status}`);
  }

  function arrived(sha: string): void {
    checked.add(sha);
    retries.get(sha)?.cancel();
    retries.delete(sha);
    incidents.close('media-missing', sha);
    incidents.close('disk-full', 'media');
    log('info', 'media ready', { sha });
    onArrival(sha);
  }

  function failed({ sha }: WantedMedia, reason: string, errno: string | null): void {
    const failures = (retries.get(sha)?.failures ?? 0) + 1;
    const limit = Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    const retry: Retry = { failures, isWaiting: true, cancel: () => undefined };
    retry.cancel = timers.after(limit * (0.5 + random() / 2), () => {
      retry.isWaiting = false;
      void run();
    });
    retries.set(sha, retry);
    if (errno === 'ENOSPC' || errno === 'EDQUOT') incidents.open('disk-full', 'media', `no space for media ${sha}`);
    incidents.open('media-missing', sha, `${sha}: ${reason}`);
  }

  return {
    want(media) {
      wanted = [...media];
      incidents.closeWhere('media-missing', (sha) => !wanted.some((w) => w.sha === sha));
      void run();
    },
    has: (sha) => checked.has(sha),
    fileOf: (sha) => (checked.has(sha) ? files.pathOf(sha) : null),
    setOnline(online) {
      isOnline = online;
      if (!online) return;
      for (const retry of retries.values()) {
        retry.cancel();
        retry.isWaiting = false;
      }
      void run();
    },
    stop() {
      isStopped = true;
      for (const retry of retries.values()) retry.cancel();
    },
  };
}
