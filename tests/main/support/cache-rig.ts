/** A media cache on a real folder of its own, before a source that a test gives, on a manual clock. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIncidents, type Incidents } from '../../../main/incidents.ts';
import { createMediaCache, type MediaCache } from '../../../main/media-cache.ts';
import { createMediaFiles, type MediaFiles } from '../../../main/media-files.ts';
import type { MediaSource } from '../../../main/media-source.ts';
import { createManualTime, type ManualTime } from './manual-time.ts';

export type CacheRig = {
  folder: string;
  files: MediaFiles;
  time: ManualTime;
  incidents: Incidents;
  /** A cache with a connection. */
  cacheOf(source: Pick<MediaSource, 'media'>, given?: CacheGiven): MediaCache;
  remove(): void;
};

type CacheGiven = {
  budgetBytes?: number | null;
  onArrival?: (sha: string) => void;
  onLoss?: (sha: string) => void;
};

export function createCacheRig(startMs: number): CacheRig {
  const folder = mkdtempSync(join(tmpdir(), 'xunbo-media-'));
  const files = createMediaFiles(folder);
  const time = createManualTime(startMs);
  const incidents = createIncidents(() => undefined);
  return {
    folder,
    files,
    time,
    incidents,
    cacheOf(source, { budgetBytes = null, onArrival = () => undefined, onLoss = () => undefined } = {}) {
      const cache = createMediaCache({
        files,
        source,
        timers: time.timers,
        wallMs: time.raw.wallMs,
        random: () => 0.5,
        log: () => undefined,
        incidents,
        budgetBytes,
        onArrival,
        onLoss,
      });
      cache.setOnline(true);
      return cache;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
