/** A live source on the stage: plays behind what shows until its turn, so that it starts at once, and fails when it stands still. */
import { BARE_PLAYER } from '../stage/bare-player.ts';
import type { FrameCounter } from '../stage/frame-counter.ts';
import type { Plane } from '../stage/plane.ts';
import { StageFailure } from '../stage/stage-failure.ts';
import type { Exhibit } from './exhibit.ts';

/** No new frame for this long: the source has dropped. */
const STILL_LIMIT_MS = 3_000;
const CHECK_MS = 250;
/** The agent gives a slot up after 10 s. */
const FIRST_FRAME_LIMIT_MS = 9_000;

/** The streaming engine reads every source, whatever the browser could read by itself. */
const OPTIONS = {
  ...BARE_PLAYER,
  html5: { vhs: { overrideNative: true }, nativeAudioTracks: false, nativeVideoTracks: false, nativeTextTracks: false },
};

/** Where it goes and where it comes from; `onBroken` is called for trouble after `start`. */
export type LiveDeps = { plane: Plane; url: string; frames: FrameCounter; onBroken(failure: StageFailure): void };

/** The live source as content of a layer. Its player is made for the slot and goes with it; the engine is loaded with the first one. */
export function createLive({ plane, url, frames, onBroken }: LiveDeps): Exhibit {
  const over = new AbortController();
  let element: HTMLVideoElement | null = null;
  let startedAtMs: number | null = null;
  let lastFrameAtMs = 0;
  let shown = 0;

  const onFrame = (): void => {
    if (over.signal.aborted) return;
    lastFrameAtMs = performance.now();
    if (startedAtMs !== null) {
      shown += 1;
      frames.add();
    }
    element?.requestVideoFrameCallback(onFrame);
  };
  const watch = (): void => {
    const breakOff = (detail: string): void => {
      clearInterval(checking);
      if (!over.signal.aborted) onBroken(new StageFailure('load', detail));
    };
    const checking = setInterval(() => {
      if (performance.now() - lastFrameAtMs > STILL_LIMIT_MS)
        breakOff(`no frame of the live source for ${STILL_LIMIT_MS} ms`);
    }, CHECK_MS);
    over.signal.addEventListener('abort', () => clearInterval(checking));
    element?.addEventListener('error', () => breakOff('the live source broke off'), { signal: over.signal });
  };

  return {
    moving: true,
    async prepare() {
      const { default: videojs } = await import('video.js');
      if (over.signal.aborted) return;
      videojs.log.level('error');
      const mount = document.createElement('video');
      mount.className = 'film live';
      mount.muted = true;
      plane.still.replaceChildren(mount);
      const player = videojs(mount, OPTIONS);
      over.signal.addEventListener('abort', () => player.dispose());
      element = plane.still.querySelector('video');
      if (element === null) throw new StageFailure('unsupported', 'video.js made no media element');
      const silence = plane.hear(element);
      over.signal.addEventListener('abort', silence);
      element.requestVideoFrameCallback(onFrame);
      player.src({ src: url, type: 'application/x-mpegURL' });
      player.ready(() => void Promise.resolve(player.play()).catch(() => undefined));
      await firstPicture(
        () => lastFrameAtMs > 0,
        () => player.error()?.message ?? null,
        over.signal,
      );
    },
    ahead: null,
    start() {
      startedAtMs = performance.now();
      lastFrameAtMs = startedAtMs;
      watch();
    },
    endsAtMs: () => null,
    layout() {},
    count: () => ({ frames: shown, dropped: element?.getVideoPlaybackQuality().droppedVideoFrames ?? 0 }),
    stop: () => over.abort(),
  };
}

/** Resolves with the first frame, or when it is called off; rejects with a StageFailure. */
function firstPicture(hasFrame: () => boolean, trouble: () => string | null, signal: AbortSignal): Promise<void> {
  const askedAtMs = performance.now();
  return new Promise((resolve, reject) => {
    const checking = setInterval(() => {
      const error = trouble();
      const isLate = performance.now() - askedAtMs > FIRST_FRAME_LIMIT_MS;
      if (!hasFrame() && !signal.aborted && error === null && !isLate) return;
      clearInterval(checking);
      if (hasFrame() || signal.aborted) resolve();
      else if (error !== null) reject(new StageFailure('load', `the live source cannot be read: ${error}`));
      else reject(new StageFailure('timeout', `no frame of the live source within ${FIRST_FRAME_LIMIT_MS} ms`));
    }, 50);
  });
}
