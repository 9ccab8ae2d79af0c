/** Finds the size at which a text passes across the screen once in a given time, or that it cannot be read so fast. */

/** The text's width in em, the screen in pixels, and the time of one pass. */
export type TickerPassInput = { textEm: number; widthPx: number; heightPx: number; durationMs: number };

/** The size to set it in, or why it cannot be read in that time. */
export type TickerPass = { sizePx: number; speedPxPerS: number } | { refused: string };

/** Size as a share of the shorter side; a long text is set smaller, so that fewer pixels pass a second. */
const LARGE_SHARE = 0.24;
const LONG_SHARE = 0.17;
const LONG_EM = 60;
/** A letter crosses no faster than this many of its own widths a second: eight letters a second can just be read. */
const FASTEST_EM_PER_S = 8;

/** Size and speed of the pass; its whole way is the screen's width and the text's. */
export function tickerPass({ textEm, widthPx, heightPx, durationMs }: TickerPassInput): TickerPass {
  const shortSidePx = Math.min(widthPx, heightPx);
  const sizePx = Math.round(shortSidePx * (textEm > LONG_EM ? LONG_SHARE : LARGE_SHARE));
  const speedPxPerS = ((widthPx + textEm * sizePx) * 1_000) / durationMs;
  if (speedPxPerS / sizePx <= FASTEST_EM_PER_S) return { sizePx, speedPxPerS };
  const neededMs = Math.ceil(((widthPx / sizePx + textEm) * 1_000) / FASTEST_EM_PER_S);
  return { refused: `the text needs ${neededMs} ms to pass legibly; the slot has ${durationMs} ms` };
}
