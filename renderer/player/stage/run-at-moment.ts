/** Runs something in the animation frame whose picture reaches the screen nearest to a moment. */

const CLOSE_MS = 120;
const USUAL_REFRESH_MS = 1000 / 60;
/** A page that gets no animation frames (its window is covered) runs this late by a timer instead. */
const LATE_MS = 200;

/**
 * Calls `run` once, in the animation frame nearest to `moment()`, which is asked again until then. A timer leads close
 * to the moment, animation frames the rest of the way; what a frame draws is seen one refresh after its time stamp.
 * Gives a function that calls it off.
 */
export function runAtMoment(moment: () => number, run: (frameAtMs: number) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  let lastFrameAtMs: number | null = null;
  let refreshMs = USUAL_REFRESH_MS;
  let done = false;

  const cancel = (): void => {
    done = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
  const finish = (atMs: number): void => {
    if (done) return;
    cancel();
    run(atMs);
  };
  const onFrame = (nowMs: number): void => {
    if (lastFrameAtMs !== null) refreshMs = Math.min(50, Math.max(4, Math.min(refreshMs, nowMs - lastFrameAtMs)));
    lastFrameAtMs = nowMs;
    const leftMs = moment() - (nowMs + refreshMs);
    if (leftMs <= refreshMs / 2) finish(nowMs);
    else if (leftMs > CLOSE_MS) approach();
    else frame = requestAnimationFrame(onFrame);
  };
  const approach = (): void => {
    clearTimeout(timer);
    const leftMs = moment() - performance.now();
    lastFrameAtMs = null;
    timer = setTimeout(
      () => {
        frame = requestAnimationFrame(onFrame);
        timer = setTimeout(() => finish(performance.now()), Math.max(0, moment() - performance.now()) + LATE_MS);
      },
      Math.max(0, leftMs - CLOSE_MS),
    );
  };
  if (moment() - performance.now() > CLOSE_MS) {
    approach();
  } else {
    frame = requestAnimationFrame(onFrame);
    timer = setTimeout(() => finish(performance.now()), CLOSE_MS + LATE_MS);
  }
  return cancel;
}
