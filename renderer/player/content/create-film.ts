/** A film on the stage: waits on its first decoded frame, plays once, holds its last frame. */
import type { FilmPlayer } from '../stage/film-player.ts';
import type { FrameCounter } from '../stage/frame-counter.ts';
import { nextFrame } from '../stage/next-frame.ts';
import { StageFailure } from '../stage/stage-failure.ts';
import type { Exhibit } from './exhibit.ts';
import { filmFailure } from './film-failure.ts';
import { firstFrame } from './first-frame.ts';

/** A film may be this much shorter than its slot; a shorter one cannot make a play that counts. */
const SHORT_BY_MS = 500;
/** One refresh of the usual display. */
const REFRESH_MS = 1000 / 60;

/** What a film needs; `onBroken` is called for trouble after `start`. */
export type FilmDeps = {
  player: FilmPlayer;
  url: string;
  mime: string;
  durationMs: number;
  frames: FrameCounter;
  onBroken(failure: StageFailure): void;
};

type LastFrame = { shownAtMs: number; mediaTimeS: number; presented: number };

/** The film as content of a layer. */
export function createFilm(deps: FilmDeps): Exhibit {
  const { player, url } = deps;
  const { element } = player;
  const over = new AbortController();
  let last: LastFrame | null = null;
  let startedAtMs: number | null = null;
  let callback = 0;

  const onFrame = (_now: number, frame: VideoFrameCallbackMetadata): void => {
    if (over.signal.aborted) return;
    last = { shownAtMs: frame.expectedDisplayTime, mediaTimeS: frame.mediaTime, presented: frame.presentedFrames };
    if (startedAtMs !== null) deps.frames.add();
    callback = element.requestVideoFrameCallback(onFrame);
  };
  const onEnded = (atMs: number): void => {
    const playedMs = Math.round(performance.now() - atMs);
    if (playedMs >= deps.durationMs - SHORT_BY_MS) return;
    deps.onBroken(new StageFailure('decode', `the film ended after ${playedMs} of ${deps.durationMs} ms`));
  };
  const onError = (): void => {
    const { code, message } = element.error ?? { code: 3, message: 'the film broke off' };
    deps.onBroken(filmFailure({ code, message, httpStatus: 'not-asked' }));
  };

  /** Plays in an animation frame, so that the film's frames keep step with the display's. */
  const playAfter = (holdMs: number): void => {
    if (over.signal.aborted) return;
    if (holdMs > REFRESH_MS / 2) {
      nextFrame(() => playAfter(holdMs - REFRESH_MS));
      return;
    }
    player.play().catch((thrown: unknown) => {
      if (!over.signal.aborted) deps.onBroken(new StageFailure('decode', `the film does not start: ${thrown}`));
    });
  };

  return {
    moving: true,
    async prepare() {
      if (element.canPlayType(deps.mime) === '') {
        throw new StageFailure('unsupported', `this browser plays no film of type "${deps.mime}"`);
      }
      callback = element.requestVideoFrameCallback(onFrame);
      player.load(url, deps.mime);
      await firstFrame({ element, url, hasFrame: () => last !== null, signal: over.signal });
      checkFilm(element, deps.durationMs);
    },
    start(holdMs) {
      const atMs = performance.now();
      startedAtMs = atMs;
      element.addEventListener('ended', () => onEnded(atMs), { signal: over.signal });
      element.addEventListener('error', onError, { signal: over.signal });
      player.reveal(true);
      playAfter(holdMs);
    },
    endsAtMs() {
      if (last === null || startedAtMs === null || !Number.isFinite(element.duration)) return null;
      return last.shownAtMs + (element.duration - last.mediaTimeS) * 1_000;
    },
    layout() {},
    count: () => ({ frames: last?.presented ?? 0, dropped: element.getVideoPlaybackQuality().droppedVideoFrames }),
    stop() {
      if (over.signal.aborted) return;
      over.abort();
      element.cancelVideoFrameCallback(callback);
      player.clear();
    },
  };
}

function checkFilm(element: HTMLVideoElement, durationMs: number): void {
  if (element.videoWidth === 0) throw new StageFailure('unsupported', 'the file has no picture that plays here');
  const hasMs = Math.round(element.duration * 1_000);
  if (hasMs < durationMs - SHORT_BY_MS) {
    throw new StageFailure('decode', `the film lasts ${hasMs} ms, its slot ${durationMs} ms`);
  }
}
