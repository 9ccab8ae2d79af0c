/** Counts the frames put on the screen, for the pulse: films count their own, still content is sampled. */

/** `add` counts one presented frame; `take` gives the count since the last call. */
export type FrameCounter = { add(): void; take(): number; sampleStill(still: boolean): void };

const SAMPLE_MS = 250;

/**
 * A counter that starts with still content. Still content is proved alive by one animation frame every 250 ms, which
 * costs less than a frame loop and still stops when the compositor does.
 */
export function createFrameCounter(): FrameCounter {
  let count = 0;
  let still = true;
  setInterval(() => {
    if (still)
      requestAnimationFrame(() => {
        count += 1;
      });
  }, SAMPLE_MS);
  return {
    add() {
      count += 1;
    },
    take() {
      const taken = count;
      count = 0;
      return taken;
    },
    sampleStill(given) {
      still = given;
    },
  };
}
