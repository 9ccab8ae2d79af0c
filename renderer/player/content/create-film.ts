/** A film on the stage: waits on its first decoded frame, plays once, holds its last frame. */
import type { StageContent } from '../../../protocol/stage.ts';
import type { FilmKind, FilmLead, TimedFrame } from '../stage/film-lead.ts';
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
  film: Extract<StageContent, { type: 'video' }>;
  durationMs: number;
  frames: FrameCounter;
  lead: FilmLead;
  onBroken(failure: StageFailure): void;
};

type LastFrame = TimedFrame & { presented: number };

/** The film as content of a layer. */
export function createFilm(deps: FilmDeps): Exhibit {
  const { player, lead } = deps;
  const { url, mime } = deps.film;
  const { element } = player;
  const over = new AbortController();
  let last: LastFrame | null = null;
  let startedAtMs: number | null = null;
  let callback = 0;
  /** Set from its start on; learns how long that took. */
  let begun: ((frame: TimedFrame) => void) | null = null;

  const onFrame = (_now: number, frame: VideoFrameCallbackMetadata): void => {
    if (over.signal.aborted) return;
    last = { shownAtMs: frame.expectedDisplayTime, mediaTimeS: frame.mediaTime, presented: frame.presentedFrames };
    begun?.(last);
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

  /** Called in an animation frame, so that the film's frames keep step with the display's. */
  const begin = (): void => {
    const beginning = lead.watch(kindOf(element), frameAtMs() + REFRESH_MS);
    begun = beginning;
    player.play().catch((thrown: unknown) => {
      if (begun === beginning) begun = null;
      // What refuses to play behind is asked again at its switch.
      if (over.signal.aborted || startedAtMs === null) return;
      deps.onBroken(new StageFailure('decode', `the film does not start: ${thrown}`));
    });
  };
  const playAfter = (holdMs: number): void => {
    if (over.signal.aborted) return;
    if (holdMs > REFRESH_MS / 2) nextFrame(() => playAfter(holdMs - REFRESH_MS));
    else begin();
  };

  return {
    moving: true,
    async prepare() {
      if (element.canPlayType(mime) === '') {
        throw new StageFailure('unsupported', `this browser plays no film of type "${mime}"`);
      }
      callback = element.requestVideoFrameCallback(onFrame);
      player.load(url, mime);
      await firstFrame({ element, url, hasFrame: () => last !== null, signal: over.signal });
      checkFilm(element, deps.durationMs);
    },
    ahead: {
      leadMs: () => lead.of(kindOf(element)),
      begin,
      rest() {
        if (begun === null) return;
        begun = null;
        player.rewind();
      },
    },
    start(holdMs) {
      const atMs = performance.now();
      startedAtMs = atMs;
      element.addEventListener('ended', () => onEnded(atMs), { signal: over.signal });
      element.addEventListener('error', onError, { signal: over.signal });
      player.reveal(true);
      if (element.error !== null) onError();
      else if (begun === null) playAfter(holdMs - lead.of(kindOf(element)));
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

/** A film without a sound track starts at once; the browser says how much sound it has decoded until now. */
function kindOf(element: HTMLVideoElement): FilmKind {
  const decoded: unknown = Reflect.get(element, 'webkitAudioDecodedByteCount');
  if (decoded === 0) return 'silent';
  return element.muted ? 'muted' : 'heard';
}

/** The time stamp of the animation frame in which it is called. */
const frameAtMs = (): number => Number(document.timeline.currentTime ?? performance.now());

function checkFilm(element: HTMLVideoElement, durationMs: number): void {
  if (element.videoWidth === 0) throw new StageFailure('unsupported', 'the file has no picture that plays here');
  const hasMs = Math.round(element.duration * 1_000);
  if (hasMs < durationMs - SHORT_BY_MS) {
    throw new StageFailure('decode', `the film lasts ${hasMs} ms, its slot ${durationMs} ms`);
  }
}
