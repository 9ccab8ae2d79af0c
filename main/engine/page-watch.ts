/** Tells whether the stage page lives, and brings it up anew when it does not. */
import type { StageEvent } from '../../protocol/stage.ts';
import type { Clock } from '../disciplined-clock.ts';
import type { StagePort } from '../stage-port.ts';

/** A page tells of itself every second; this long without a word it is taken for lost. Looked at once a second, that is done within 3.5 s. */
const SILENCE_LIMIT_MS = 2500;
/** A film that shows has a new picture many times a second; a page that puts none on the screen for this long is stuck. */
const STILL_LIMIT_MS = 3000;
/** A page that is being brought up gets this long, doubled each time in vain up to the limit. */
const LOAD_LIMIT_MS = 20_000;
const MOST_LOAD_LIMIT_MS = 120_000;

/** The watch over one page. */
export type PageWatch = {
  isReady(): boolean;
  heard(event: StageEvent): void;
  /** `lost` once when the page has fallen silent, or is stuck in a film that shows; a restart has then been asked for. */
  check(showsFilm: boolean): 'fine' | 'lost';
};

/** Watches the page of `stage`. */
export function createPageWatch(stage: StagePort, clock: Clock): PageWatch {
  let isReady = false;
  let lastM = clock.monoMs();
  let lastFrameM = clock.monoMs();
  let limitMs = LOAD_LIMIT_MS;
  return {
    isReady: () => isReady,
    heard(event) {
      lastM = clock.monoMs();
      if (event.type === 'ready') isReady = true;
      if (event.type === 'started') limitMs = LOAD_LIMIT_MS;
      if (event.type === 'started' || (event.type === 'pulse' && event.frames > 0)) lastFrameM = lastM;
    },
    check(showsFilm) {
      const nowM = clock.monoMs();
      const silentMs = nowM - lastM;
      const isStuck = isReady && showsFilm && nowM - lastFrameM > STILL_LIMIT_MS;
      if (!isStuck && silentMs <= (isReady ? SILENCE_LIMIT_MS : limitMs)) return 'fine';
      if (!isReady) limitMs = Math.min(MOST_LOAD_LIMIT_MS, limitMs * 2);
      const wasReady = isReady;
      isReady = false;
      lastM = nowM;
      const missing = isStuck ? 'no frame of the film' : 'no word from the page';
      stage.restart(`${missing} for ${Math.round(nowM - (isStuck ? lastFrameM : nowM - silentMs))} ms`);
      return wasReady ? 'lost' : 'fine';
    },
  };
}
