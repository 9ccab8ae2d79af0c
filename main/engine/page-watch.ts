/** Tells whether the stage page lives, and brings it up anew when it does not. */
import type { StageEvent } from '../../protocol/stage.ts';
import type { Clock } from '../disciplined-clock.ts';
import type { StagePort } from '../stage-port.ts';

/** A page tells of itself every second; this long without a word it is taken for lost. */
const SILENCE_LIMIT_MS = 4000;
/** A page that is being brought up gets this long, doubled each time in vain up to the limit. */
const LOAD_LIMIT_MS = 20_000;
const MOST_LOAD_LIMIT_MS = 120_000;

/** The watch over one page. */
export type PageWatch = {
  isReady(): boolean;
  heard(event: StageEvent): void;
  /** `lost` once when the page has fallen silent; a restart has then been asked for. */
  check(): 'fine' | 'lost';
};

/** Watches the page of `stage`. */
export function createPageWatch(stage: StagePort, clock: Clock): PageWatch {
  let isReady = false;
  let lastM = clock.monoMs();
  let limitMs = LOAD_LIMIT_MS;
  return {
    isReady: () => isReady,
    heard(event) {
      lastM = clock.monoMs();
      if (event.type === 'ready') isReady = true;
      if (event.type === 'started') limitMs = LOAD_LIMIT_MS;
    },
    check() {
      const silentMs = clock.monoMs() - lastM;
      if (silentMs <= (isReady ? SILENCE_LIMIT_MS : limitMs)) return 'fine';
      if (!isReady) limitMs = Math.min(MOST_LOAD_LIMIT_MS, limitMs * 2);
      const wasReady = isReady;
      isReady = false;
      lastM = clock.monoMs();
      stage.restart(`no word from the page for ${Math.round(silentMs)} ms`);
      return wasReady ? 'lost' : 'fine';
    },
  };
}
