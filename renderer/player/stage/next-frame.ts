/** Runs something in the next animation frame, or soon by a timer where the page gets none. */

const WITHOUT_FRAMES_MS = 200;

/** Calls `run` exactly once. */
export function nextFrame(run: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    run();
  };
  const timer = setTimeout(once, WITHOUT_FRAMES_MS);
  const frame = requestAnimationFrame(once);
}
