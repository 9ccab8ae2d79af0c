/** Runs in a page: notes when frames of films and switches of planes reach the screen, from which gaps between films are told. */

/** A frame of a film, or a switch with the time stamp of its animation frame: `atMs` on the page's clock. */
export type Seen = { kind: 'frame' | 'switch'; atMs: number; plane: number };

const REFRESH_MS = 1_000 / 60;

/** To be given to `addInitScript`: fills `window.stageLog`. */
export function watchSwitches(): void {
  const log: Seen[] = [];
  Object.assign(window, { stageLog: log });
  const planeOf = (element: Element): number =>
    [...document.querySelectorAll('.plane')].findIndex((plane) => plane.contains(element));
  const ask = HTMLVideoElement.prototype.requestVideoFrameCallback;
  const watched = new WeakSet<HTMLVideoElement>();
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (callback) {
    const note = (_now: number, frame: VideoFrameCallbackMetadata): void => {
      log.push({ kind: 'frame', atMs: frame.expectedDisplayTime, plane: planeOf(this) });
      ask.call(this, note);
    };
    if (!watched.has(this)) {
      watched.add(this);
      ask.call(this, note);
    }
    return ask.call(this, callback);
  };
  document.addEventListener('DOMContentLoaded', () => {
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) {
        if (!(target instanceof Element) || !target.matches('.plane[data-on]')) continue;
        log.push({ kind: 'switch', atMs: Number(document.timeline.currentTime), plane: planeOf(target) });
      }
    });
    observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-on'] });
  });
}

/** Milliseconds from the last frame of what showed before to each switch but the first, shortest first. */
export function gapsAtSwitches(log: readonly Seen[]): number[] {
  return log
    .filter((entry) => entry.kind === 'switch')
    .slice(1)
    .map((entry) => {
      const seenAtMs = entry.atMs + REFRESH_MS;
      const before = log.filter(
        (other) => other.kind === 'frame' && other.plane !== entry.plane && other.atMs <= seenAtMs,
      );
      return seenAtMs - (before.at(-1)?.atMs ?? 0);
    })
    .sort((one, other) => one - other);
}
