/** What a stage is served by hash: media of the programs that were in force, and live sources of the one that is. */
import type { ManifestItem, Program } from '../domain/plan/program.ts';
import type { MediaCache } from './media-cache.ts';

/** Finds what the stage asks for. */
export type StageMedia = {
  /** Another program is in force, or none. What one before it has on the screen is served on. */
  adopt(program: Program | null): void;
  /** Whether an item can be shown: one that is a file has to be in the cache. */
  isHere(item: ManifestItem): boolean;
  /** The cached file of a checked media. */
  file(sha: string): { path: string; mime: string } | null;
  /** The address of a live source of the program in force. */
  liveSource(sha: string): string | null;
};

/** Serves out of `cache`. */
export function createStageMedia(cache: Pick<MediaCache, 'has' | 'fileOf'>): StageMedia {
  const mimes = new Map<string, string>();
  let items: ManifestItem[] = [];
  return {
    adopt(program) {
      items = Object.values(program?.manifest ?? {});
      for (const item of items) if (item.type === 'video' || item.type === 'image') mimes.set(item.sha, item.mime);
    },
    isHere: ({ type, sha }) => !(type === 'video' || type === 'image') || cache.has(sha),
    file(sha) {
      const path = cache.fileOf(sha);
      return path === null ? null : { path, mime: mimes.get(sha) ?? 'application/octet-stream' };
    },
    liveSource(sha) {
      for (const item of items) if (item.type === 'live' && item.sha === sha) return item.url;
      return null;
    },
  };
}
