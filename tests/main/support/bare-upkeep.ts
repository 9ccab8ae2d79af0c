/** The least that a player's upkeep needs: a machine that tells nothing, no display, and pictures kept in memory. */
import type { ShotFolder } from '../../../main/shots/shot-folder.ts';
import type { UpkeepParts } from '../../../main/upkeep.ts';

export function bareUpkeep(parts: Partial<UpkeepParts> = {}): UpkeepParts {
  return {
    machine: { temperatureC: async () => null, diskFreeBytes: async () => null, memoryBytes: () => 1 },
    shotFolder: createMemoryShots(),
    display: null,
    backdrop: null,
    logLines: () => [],
    restart: null,
    ...parts,
  };
}

/** A folder of pictures in memory; `fault` makes the next writes fail. */
export function createMemoryShots(): ShotFolder & { kept: Map<string, Uint8Array>; fault: Error | null } {
  const kept = new Map<string, Uint8Array>();
  const self = {
    kept,
    fault: null as Error | null,
    list: async () => [...kept].map(([sha, webp]) => ({ sha, bytes: webp.length, atMs: 0 })),
    async write(sha: string, webp: Uint8Array) {
      if (self.fault) throw self.fault;
      kept.set(sha, webp);
    },
    read: async (sha: string) => kept.get(sha) ?? null,
    async remove(sha: string) {
      kept.delete(sha);
    },
  };
  return self;
}
