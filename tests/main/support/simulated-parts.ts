/** What a player before a simulated stage is made of, on a manual clock and any disk, until it is cut. */
import type { DurableFiles } from '../../../main/durable-files.ts';
import type { MediaFiles } from '../../../main/media-files.ts';
import type { PlayerDeps } from '../../../main/player.ts';
import { createSimulatedStage } from '../../../main/simulated-stage.ts';
import { bareUpkeep } from './bare-upkeep.ts';
import type { ManualTime } from './manual-time.ts';

/** One start of a player. */
type Life = { files: DurableFiles; time: ManualTime; boot: string; isCut: () => boolean };

/** All but its server. From when `isCut` holds, nothing that it waits for comes any more, as after a power cut. */
export function simulatedParts({ files, time, boot, isCut }: Life) {
  const timers: ManualTime['timers'] = {
    after: (delayMs, run) =>
      time.timers.after(delayMs, () => {
        if (!isCut()) run();
      }),
  };
  return {
    build: 'test-simulated',
    enrolToken: null,
    raw: time.raw,
    timers,
    random: () => 0.5,
    newId: () => boot,
    log: () => undefined,
    files,
    mediaFiles: NO_MEDIA,
    stage: createSimulatedStage(timers, time.raw.monoMs),
    cacheBytes: null,
    freeBytes: () => null,
    upkeep: bareUpkeep(),
  } satisfies Partial<PlayerDeps>;
}

/** A cache that nothing was ever put in. */
const NO_MEDIA: MediaFiles = {
  pathOf: (sha) => sha,
  size: async () => null,
  isIntact: async () => false,
  receive: async () => undefined,
  keep: async () => undefined,
  discard: async () => undefined,
  list: async () => [],
  touch: async () => undefined,
  space: async () => null,
};
